"""Referrals: the list, and one with everything known about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from forms_service.models import ContactPoint, Person, Referral, ReferredContact, Submission
from forms_service.people.queries.page import Page, by_id, fetch_page
from forms_service.people.queries.timeline import Entry, timeline
from forms_service.people.referral_words import OUTCOMES


@dataclass(frozen=True)
class ReferralRow:
    referral: Referral
    referrer: Person
    has_contact: bool


@dataclass(frozen=True)
class ReferralDetails:
    referral: Referral
    referrer: Person
    submission: Submission
    referred: Person | None
    contacts: Sequence[ReferredContact]
    agreed: Mapping[int, str]
    """By the number of a contact: when they said yes and how they like to be reached, in the referrer's words."""
    look_alikes: Sequence[Person]
    """People in the list who have an address or number that was given for the person referred."""
    timeline: Sequence[Entry]


def referrals(session: Session, show: str, number: int) -> Page[ReferralRow]:
    """ "open", "closed" or "all"; what is open comes first, newest first. Spam is not shown."""
    closed = Referral.status.in_([*OUTCOMES, "expired"])
    query = select(Referral).join(Submission, Referral.submission_id == Submission.id)
    query = query.where(Submission.spam_at.is_(None)).order_by(case((closed, 1), else_=0), Referral.id.desc())
    if show in ("open", "closed"):
        query = query.where(closed if show == "closed" else ~closed)
    return _with_people(session, fetch_page(session, query, number))


def _with_people(session: Session, page: Page[Referral]) -> Page[ReferralRow]:
    referrers = by_id(session, Person, [row.referrer_id for row in page.rows])
    given = select(ReferredContact.referral_id).where(ReferredContact.referral_id.in_([row.id for row in page.rows]))
    reachable = set(session.scalars(given))
    rows = [ReferralRow(row, referrers[row.referrer_id], row.id in reachable) for row in page.rows]
    return Page(rows, page.number, page.has_next)


def referral_details(session: Session, referral_id: int) -> ReferralDetails | None:
    referral = session.get(Referral, referral_id)
    if referral is None:
        return None
    contacts = select(ReferredContact).where(ReferredContact.referral_id == referral.id).order_by(ReferredContact.id)
    given = session.scalars(contacts).all()
    return ReferralDetails(
        referral=referral,
        referrer=session.get_one(Person, referral.referrer_id),
        submission=session.get_one(Submission, referral.submission_id),
        referred=session.get(Person, referral.referred_id) if referral.referred_id else None,
        contacts=given,
        agreed=_agreed(session, given),
        look_alikes=_look_alikes(session, referral, given),
        timeline=timeline(session, referral_id=referral.id),
    )


def _agreed(session: Session, given: Sequence[ReferredContact]) -> Mapping[int, str]:
    sent = by_id(session, Submission, [contact.submission_id for contact in given])
    return {contact.id: str(sent[contact.submission_id].payload.get("agreed") or "") for contact in given}


def _look_alikes(session: Session, referral: Referral, given: Sequence[ReferredContact]) -> Sequence[Person]:
    """Never the referrer: an address of theirs proves only who typed it."""
    known = [value for contact in given for value in (contact.email.lower(), contact.phone) if value]
    if not known or referral.referred_id is not None:
        return []
    same = or_(ContactPoint.normalised.in_(known), ContactPoint.value.in_(known))
    found = select(Person).where(Person.id.in_(select(ContactPoint.person_id).where(same)))
    return session.scalars(found.where(Person.id != referral.referrer_id).order_by(Person.id).limit(5)).all()

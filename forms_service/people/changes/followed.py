"""What others do about a referral by their signed links, and how the author answers; pressed twice, done once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import Actor, Event, Kind, Person, Referral
from forms_service.models.projection import record
from forms_service.people.changes.rows import locked, standing_acts
from forms_service.people.following import may_ask


def ask_about_referral(session: Session, referral_id: int, what: str, now: datetime) -> Event | None:
    """The referrer reminds the author, or asks whether it helped. None where that is not to be asked now."""
    referral = locked(session, Referral, referral_id)
    if is_hidden(session, referral) or what not in may_ask(referral.status, asked_last(session, referral), now):
        return None
    return record(session, _by(Actor.SUBMITTER, Kind.REFERRER_ASKED, referral, now, {"what": what}))


def object_to_referral(session: Session, referral_id: int, now: datetime) -> Event | None:
    """The person referred asks to be left in peace; only they can take that back. None when they did so before."""
    referral = locked(session, Referral, referral_id)
    if referral.objected_at is not None:
        return None
    event = _by(Actor.SUBJECT, Kind.DO_NOT_CONTACT, referral, now, {})
    event.person_id, event.submission_id = referral.referred_id, None
    return record(session, event)


def answer_referrer(session: Session, referral_id: int, now: datetime) -> Event | None:
    """The author answered what the referrer asked on the page of his referral."""
    referral = locked(session, Referral, referral_id)
    if referral.asked_at is None:
        return None
    return record(session, _by(Actor.AUTHOR, Kind.ANSWERED, referral, now, {}))


def asked_last(session: Session, referral: Referral) -> datetime | None:
    """When the referrer last pressed a button, answered or not."""
    asked = standing_acts(session, Event.referral_id == referral.id, Kind.REFERRER_ASKED)
    return asked[-1].at if asked else None


def is_hidden(session: Session, referral: Referral) -> bool:
    """The person referred objected, here or anywhere, or was erased at their wish: there is nothing to tell of them."""
    if referral.objected_at is not None or referral.status == "do_not_contact":
        return True
    if referral.referred_id is not None and _wants_peace(session, referral.referred_id):
        return True
    erased = select(Event.id).where(Event.referral_id == referral.id, Event.kind == Kind.ERASED)
    by_wish = erased.where(Event.actor != Actor.SYSTEM)  # the thirty days are no wish: they may be introduced yet
    return referral.status != "expired" and session.scalar(by_wish.limit(1)) is not None


def _wants_peace(session: Session, person_id: int) -> bool:
    person = session.get_one(Person, person_id)
    return person.contact_status == "do_not_contact" or person.erased_at is not None


def _by(actor: Actor, kind: Kind, referral: Referral, now: datetime, data: dict[str, str]) -> Event:
    return Event(
        at=now, kind=kind, actor=actor, data=data,
        person_id=referral.referrer_id, submission_id=referral.submission_id, referral_id=referral.id,
    )  # fmt: skip

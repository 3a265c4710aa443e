"""What the author does with a referral: confirms how far it went, moves it on, takes the person up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.forms.addresses import AddressError, normalise_email, normalise_phone
from forms_service.models import (
    BEFORE_CONTACT,
    LEVELS,
    Actor,
    ContactPoint,
    Event,
    Kind,
    Need,
    Person,
    Referral,
    ReferredContact,
    Submission,
)
from forms_service.models.projection import record
from forms_service.people.changes.outcomes import catch_up, follow
from forms_service.people.changes.rows import ChangeError, locked, not_in_peace, standing_acts
from forms_service.people.changes.told import LONGEST_TOLD, Told, tell_need
from forms_service.people.first_message import NOTICE
from forms_service.people.referral_words import MAY_BE_WRITTEN_TO, MOVES

#: Which ends of a referral may name a day.
WITH_A_DAY = ("not_now", "customer")


def confirm_level(session: Session, referral_id: int, level: str, now: datetime) -> Event | None:
    """How far the referral really went, as the author or the referred person knows it."""
    referral = locked(session, Referral, referral_id)
    if level not in LEVELS:
        raise ChangeError(f"a referral is one of {', '.join(LEVELS)}, not {level!r}")
    if referral.confirmed_level == level:
        return None
    return record(session, _act(Kind.LEVEL_CONFIRMED, referral, now, {"level": level}))


def set_own_yes(session: Session, referral_id: int, needed: bool, now: datetime) -> Event | None:
    """Whether only their own yes counts where the person referred lives."""
    referral = locked(session, Referral, referral_id)
    if referral.needs_own_yes == needed:
        return None
    return record(session, _act(Kind.OWN_YES_SET, referral, now, {"needed": needed}))


def move_referral(
    session: Session, referral_id: int, to: str, now: datetime, day: datetime | None = None
) -> Event | None:
    """Where the referral stands now, and what that means for the person referred, if they are in the list.

    `day`: when to ask again, or until when they bought.
    """
    referral = locked(session, Referral, referral_id)
    if to not in MOVES:
        raise ChangeError(f"a referral cannot be moved to {to!r}; it can be {', '.join(MOVES)}")
    if referral.objected_at is not None:
        raise ChangeError("the person referred asked to be left in peace; nobody but they can take that back")
    if referral.status == to:
        return None
    if referral.status == "do_not_contact":
        raise ChangeError("they want to be left in peace; take that back if it was a slip, else only they can lift it")
    data = {"to": to, **({"day": day.isoformat()} if day and to in WITH_A_DAY else {})}
    along = [*follow(session, referral, to, day, now), *_reached(session, referral, to, now)]
    return record(session, _act(Kind.REFERRAL_MOVED, referral, now, {**data, **_with(along)}))


def _reached(session: Session, referral: Referral, to: str, now: datetime) -> list[int]:
    """How to reach them waits for nothing any more once the author was in touch, or it ended.

    It was they who were spoken with: the acts are about what was sent, and about nobody else.
    """
    if to in BEFORE_CONTACT:
        return []
    sent = select(Submission.id).join(ReferredContact, ReferredContact.submission_id == Submission.id).where(
        ReferredContact.referral_id == referral.id, Submission.answered_at.is_(None), Submission.spam_at.is_(None)
    )  # fmt: skip
    acts = [
        Event(at=now, kind=Kind.ANSWERED, actor=Actor.AUTHOR, submission_id=number, data={})
        for number in session.scalars(sent.order_by(Submission.id))
    ]
    return [record(session, act).id for act in acts]


def _with(along: list[int]) -> dict[str, list[int]]:
    """What was recorded in the same breath, and goes with it."""
    return {"with": along} if along else {}


def first_message_sent(session: Session, referral_id: int, now: datetime) -> Event | None:
    """The author wrote to the person referred, with the notice of what is kept. None if he said so before.

    Raises ChangeError where nobody may write to them.
    """
    referral = locked(session, Referral, referral_id)
    if referral.permits not in MAY_BE_WRITTEN_TO:
        if referral.level in MAY_BE_WRITTEN_TO:
            raise ChangeError("where they live only their own yes counts; ask the referrer to introduce you")
        raise ChangeError("they do not know of it, so nobody writes to them; ask the referrer to introduce you")
    if referral.objected_at is not None or referral.status == "do_not_contact":
        raise ChangeError("the person referred asked to be left in peace")
    if standing_acts(session, Event.referral_id == referral.id, Kind.FIRST_MESSAGE_SENT):
        return None
    along = [*follow(session, referral, "contacted", None, now), *_reached(session, referral, "contacted", now)]
    return record(session, _act(Kind.FIRST_MESSAGE_SENT, referral, now, {"notice": NOTICE, **_with(along)}))


def take_up_referred(
    session: Session, referral_id: int, now: datetime, country: str, person_id: int | None = None
) -> Event | None:
    """Bring the referred person into the list: as `person_id`, who is there already, or as somebody new.

    Two events, one on each person's timeline: acting on a referral also confirms who sent it.
    `country` reads phone numbers without a country code.
    """
    referral = locked(session, Referral, referral_id)
    if referral.referred_id is not None:
        return None
    if referral.objected_at is not None or referral.status == "do_not_contact":
        raise ChangeError("the person referred asked to be left in peace, and stays out of your list")
    if not referral.referred_name and person_id is None:
        raise ChangeError("this referral names nobody yet; ask the referrer whom it is about")
    if person_id is not None:
        person = locked(session, Person, person_id)
    else:
        person = _taken_up_before(session, referral) or _new_person(session, referral, now, country)
    data = {"person_id": person.id, **_with(catch_up(session, referral, person, now))}
    twin = _act(Kind.REFERRED_TAKEN_UP, referral, now, data)
    twin.person_id, twin.submission_id = person.id, None
    record(session, twin)
    return record(session, _act(Kind.REFERRED_TAKEN_UP, referral, now, data))


def open_need(session: Session, referral_id: int, category: str, now: datetime) -> Event | None:
    """What the person referred needs, as a need of theirs that others may help with. None if it is one already."""
    referral = locked(session, Referral, referral_id)
    if referral.referred_id is None:
        raise ChangeError("take them into your list first; then you can see who helps them")
    not_in_peace(now, session.get_one(Person, referral.referred_id))
    text = " ".join(referral.need.split())[:LONGEST_TOLD]
    same = select(Need.id).where(Need.person_id == referral.referred_id, Need.text == text, Need.state == "open")
    if session.scalar(same.limit(1)) is not None:
        return None
    return tell_need(session, Told(referral.referred_id, text, category), now)


def _act(kind: Kind, referral: Referral, now: datetime, data: dict[str, Any]) -> Event:
    return Event(
        at=now, kind=kind, actor=Actor.AUTHOR, data=data,
        person_id=referral.referrer_id, submission_id=referral.submission_id, referral_id=referral.id,
    )  # fmt: skip


def _taken_up_before(session: Session, referral: Referral) -> Person | None:
    """Whom taking up made, if it was taken back since: doing it again must not make a double."""
    acts = select(Event).where(Event.referral_id == referral.id, Event.kind == Kind.REFERRED_TAKEN_UP)
    people = (session.get_one(Person, act.data["person_id"]) for act in session.scalars(acts.order_by(Event.id)))
    return next((person for person in people if person.source == "referral"), None)


def _new_person(session: Session, referral: Referral, now: datetime, country: str) -> Person:
    person = Person(name=referral.referred_name, created_at=now, source="referral")
    given = select(ReferredContact).where(ReferredContact.referral_id == referral.id).order_by(ReferredContact.id)
    for contact in session.scalars(given):
        _add_contact_points(person, contact, country)
    session.add(person)
    session.flush()
    return person


def _add_contact_points(person: Person, contact: ReferredContact, country: str) -> None:
    known = {(point.kind, point.normalised) for point in person.contact_points}
    for kind, value in (("email", contact.email), ("phone", contact.phone)):
        if value and (kind, normalised(kind, value, country)) not in known:
            person.contact_points.append(
                ContactPoint(
                    kind=kind, value=value, normalised=normalised(kind, value, country), source="referrer",
                    submission_id=contact.submission_id, added_at=contact.stated_at,
                )
            )  # fmt: skip


def normalised(kind: str, value: str, country: str) -> str:
    """The spelling an address or number is found by; what cannot be read stays as it was given."""
    try:
        return normalise_email(value) if kind == "email" else normalise_phone(value, country)
    except AddressError:
        return value

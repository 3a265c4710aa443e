"""What the stations of a referral mean for the person referred, once they are in the list: said once, kept on both.

Each is an event on their own timeline, named by the event that moved the referral, so that one press takes all back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import Actor, Event, Kind, Note, Person, Referral
from forms_service.models.projection import record, standing
from forms_service.people.stages import BUYS

#: What is recorded of them, and which of their acts since the referral came say the same already.
MEANS: dict[str, tuple[Kind, tuple[Kind, ...]]] = {
    "contacted": (Kind.IN_TOUCH, (Kind.IN_TOUCH, Kind.CALLED, Kind.E_MAILED, Kind.CARD_SENT)),
    "met": (Kind.MET, (Kind.MET, Kind.ONE_TO_ONE_HELD)),
    "customer": (Kind.PURCHASED, BUYS),
    "partner": (Kind.PARTNER_CONFIRMED, (Kind.PARTNER_CONFIRMED,)),
    "not_now": (Kind.INTEREST_CLOSED, (Kind.INTEREST_CLOSED,)),
    "no": (Kind.INTEREST_CLOSED, (Kind.INTEREST_CLOSED,)),
    "do_not_contact": (Kind.DO_NOT_CONTACT, (Kind.DO_NOT_CONTACT,)),
}
#: Stations that are passed, and go on counting; any other is where the referral ended.
PASSED = ("contacted", "met")
ASK_AGAIN = "Ask again: a referral of theirs was not for now."


def follow(
    session: Session, referral: Referral, to: str, day: datetime | None, now: datetime, at: datetime | None = None
) -> list[int]:
    """The numbers of the events that this station has beside the referral's own. `at`: when it was, if not just now.

    `day`: until when they bought something, or when to ask again.
    """
    person = session.get(Person, referral.referred_id) if referral.referred_id is not None else None
    made = [] if person is None else [_meaning(session, referral, person, to, day, now, at)]
    if to == "not_now" and day is not None and day > now:
        made.append(_ask_again(session, person.id if person else referral.referrer_id, day, now, person is None))
    return [event.id for event in made if event is not None]


def catch_up(session: Session, referral: Referral, person: Person, now: datetime) -> list[int]:
    """What happened before the person was taken up: who was met, and how it ended."""
    moved = standing(session.scalars(select(Event).where(Event.referral_id == referral.id)))
    made = []
    for event in moved:
        to = {Kind.REFERRAL_MOVED: event.data.get("to", ""), Kind.FIRST_MESSAGE_SENT: "contacted"}.get(
            Kind(event.kind), ""
        )  # fmt: skip
        if to in PASSED or (to and to == referral.status):
            day = datetime.fromisoformat(event.data["day"]) if event.data.get("day") else None
            made.append(_meaning(session, referral, person, to, day, now, event.at))
    return [event.id for event in made if event is not None]


def _meaning(
    session: Session, referral: Referral, person: Person, to: str, day: datetime | None, now: datetime,
    at: datetime | None,
) -> Event | None:  # fmt: skip
    kind, same = MEANS.get(to, (None, ()))
    if kind is None or person.erased_at is not None or _is_said(session, referral, person, same):
        return None
    data: dict[str, Any] = {"at": at.isoformat()} if at is not None and at < now else {}
    if kind == Kind.PURCHASED:
        data["until"] = day.isoformat() if day else None
    elif kind == Kind.INTEREST_CLOSED:
        data["as"] = to
    return record(session, Event(at=now, kind=kind, actor=Actor.AUTHOR, person_id=person.id, data=data))


def _is_said(session: Session, referral: Referral, person: Person, same: tuple[Kind, ...]) -> bool:
    said = standing(session.scalars(select(Event).where(Event.person_id == person.id)))
    return any(event.kind in same and event.at >= referral.received_at for event in said)


def _ask_again(session: Session, person_id: int, day: datetime, now: datetime, is_referrer: bool) -> Event:
    data = {"due": day.isoformat()}
    event = record(session, Event(at=now, kind=Kind.FOLLOW_UP_SET, actor=Actor.AUTHOR, person_id=person_id, data=data))
    if is_referrer:  # no word of the third person's: it would stand beyond their erasure
        session.add(Note(event_id=event.id, text=ASK_AGAIN))
        session.flush()
    return event

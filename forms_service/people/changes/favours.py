"""Favours: whoever did something for the author or for whom he introduced, and whoever named them, are owed thanks.

A favour told afterwards leaves the same rows as one that was followed from need to introduction: an own need,
an outbound referral that helped, what the helper does, and who knows them. So evidence and thanks have one source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import SIDES, Actor, Event, Kind, Knows, Need, Offer, OutboundReferral, Person
from forms_service.models.projection import record
from forms_service.people.changes.acts import ONE_PRESS
from forms_service.people.changes.rows import ChangeError, locked, not_erased, one_at_a_time, one_line
from forms_service.people.changes.told import LONGEST_TOLD, Told, tell_knows, tell_need, tell_offer
from forms_service.people.matching import Hop

LONGEST_NAME = 200


@dataclass(frozen=True)
class Favour:
    """What was done for the author. `need_id`: the own need that it met; without one, `text` says what it was.

    `provider_id` did it; `introducer_id` named them, None where he knew them himself. `category`: a trade or "".
    """

    provider_id: int
    introducer_id: int | None = None
    need_id: int | None = None
    text: str = ""
    category: str = ""


def record_favour(session: Session, favour: Favour, now: datetime) -> Event | None:
    """It was done, and helped. None when just that was told a moment ago.

    The event returned is the one that takes everything back. Raises ChangeError.
    """
    if favour.provider_id == favour.introducer_id:
        raise ChangeError("nobody introduces themselves; choose who named them, or that you knew them")
    people = sorted({favour.provider_id, favour.introducer_id or favour.provider_id})
    not_erased(session, *(locked(session, Person, number).id for number in people))
    if _told_just_now(session, favour, now):
        return None
    need, made = _own_need(session, favour, now)
    row = OutboundReferral(
        need_id=need.id, via_id=favour.introducer_id, drafted_at=now,
        hop=(Hop.DIRECT if favour.introducer_id is None else Hop.INTRODUCED).value,
    )  # fmt: skip
    session.add(row)
    session.flush()
    drafted = {"helper_id": favour.provider_id, "agreed": list(SIDES)}
    made.append(record(session, _about(row, Kind.OUTBOUND_DRAFTED, None, now, drafted)))
    made += remember(session, need, favour.provider_id, favour.introducer_id, now)
    helped = _about(row, Kind.OUTBOUND_MOVED, favour.provider_id, now, {"to": "helped", "with": [e.id for e in made]})
    helped.need_id = need.id
    owe_thanks(session, row, favour.provider_id, now)
    return record(session, helped)


def owe_thanks(session: Session, row: OutboundReferral, provider_id: int, now: datetime) -> None:
    """Whoever helped is owed thanks; over two corners, whoever introduced them too, in a row of their own."""
    data = {"provider_id": provider_id, "introducer_id": row.via_id}
    for person in filter(None, (row.via_id, provider_id)):
        record(session, _about(row, Kind.FAVOUR_DONE, person, now, data))


def remember(session: Session, need: Need, helper_id: int, via_id: int | None, now: datetime) -> list[Event]:
    """What the helper does, and who knows them, unless that is known already."""
    told: list[Event | None] = []
    if via_id is not None and not _is_known(session, via_id, helper_id):
        told.append(tell_knows(session, via_id, helper_id, "know", now, source="introducer"))
    if need.category and not _is_offered(session, helper_id, need.category, via_id):
        source = "author" if via_id is None else "introducer"
        offer = Told(helper_id, need.category, need.category, need.place, source, recommended_by_id=via_id)
        told.append(tell_offer(session, offer, now))
    return [event for event in told if event is not None]


def new_person(session: Session, name: str, now: datetime, source: str = "introducer") -> Person:
    """Somebody whose name the author has just heard; a second press makes no double. Raises ChangeError."""
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise ChangeError(f"a name has 1 to {LONGEST_NAME} characters")
    one_at_a_time(session, f"new person {name}")
    twice = select(Person).where(Person.name == name, Person.source == source, Person.created_at > now - ONE_PRESS)
    if (same := session.scalars(twice).first()) is not None:
        return same
    person = Person(name=name, created_at=now, source=source)
    session.add(person)
    session.flush()
    return person


def _own_need(session: Session, favour: Favour, now: datetime) -> tuple[Need, list[Event]]:
    """The need it met, and the event that told it just now, if none had before."""
    if favour.need_id is not None:
        need = locked(session, Need, favour.need_id)
        if need.person_id is not None or need.state != "open":
            raise ChangeError("this is no open need of yours")
        return need, []
    open_one = select(Need).where(
        Need.person_id.is_(None), Need.state == "open", Need.text == one_line(favour.text, LONGEST_TOLD)
    )  # fmt: skip
    if (need_told := session.scalars(open_one.order_by(Need.id)).first()) is not None:
        return need_told, []
    event = tell_need(session, Told(None, favour.text, favour.category), now)
    assert event is not None, "a need that nobody told before is told"
    return session.get_one(Need, event.need_id), [event]


def _told_just_now(session: Session, favour: Favour, now: datetime) -> bool:
    same = Need.id == favour.need_id if favour.need_id else Need.text == one_line(favour.text, LONGEST_TOLD)
    query = select(OutboundReferral.id).join(Need, OutboundReferral.need_id == Need.id).where(
        same, Need.person_id.is_(None), OutboundReferral.helper_id == favour.provider_id,
        OutboundReferral.status == "helped", OutboundReferral.ended_at > now - ONE_PRESS,
    )  # fmt: skip
    return session.scalar(query.limit(1)) is not None


def _is_known(session: Session, person_id: int, other_id: int) -> bool:
    there = select(Knows.id).where(Knows.person_id == person_id, Knows.other_id == other_id, Knows.stands)
    return session.scalar(there.limit(1)) is not None


def _is_offered(session: Session, person_id: int, category: str, by: int | None) -> bool:
    """Somebody's recommendation is worth a row of its own."""
    there = select(Offer.id).where(Offer.person_id == person_id, Offer.category == category, Offer.stands)
    if by is not None:
        there = there.where(Offer.recommended_by_id == by)
    return session.scalar(there.limit(1)) is not None


def _about(row: OutboundReferral, kind: Kind, person_id: int | None, now: datetime, data: dict[str, Any]) -> Event:
    return Event(at=now, kind=kind, actor=Actor.AUTHOR, data=data, person_id=person_id, outbound_id=row.id)

"""Putting two people together: both are asked first, and none is named before both agree."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import SIDES, Actor, Event, Kind, Need, OutboundReferral, Person
from forms_service.models.projection import record
from forms_service.people.changes.favours import new_person, owe_thanks, remember
from forms_service.people.changes.rows import ChangeError, locked, not_in_peace
from forms_service.people.matching import Hop

BEFORE = ("drafted", "asked", "agreed")
OUTCOMES = ("helped", "not_helped", "no_answer")
MOVES = ("introduced", *OUTCOMES, "declined")


def draft_outbound(
    session: Session, need_id: int, hop: str, via_id: int | None, helper_id: int | None, now: datetime
) -> Event | None:
    """From a match to a referral in one act. None when the same is under way already."""
    need = locked(session, Need, need_id)
    people = [locked(session, Person, key) for key in (via_id, helper_id) if key is not None]
    if (
        hop not in set(Hop)
        or not people
        or len({need.person_id, via_id, helper_id} - {None}) < len(people) + (need.person_id is not None)
    ):
        raise ChangeError("this puts nobody together; choose one of the ways that stand on the page")
    if need.state != "open":
        raise ChangeError("this need is no longer open")
    not_in_peace(now, _asker(session, need), *people)
    under_way = select(OutboundReferral.id).where(
        OutboundReferral.need_id == need.id, OutboundReferral.via_id == via_id,
        OutboundReferral.helper_id == helper_id, OutboundReferral.status.in_((*BEFORE, "introduced")),
    )  # fmt: skip
    if session.scalar(under_way.limit(1)) is not None:
        return None
    row = OutboundReferral(need_id=need.id, via_id=via_id, hop=hop, drafted_at=now)
    session.add(row)
    session.flush()
    data = {"helper_id": helper_id, "agreed": _need_not_be_asked(session, need, people[0], via_id)}
    return record(session, _act(Kind.OUTBOUND_DRAFTED, row, need.person_id, now, data))


def _need_not_be_asked(session: Session, need: Need, first: Person, via_id: int | None) -> list[str]:
    """The author himself, and whoever gave a standing permission to be named."""
    asker = _asker(session, need)
    skipped = ["asker"] if asker is None or asker.introducing_since else []
    # Whoever is to introduce somebody else is always asked: the permission is about being named, not about favours.
    return skipped + (["helper"] if via_id is None and first.introducing_since else [])


def record_asked(session: Session, outbound_id: int, side: str, now: datetime) -> Event | None:
    """The author asked this side whether he may introduce them."""
    return _said(session, outbound_id, side, Kind.OUTBOUND_ASKED, now)


def record_agreed(session: Session, outbound_id: int, side: str, now: datetime) -> Event | None:
    """This side said yes."""
    return _said(session, outbound_id, side, Kind.OUTBOUND_AGREED, now)


def _said(session: Session, outbound_id: int, side: str, kind: Kind, now: datetime) -> Event | None:
    row = locked(session, OutboundReferral, outbound_id)
    if side not in SIDES:
        raise ChangeError(f"two sides are asked, {' and '.join(SIDES)}, not {side!r}")
    done = {
        (Kind.OUTBOUND_ASKED, "asker"): row.asker_asked_at, (Kind.OUTBOUND_ASKED, "helper"): row.helper_asked_at,
        (Kind.OUTBOUND_AGREED, "asker"): row.asker_agreed_at, (Kind.OUTBOUND_AGREED, "helper"): row.helper_agreed_at,
    }[(kind, side)]  # fmt: skip
    if done is not None or row.status not in BEFORE:
        return None
    person_id = _person_of(session, row, side)
    if kind == Kind.OUTBOUND_ASKED and person_id is not None:
        not_in_peace(now, session.get(Person, person_id))
    return record(session, _act(kind, row, person_id, now, {"side": side}))


def name_helper(session: Session, outbound_id: int, name: str, person_id: int | None, now: datetime) -> Event | None:
    """Whoever was asked named somebody: known already as `person_id`, or new by `name`.

    Kept with it: who knows them, and what they do, as recommended by whoever named them.
    """
    row = locked(session, OutboundReferral, outbound_id)
    if row.helper_id is not None:
        return None
    if row.via_id is None or row.status not in (*BEFORE, "introduced"):
        raise ChangeError("nobody was asked for a name here")
    need = session.get_one(Need, row.need_id)
    helper = locked(session, Person, person_id) if person_id is not None else new_person(session, name, now)
    if helper.id in (need.person_id, row.via_id):
        raise ChangeError("they named themselves or the one who asks; choose somebody else")
    told = remember(session, need, helper.id, row.via_id, now)
    data = {"helper_id": helper.id, "with": [event.id for event in told]}
    return record(session, _act(Kind.HELPER_NAMED, row, helper.id, now, data))


def move_outbound(session: Session, outbound_id: int, to: str, now: datetime) -> Event | None:
    """They are introduced, or it ended; "helped" answers the need as well."""
    row = locked(session, OutboundReferral, outbound_id)
    if row.status == to:
        return None
    _check(row, to)
    need = session.get_one(Need, row.need_id)
    if to == "introduced":
        not_in_peace(now, _asker(session, need), session.get(Person, row.helper_id))
    event = _act(Kind.OUTBOUND_MOVED, row, row.helper_id or row.via_id, now, {"to": to})
    event.need_id = need.id
    if to == "helped" and row.helper_id is not None:
        owe_thanks(session, row, row.helper_id, now)
    return record(session, event)


def _check(row: OutboundReferral, to: str) -> None:
    if to not in MOVES:
        raise ChangeError(f"an introduction cannot be moved to {to!r}; it can be {', '.join(MOVES)}")
    if to == "introduced" and (row.status != "agreed" or row.helper_id is None):
        raise ChangeError("both must agree, and the helper must be known, before you introduce them")
    if row.status == "helped":
        raise ChangeError("you said that it helped; take that back first")
    if to in OUTCOMES and row.status not in ("introduced", *OUTCOMES):
        raise ChangeError("introduce them first; then it can be said whether it helped")
    if to == "declined" and row.status not in BEFORE:
        raise ChangeError("they are introduced already")


def _asker(session: Session, need: Need) -> Person | None:
    return session.get(Person, need.person_id) if need.person_id is not None else None


def _person_of(session: Session, row: OutboundReferral, side: str) -> int | None:
    return session.get_one(Need, row.need_id).person_id if side == "asker" else row.via_id or row.helper_id


def _act(kind: Kind, row: OutboundReferral, person_id: int | None, now: datetime, data: dict[str, Any]) -> Event:
    return Event(at=now, kind=kind, actor=Actor.AUTHOR, data=data, person_id=person_id, outbound_id=row.id)

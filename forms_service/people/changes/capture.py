"""Somebody the author has just met: kept in one go with what they need, offer, and when to meet again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.forms.addresses import AddressError, normalise_email, normalise_phone
from forms_service.models import ContactPoint, Event, Kind, Person
from forms_service.people.changes.acts import LONGEST_NAME, ONE_PRESS, log_act
from forms_service.people.changes.facts import together
from forms_service.people.changes.rows import ChangeError, one_at_a_time
from forms_service.people.changes.told import Told, tell_need, tell_offer


@dataclass(frozen=True)
class Next:
    """When to be in touch; a meeting if `is_meeting`, with its hour if `is_timed`."""

    day: datetime
    is_meeting: bool = False
    is_timed: bool = False


def capture(
    session: Session, name: str, now: datetime, *, where: str = "", address: str = "", country: str = "",
    need: Told | None = None, offer: Told | None = None, next_on: Next | None = None,
) -> tuple[Person, Event | None]:  # fmt: skip
    """The person, and the event that takes all of it back. The same name within two minutes is a second press, and
    adds only what the first did not have.

    `address` is an e-mail or a phone number. `need` and `offer` become theirs. Raises ChangeError when there is no
    name or the address cannot be read.
    """
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise ChangeError("write their name; everything else can wait")
    one_at_a_time(session, f"capture {name}")
    person = _pressed_before(session, name, now) or _new(session, name, now)
    _reach(session, person, address.replace("\x00", "").strip(), country, now)
    events = [log_act(session, person.id, Kind.MET, now, note=where), _next(session, person, next_on, now)]
    if need is not None:
        events.append(tell_need(session, replace(need, person_id=person.id), now))
    if offer is not None:
        events.append(tell_offer(session, replace(offer, person_id=person.id), now))
    return person, together(session, person.id, "capture", [event for event in events if event is not None], now)


def _pressed_before(session: Session, name: str, now: datetime) -> Person | None:
    twice = select(Person).where(Person.name == name, Person.source == "author", Person.created_at > now - ONE_PRESS)
    return session.scalars(twice.limit(1)).first()


def _new(session: Session, name: str, now: datetime) -> Person:
    person = Person(name=name, created_at=now, source="author")
    session.add(person)
    session.flush()
    return person


def _reach(session: Session, person: Person, address: str, country: str, now: datetime) -> None:
    if not address:
        return
    point = _contact_point(address, now, country)
    if all((each.kind, each.normalised) != (point.kind, point.normalised) for each in person.contact_points):
        person.contact_points.append(point)
        session.flush()


def _next(session: Session, person: Person, wanted: Next | None, now: datetime) -> Event | None:
    if wanted is None:
        return None
    kind = Kind.ONE_TO_ONE_BOOKED if wanted.is_meeting else Kind.FOLLOW_UP_SET
    return log_act(session, person.id, kind, now, day=wanted.day, is_timed=wanted.is_timed)


def _contact_point(address: str, now: datetime, country: str) -> ContactPoint:
    kind = "email" if "@" in address else "phone"
    try:
        found = normalise_email(address) if kind == "email" else normalise_phone(address, country)
    except AddressError:
        raise ChangeError(f"“{address}” is no e-mail address and no phone number") from None
    return ContactPoint(kind=kind, value=address, normalised=found, source="author", added_at=now)

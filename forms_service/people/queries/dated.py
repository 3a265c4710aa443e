"""All that has a day of its own in the year to come: meetings, promises, days set for being in touch, terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import Duty, Event, Note, Person
from forms_service.people.days import Day
from forms_service.people.queries.today_basis import may_contact

AHEAD = timedelta(days=366)
#: More than a calendar shows; nobody promises so much.
MOST = 500


@dataclass(frozen=True)
class DatedAct:
    """A promise, or (`rule` is "follow_up") a day that was set. `note` is what it is about."""

    event_id: int
    rule: str
    due: datetime
    by_author: bool
    person: Person
    note: str


@dataclass(frozen=True)
class Dated:
    meetings: Sequence[Person]
    acts: Sequence[DatedAct]
    terms: Sequence[Person]


def dated(session: Session, day: Day) -> Dated:
    """From today on; what is overdue stands on Today. A meeting stays until it is said to be held."""
    until = day.now + AHEAD
    meets = select(Person).where(Person.meets_at < until, Person.contact_status != "do_not_contact")
    ends = select(Person).where(Person.term_ends_at >= day.begins, Person.term_ends_at < until, may_contact(day.now))
    return Dated(
        session.scalars(meets.order_by(Person.meets_at, Person.id).limit(MOST)).all(),
        _acts(session, day, until),
        session.scalars(ends.order_by(Person.term_ends_at, Person.id).limit(MOST)).all(),
    )


def _acts(session: Session, day: Day, until: datetime) -> list[DatedAct]:
    query = select(Duty, Event, Person, Note.text).join(Event, Duty.event_id == Event.id)
    query = query.join(Person, Duty.person_id == Person.id).outerjoin(Note, Note.event_id == Event.id).where(
        Duty.rule.in_(("promise", "follow_up")), Duty.done_at.is_(None), Duty.since >= day.begins, Duty.since < until,
        may_contact(day.now),
    )  # fmt: skip
    found = session.execute(query.order_by(Duty.since, Duty.event_id).limit(MOST))
    return [
        DatedAct(duty.event_id, duty.rule, duty.since, event.data.get("by") != "person", person, note or "")
        for duty, event, person, note in found
    ]

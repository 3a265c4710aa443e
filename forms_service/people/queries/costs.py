"""What thanks have cost in a year, row by row, for the author's books; nobody's are added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from forms_service.models import Event, Kind, Person
from forms_service.people.stages import happened


@dataclass(frozen=True)
class Cost:
    """`how` is one of people.duties.WAYS; `to` is "" for whom was erased."""

    day: date
    how: str
    to: str
    cost: Decimal


def costs(session: Session, year: int, zone: ZoneInfo) -> Sequence[Cost]:
    """Of the year by the author's clocks, in order; thanks taken back cost nothing."""
    undoing = aliased(Event)
    begins, ends = datetime(year - 1, 12, 30, tzinfo=zone), datetime(year + 1, 1, 3, tzinfo=zone)
    query = select(Event, Person.name).outerjoin(Person, Event.person_id == Person.id).where(
        Event.kind == Kind.THANKED, Event.at >= begins, Event.at < ends,
        Event.id.not_in(select(undoing.reverses_id).where(undoing.reverses_id.is_not(None))),
    )  # fmt: skip
    rows = [
        Cost(happened(event).astimezone(zone).date(), event.data["how"], name or "", Decimal(event.data["cost"]))
        for event, name in session.execute(query.order_by(Event.id))
        if event.data.get("cost")
    ]
    return sorted((row for row in rows if row.day.year == year), key=lambda row: row.day)

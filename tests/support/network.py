"""People who know each other, made by the author's own acts: everyone in it a role."""

from datetime import datetime

from sqlalchemy.orm import Session

from forms_service.models import Actor, Event, Person
from forms_service.models.projection import record
from forms_service.people import changes
from forms_service.people.categories import Categories, read_categories
from forms_service.people.changes import Told
from tests.conftest import ROOT


def listed_trades() -> Categories:
    return read_categories((ROOT / "content" / "trades.txt").read_text(encoding="utf-8"))


def person(session: Session, name: str, now: datetime) -> int:
    row = Person(name=name, created_at=now, source="form")
    session.add(row)
    session.flush()
    return row.id


def act(session: Session, kind: str, person_id: int, at: datetime, **data: object) -> Event:
    return record(session, Event(at=at, kind=kind, actor=Actor.AUTHOR, person_id=person_id, data=data))


def partner(session: Session, name: str, now: datetime) -> int:
    """Somebody whom the author met and calls a partner."""
    number = person(session, name, now)
    act(session, "met", number, now)
    act(session, "partner_confirmed", number, now)
    return number


def need(session: Session, person_id: int | None, category: str, now: datetime, **more: object) -> int:
    event = changes.tell_need(session, Told(person_id, f"Looks for: {category}", category, **more), now)
    assert event is not None
    assert event.need_id is not None
    return event.need_id


def offer(session: Session, person_id: int | None, category: str, now: datetime, **more: object) -> int:
    event = changes.tell_offer(session, Told(person_id, f"Does: {category}", category, **more), now)
    assert event is not None
    assert event.offer_id is not None
    return event.offer_id

"""Where one person stands, read from their events when it is asked: stages with reasons, contact, interval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import Event, Person
from forms_service.models.projection import standing, without_spam
from forms_service.people import stages


@dataclass(frozen=True)
class Standing:
    """Everything about a person that follows and is never typed."""

    buying: stages.Buying
    partnership: stages.Partnership
    contact: stages.Contact
    is_free: bool
    interval: stages.Interval
    is_own_interval: bool
    roles: tuple[str, ...]


def standing_of(session: Session, person: Person, now: datetime) -> Standing:
    """One query, whatever the length of the history."""
    events = without_spam(standing(session.scalars(select(Event).where(Event.person_id == person.id))))
    contact = stages.contact(events)
    said = [event for event in events if event.kind == "interval_set"]
    return Standing(
        buying=stages.buying(events, person.is_known_by_name, now),
        partnership=stages.partnership(events, now),
        contact=contact,
        is_free=contact.allows(now),
        interval=stages.interval(events),
        is_own_interval=bool(said and said[-1].data),
        roles=stages.roles(events),
    )

"""What the author learns of a person: each fact one event with its source, its words in the event's note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import Actor, Event, Kind, Note, Person
from forms_service.models.projection import record, standing
from forms_service.people import facts
from forms_service.people.changes.rows import ChangeError, locked, not_erased, one_line


def note_facts(
    session: Session, person_id: int, said: Mapping[str, str], now: datetime, source: str = "author"
) -> list[Event]:
    """Keep what changed of `said`, by fields of people.facts; empty words forget. Raises ChangeError."""
    person = locked(session, Person, person_id)
    not_erased(session, person.id)
    if not said.keys() <= set(facts.FIELDS) or source not in facts.SOURCES:
        raise ChangeError("there is no such fact to keep")
    known = known_facts(session, person.id)
    words = {field: _cleaned(field, text) for field, text in said.items()}
    return [
        _kept(session, person.id, field, text, now, source)
        for field, text in words.items()
        if text != known.get(field, "")
    ]


def known_facts(session: Session, person_id: int) -> dict[str, str]:
    """By field, the words that stand."""
    about = session.scalars(select(Event).where(Event.person_id == person_id))
    latest = facts.latest(standing(about))
    notes = session.scalars(select(Note).where(Note.event_id.in_([event.id for event in latest.values()])))
    words = {note.event_id: note.text for note in notes}
    return {field: words[event.id] for field, event in latest.items() if event.id in words}


def name_person(session: Session, person_id: int, preferred: str, usual: str, now: datetime) -> Event | None:
    """What you call them, and what they usually take or want. Whoever has both is known by name."""
    kept = note_facts(session, person_id, {"preferred_name": preferred, "usual": usual}, now)
    return together(session, person_id, "names", kept, now)


def together(session: Session, person_id: int, on: str, events: Sequence[Event], now: datetime) -> Event | None:
    """What takes all of `events` back in one press; None when there are none."""
    if len(events) < 2:
        return next(iter(events), None)
    data = {"on": on, "with": [event.id for event in events]}
    return record(session, Event(at=now, kind=Kind.NOTED_TOGETHER, actor=Actor.AUTHOR, person_id=person_id, data=data))


def _cleaned(field: str, text: str) -> str:
    if field == "preferred_name":
        return one_line(text, facts.LONGEST[field])
    text, longest = text.replace("\x00", "").replace("\r\n", "\n").strip(), facts.LONGEST.get(field, facts.LONGEST_FACT)
    if len(text) > longest:
        raise ChangeError(f"{facts.label(field).lower()} may have {longest:,} characters; this has {len(text):,}")
    return text


def _kept(session: Session, person_id: int, field: str, words: str, now: datetime, source: str) -> Event:
    """The words come before the projection, which reads them."""
    event = Event(at=now, kind=Kind.FACT_NOTED, actor=Actor.AUTHOR, person_id=person_id)
    event.data = {"field": field, "from": source}
    session.add(event)
    session.flush()
    if words:
        session.add(Note(event_id=event.id, text=words))
        session.flush()
    return record(session, event)

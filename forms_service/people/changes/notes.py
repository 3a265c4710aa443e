"""The author's own words about a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import Actor, Event, Kind, Note, Person
from forms_service.models.projection import record
from forms_service.people.changes.rows import ChangeError, locked, not_erased

LONGEST_NOTE = 10_000


def add_note(session: Session, person_id: int, text: str, now: datetime) -> Event | None:
    """Keep `text` on the person's timeline. The same words again within a day are a second click."""
    person, text = locked(session, Person, person_id), cleaned(text)
    not_erased(session, person.id)
    if _noted(session, person, text, now):
        return None
    event = record(session, Event(at=now, kind=Kind.NOTE_ADDED, actor=Actor.AUTHOR, person_id=person.id))
    session.add(Note(event_id=event.id, text=text))
    session.flush()
    return event


def cleaned(text: str) -> str:
    # A NUL cannot be kept by PostgreSQL, and nobody types one.
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not text:
        raise ChangeError("an empty note says nothing; write something first")
    if len(text) > LONGEST_NOTE:
        raise ChangeError(f"a note may have {LONGEST_NOTE:,} characters; this one has {len(text):,}")
    return text


def _noted(session: Session, person: Person, text: str, now: datetime) -> bool:
    taken_back = select(Event.reverses_id).where(Event.reverses_id.is_not(None))
    same = select(Event.id).join(Note, Note.event_id == Event.id).where(
        Event.person_id == person.id, Event.at > now - timedelta(days=1), Note.text == text, Event.id.not_in(taken_back)
    )  # fmt: skip
    return session.scalar(same.limit(1)) is not None

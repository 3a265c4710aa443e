"""What follows for a person from the events about them: dates for Today, and the rows of what is owed to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from forms_service.models.duty import Duty, PutOff
from forms_service.models.event import Event, Kind, Note
from forms_service.models.person import Person
from forms_service.people import facts, relations, stages
from forms_service.people.duties import owed


def project_relation(person: Person, events: Sequence[Event]) -> None:
    """Bring the dates and the duties of `person` up to the standing `events`, from which spam was left out."""
    session = object_session(person)
    assert session is not None, "a person is projected inside a session"
    erased = [event.at for event in events if event.kind == Kind.ERASED and event.submission_id is None]
    person.erased_at = erased[0] if erased else None
    if erased:
        events = []  # nothing is owed to whom nobody remembers
    person.vouch, person.depth = relations.vouch_in(events), relations.depth_in(events).name.lower()
    person.is_partner = stages.is_partner(events)
    _project_names(session, person, events)
    _project_dates(person, events)
    _project_duties(session, person, events)
    _project_put_off(session, person, events)


def _project_names(session: Session, person: Person, events: Sequence[Event]) -> None:
    """The words stand in notes, which an erasure empties; a fact without a note was forgotten."""
    said = facts.latest(events)
    words = {}
    for field in facts.NAMES:
        note = session.get(Note, said[field].id) if field in said else None
        words[field] = note.text if note else ""
    person.preferred_name, person.usual = words["preferred_name"], words["usual"]


def _project_dates(person: Person, events: Sequence[Event]) -> None:
    touched, spell = stages.last_touch(events), stages.interval(events)
    thanks = [stages.happened(event) for event in events if event.kind == Kind.THANKED]
    contact = stages.contact(events)
    person.touched_at, person.thanked_at = touched, max(thanks, default=None)
    person.drifts_at = touched + timedelta(days=spell.ideal) if touched else None
    person.lapses_at = touched + timedelta(days=spell.maximum) if touched else None
    person.term_ends_at, person.meets_at = stages.term_ends(events), stages.next_meeting(events)
    person.meets_timed = _is_timed(events, person.meets_at)
    offers = [stages.happened(event) for event in events if event.kind == Kind.TERM_SPOKEN_OF]
    person.offered_at = max(offers, default=None)
    person.contact_status, person.paused_until = contact.status, contact.until


def _is_timed(events: Sequence[Event], meets_at: datetime | None) -> bool:
    """The last booking of that moment says whether it has its hour."""
    booked = [event for event in events if event.kind == Kind.ONE_TO_ONE_BOOKED]
    return meets_at is not None and bool(booked[-1].data.get("timed"))


def _project_duties(session: Session, person: Person, events: Sequence[Event]) -> None:
    there = {row.event_id: row for row in session.scalars(select(Duty).where(Duty.person_id == person.id))}
    for each in owed(events):
        row = there.pop(each.event_id, None)
        if row is None:
            row = Duty(event_id=each.event_id, person_id=person.id)
            session.add(row)
        row.rule, row.since, row.done_at = each.rule, each.since, each.done_at
    for row in there.values():
        session.delete(row)


def _project_put_off(session: Session, person: Person, events: Sequence[Event]) -> None:
    there = {row.row: row for row in session.scalars(select(PutOff).where(PutOff.person_id == person.id))}
    last = {event.data["row"]: stages.moment(event, "until") for event in events if event.kind == Kind.PUT_OFF}
    for name, until in last.items():
        row = there.pop(name, None)
        if row is None:
            row = PutOff(person_id=person.id, row=name)
            session.add(row)
        row.until = until
    for row in there.values():
        session.delete(row)

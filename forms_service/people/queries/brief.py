"""What to know before a meeting, and what its sheet begins with: all that the events about one person say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import Duty, Event, Hint, Kind, Need, Note, Offer, OutboundReferral, Person
from forms_service.models.projection import standing, without_spam
from forms_service.people import facts, stages
from forms_service.people.categories import Categories
from forms_service.people.event_words import Facts
from forms_service.people.proposals import Proposal
from forms_service.people.queries.needs import person_proposals

MOST_TALKS = 3


@dataclass(frozen=True)
class Fact:
    """`source` is one of people.facts.SOURCES."""

    text: str
    source: str
    at: datetime


@dataclass(frozen=True)
class Talk:
    """A touch, for `words_for`, with what the author kept of it."""

    at: datetime
    facts: Facts
    note: str


@dataclass(frozen=True)
class Promised:
    """`by` is "author", "person", or "" for a day that was set for being in touch."""

    event_id: int
    by: str
    text: str
    due: datetime


@dataclass(frozen=True)
class Brief:
    person: Person
    contact: stages.Contact
    is_free: bool
    facts: Mapping[str, Fact]
    talks: Sequence[Talk]
    promises: Sequence[Promised]
    needs: Sequence[Need]
    wanted: Sequence[Need]
    """Whom they asked the author to look out for."""
    offers: Sequence[Offer]
    hints: Sequence[Hint]
    proposals: Sequence[Proposal]
    """What their forms said and the author has not settled."""
    under_way: Sequence[tuple[OutboundReferral, Need]]
    """Introductions that wait, for them or by them."""


def brief(session: Session, person_id: int, categories: Categories, now: datetime) -> Brief | None:
    """None for whom there is not, or about whom everything was erased. The number of queries is fixed."""
    person = session.get(Person, person_id)
    if person is None or person.erased_at is not None:
        return None
    events = without_spam(standing(session.scalars(select(Event).where(Event.person_id == person_id))))
    notes = _notes(session, person_id)
    asked_for = {event.need_id for event in events if event.data.get("field") == "look_out_for"}
    needs = session.scalars(select(Need).where(Need.person_id == person_id, Need.state == "open").order_by(Need.id))
    open_needs, contact = needs.all(), stages.contact(events)
    return Brief(
        person, contact, contact.allows(now), _facts(events, notes), _talks(events, notes),
        _promises(session, person_id, events, notes),
        [need for need in open_needs if need.id not in asked_for],
        [need for need in open_needs if need.id in asked_for],
        session.scalars(select(Offer).where(Offer.person_id == person_id, Offer.stands).order_by(Offer.id)).all(),
        session.scalars(select(Hint).where(Hint.person_id == person_id, Hint.stands).order_by(Hint.category)).all(),
        person_proposals(session, person_id, categories), _under_way(session, person_id),
    )  # fmt: skip


def facts_of(session: Session, person_id: int) -> dict[str, Fact]:
    """What is known of somebody by heart, each with its source and date."""
    events = without_spam(standing(session.scalars(select(Event).where(Event.person_id == person_id))))
    return _facts(events, _notes(session, person_id))


def _notes(session: Session, person_id: int) -> dict[int, str]:
    query = select(Note).join(Event, Note.event_id == Event.id).where(Event.person_id == person_id)
    return {note.event_id: note.text for note in session.scalars(query)}


def _facts(events: Sequence[Event], notes: Mapping[int, str]) -> dict[str, Fact]:
    """Those that were not forgotten, in the order in which one asks."""
    latest = facts.latest(events)
    return {
        field: Fact(notes[event.id], event.data["from"], event.at)
        for field in facts.FIELDS
        if (event := latest.get(field)) is not None and event.id in notes
    }  # fmt: skip


def _talks(events: Sequence[Event], notes: Mapping[int, str]) -> list[Talk]:
    """The last touches, and notes, newest first."""
    told = [event for event in events if event.kind in (*stages.TOUCHES, Kind.NOTE_ADDED)]
    newest = sorted(told, key=lambda event: (stages.happened(event), event.id), reverse=True)[:MOST_TALKS]
    return [Talk(stages.happened(event), Facts(event.kind, event.data), notes.get(event.id, "")) for event in newest]


def _promises(session: Session, person_id: int, events: Collection[Event], notes: Mapping[int, str]) -> list[Promised]:
    """Open promises both ways, and days set for being in touch; the oldest first."""
    by_id = {event.id: event for event in events}
    query = select(Duty).where(
        Duty.person_id == person_id, Duty.rule.in_(("promise", "follow_up")), Duty.done_at.is_(None)
    ).order_by(Duty.since, Duty.event_id)  # fmt: skip
    return [
        Promised(row.event_id, by_id[row.event_id].data.get("by", ""), notes.get(row.event_id, ""), row.since)
        for row in session.scalars(query)
        if row.event_id in by_id
    ]


def _under_way(session: Session, person_id: int) -> list[tuple[OutboundReferral, Need]]:
    query = select(OutboundReferral, Need).join(Need, OutboundReferral.need_id == Need.id).where(
        (Need.person_id == person_id) | (OutboundReferral.helper_id == person_id)
        | (OutboundReferral.via_id == person_id),
        OutboundReferral.ended_at.is_(None), OutboundReferral.status != "taken_back",
    ).order_by(OutboundReferral.id)  # fmt: skip
    return [(row.OutboundReferral, row.Need) for row in session.execute(query)]

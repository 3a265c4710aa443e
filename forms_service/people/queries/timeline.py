"""What happened, in words: the events about a person, a submission or a referral, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from forms_service.models import Comment, Event, Kind, Note, Person, Referral, Submission
from forms_service.people.changes.taking_back import is_undoable
from forms_service.people.event_words import Facts
from forms_service.people.queries.page import by_id


@dataclass(frozen=True)
class Entry:
    """One event as the author reads it. `taken_back_at`: it was undone then, and counts no more."""

    event: Event
    facts: Facts
    """For `words_for`, by the clocks of whoever reads it."""
    submission: Submission | None
    article_id: str
    note: str
    taken_back_at: datetime | None

    @property
    def can_be_undone(self) -> bool:
        return self.taken_back_at is None and is_undoable(self.event)


def timeline(
    session: Session,
    *,
    person_id: int | None = None,
    submission_id: int | None = None,
    referral_id: int | None = None,
    comment_id: int | None = None,
    outbound_id: int | None = None,
) -> Sequence[Entry]:
    """The events of one subject, at most the newest 500. Undoings are told with what they undo."""
    about: ColumnElement[bool]
    if person_id is not None:
        about = Event.person_id == person_id
    elif submission_id is not None:
        about = Event.submission_id == submission_id
    elif comment_id is not None:
        about = Event.comment_id == comment_id
    elif outbound_id is not None:
        about = Event.outbound_id == outbound_id
    else:
        about = Event.referral_id == referral_id
    events = session.scalars(select(Event).where(about).order_by(Event.at.desc(), Event.id.desc()).limit(500)).all()
    undone = {event.reverses_id: event.at for event in events if event.reverses_id is not None}
    facts = _facts(session, events)
    told = [event for event in events if event.kind != Kind.UNDONE and not _is_twin(event, person_id)]
    return [_entry(event, facts, undone.get(event.id)) for event in told]


def _is_twin(event: Event, person_id: int | None) -> bool:
    """Taking somebody up stands on two timelines; on the referral's own it is told once."""
    return person_id is None and event.kind == Kind.REFERRED_TAKEN_UP and event.submission_id is None


@dataclass(frozen=True)
class _Rows:
    submissions: dict[int | None, Submission]
    comments: dict[int | None, Comment]
    referrals: dict[int | None, Referral]
    people: dict[int | None, Person]
    notes: dict[int, str]


def _facts(session: Session, events: Sequence[Event]) -> _Rows:
    """Everything the events name, in one query a table."""
    referrals = by_id(session, Referral, {event.referral_id for event in events})
    named = {event.data.get("person_id") for event in events} | {row.referrer_id for row in referrals.values()}
    notes = select(Note).where(Note.event_id.in_([event.id for event in events]))
    return _Rows(
        by_id(session, Submission, {event.submission_id for event in events}),
        by_id(session, Comment, {event.comment_id for event in events}),
        referrals,
        by_id(session, Person, named),
        {note.event_id: note.text for note in session.scalars(notes)},
    )


def _entry(event: Event, rows: _Rows, taken_back_at: datetime | None) -> Entry:
    submission = rows.submissions.get(event.submission_id)
    comment = rows.comments.get(event.comment_id)
    referral = rows.referrals.get(event.referral_id)
    facts = Facts(
        kind=event.kind,
        data=event.data,
        actor=event.actor,
        form=submission.kind if submission else "",
        referred=referral.referred_name if referral else "",
        referrer=rows.people[referral.referrer_id].name if referral else "",
        is_referred=referral is not None and event.person_id != referral.referrer_id,
    )
    return Entry(
        event=event,
        facts=facts,
        submission=submission,
        article_id=comment.article_id if comment else "",
        note=rows.notes.get(event.id, ""),
        taken_back_at=taken_back_at,
    )

"""Projections: columns that follow from events, written in the event's transaction and nowhere else.

`record` is the only way an event comes in, `project` the only code that writes those columns, so
that `replay` over an emptied database gives the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models.comment import Comment, CommentState
from forms_service.models.event import Actor, Event, Kind
from forms_service.models.person import Person
from forms_service.models.referral import Referral
from forms_service.models.submission import Submission

COMMENT_STATES = {
    Kind.COMMENT_APPROVED: CommentState.APPROVED,
    Kind.COMMENT_REJECTED: CommentState.REJECTED,
    Kind.MARKED_SPAM: CommentState.SPAM,
}

#: What ends the waiting for an answer: the author's word that he answered, or his decision on a comment.
ANSWERS = (Kind.ANSWERED, Kind.COMMENT_APPROVED, Kind.COMMENT_REJECTED, Kind.COMMENT_REPLIED)


def record(session: Session, event: Event) -> Event:
    """Append `event` and bring the projections of everything it names up to it."""
    session.add(event)
    session.flush()
    project(session, event)
    return event


def undo(session: Session, event: Event, at: datetime, actor: Actor = Actor.AUTHOR) -> Event:
    """Take `event` back by an event of its own. The database refuses a second undo of the same act."""
    return record(
        session,
        Event(
            at=at, kind=Kind.UNDONE, actor=actor, reverses_id=event.id, person_id=event.person_id,
            submission_id=event.submission_id, comment_id=event.comment_id, referral_id=event.referral_id,
        ),  # fmt: skip
    )


def project(session: Session, event: Event) -> None:
    """Recompute the projections of the subjects that `event` names."""
    for subject, key in (
        (Submission, event.submission_id),
        (Comment, event.comment_id),
        (Referral, event.referral_id),
        (Person, event.person_id),
    ):
        if key is not None and (row := session.get(subject, key)) is not None:
            _PROJECTORS[subject](row, standing(_events_of(session, subject, key)))
    session.flush()


def replay(session: Session) -> None:
    """Recompute every projection from the events alone."""
    for subject, projector in _PROJECTORS.items():
        for row in session.scalars(select(subject)):
            projector(row, standing(_events_of(session, subject, row.id)))
    session.flush()


def standing(events: Iterable[Event]) -> list[Event]:
    """The events not taken back, oldest first, without the undoings themselves."""
    listed = sorted(events, key=lambda event: event.id)
    reversed_ids = {event.reverses_id for event in listed}
    return [event for event in listed if event.id not in reversed_ids and event.kind != Kind.UNDONE]


def project_submission(submission: Submission, events: Sequence[Event]) -> None:
    submission.answered_at = _first(events, *ANSWERS)
    submission.spam_at = _first(events, Kind.MARKED_SPAM)


def project_comment(comment: Comment, events: Sequence[Event]) -> None:
    decisions = [event for event in events if event.kind in COMMENT_STATES]
    comment.state = COMMENT_STATES[Kind(decisions[-1].kind)] if decisions else CommentState.PENDING
    comment.decided_at = decisions[-1].at if decisions else None


def project_referral(referral: Referral, events: Sequence[Event]) -> None:
    referral.confirmed_level, referral.status, referral.referred_id = None, "received", None
    for event in events:
        if event.kind == Kind.LEVEL_CONFIRMED:
            referral.confirmed_level = event.data["level"]
        elif event.kind == Kind.REFERRAL_MOVED:
            referral.status = event.data["to"]
        elif event.kind == Kind.REFERRED_TAKEN_UP:
            referral.referred_id = event.data["person_id"]


def project_person(person: Person, events: Sequence[Event]) -> None:
    acts = [event for event in events if event.actor == Actor.AUTHOR and event.kind != Kind.MARKED_SPAM]
    person.confirmed_at = acts[0].at if acts else None


def _first(events: Sequence[Event], *kinds: Kind) -> datetime | None:
    return next((event.at for event in events if event.kind in kinds), None)


_PROJECTORS = {
    Submission: project_submission,
    Comment: project_comment,
    Referral: project_referral,
    Person: project_person,
}
_KEYS = {
    Submission: Event.submission_id,
    Comment: Event.comment_id,
    Referral: Event.referral_id,
    Person: Event.person_id,
}


def _events_of(session: Session, subject: type, key: int) -> list[Event]:
    return list(session.scalars(select(Event).where(_KEYS[subject] == key)))

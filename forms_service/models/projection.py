"""Projections: columns that follow from events, written in the event's transaction and nowhere else.

`record` is the only way an event comes in, `project` the only code that writes those columns, so
that `replay` over an emptied database gives the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from forms_service.models.alone import alone
from forms_service.models.comment import Comment, CommentState
from forms_service.models.event import Actor, Event, Kind
from forms_service.models.outbound import OutboundReferral
from forms_service.models.person import Person
from forms_service.models.person_projection import project_relation
from forms_service.models.referral import BEFORE_CONTACT, Referral
from forms_service.models.submission import Submission
from forms_service.models.told import Hint, Knows, Need, Offer
from forms_service.models.told_projection import project_need, project_outbound, project_told
from forms_service.people.duties import ENDS, asked_by_referrer, done_for_referrer

COMMENT_STATES = {
    Kind.COMMENT_IMPORTED: CommentState.APPROVED,
    Kind.COMMENT_APPROVED: CommentState.APPROVED,
    Kind.COMMENT_REJECTED: CommentState.REJECTED,
    Kind.MARKED_SPAM: CommentState.SPAM,
    Kind.ERASED: CommentState.REJECTED,
}

#: What ends the waiting for an answer: the author's word that he answered, his decision on a comment, an erasure.
ANSWERS = (
    Kind.ANSWERED, Kind.COMMENT_APPROVED, Kind.COMMENT_REJECTED, Kind.COMMENT_REPLIED, Kind.COMMENT_IMPORTED,
    Kind.THANKED, Kind.ERASED,
)  # fmt: skip


def record(session: Session, event: Event) -> Event:
    """Append `event` and bring the projections of everything it names up to it."""
    alone(session)
    session.add(event)
    session.flush()
    project(session, event)
    return event


def undo(session: Session, event: Event, at: datetime, actor: Actor = Actor.AUTHOR) -> Event:
    """Take `event` back by an event of its own. The database refuses a second undo of the same act."""
    return record(
        session,
        Event(
            at=at,
            kind=Kind.UNDONE,
            actor=actor,
            reverses_id=event.id,
            person_id=event.person_id,
            submission_id=event.submission_id,
            comment_id=event.comment_id,
            referral_id=event.referral_id,
            need_id=event.need_id,
            offer_id=event.offer_id,
            knows_id=event.knows_id,
            hint_id=event.hint_id,
            outbound_id=event.outbound_id,
        ),
    )


def project(session: Session, event: Event) -> None:
    """Recompute the projections of the subjects that `event` names."""
    for subject in SUBJECTS:
        key = getattr(event, subject.key.key)
        row = session.get(subject.table, key) if key is not None else None
        if row is not None:
            subject.project(row, standing(_events_of(session, subject, key)))
    session.flush()


def replay(session: Session) -> None:
    """Recompute every projection from the events alone."""
    for subject in SUBJECTS:
        for row in session.scalars(select(subject.table)):
            subject.project(row, standing(_events_of(session, subject, row.id)))
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
    referral.objected_at, referral.needs_own_yes = _first(events, Kind.DO_NOT_CONTACT), _needs_own_yes(events)
    for event in events:
        if event.kind == Kind.LEVEL_CONFIRMED:
            referral.confirmed_level = event.data["level"]
        elif event.kind == Kind.REFERRAL_MOVED:
            referral.status = event.data["to"]
        elif event.kind == Kind.THANKED and event.data["duty"] in ("", "receipt") and referral.status == "received":
            referral.status = "acknowledged"
        elif event.kind == Kind.FIRST_MESSAGE_SENT and referral.status in BEFORE_CONTACT:
            referral.status = "contacted"
        elif event.kind == Kind.DO_NOT_CONTACT and referral.status not in ENDS:
            referral.status = "do_not_contact"
        elif event.kind == Kind.REFERRED_TAKEN_UP:
            referral.referred_id = event.data["person_id"]
    done = done_for_referrer(events)
    referral.outcome_at, referral.thanked_at, referral.told_at = done.outcome_at, done.thanked_at, done.told_at
    referral.outcome_thanked_at, referral.rewarded_at = done.outcome_thanked_at, done.rewarded_at
    referral.asks, referral.asked_at = asked_by_referrer(events)


def _needs_own_yes(events: Sequence[Event]) -> bool:
    """The author's last word; without one, what the site's country or an address that was given says."""
    said = [bool(event.data["needed"]) for event in events if event.kind == Kind.OWN_YES_SET]
    arrived = (Kind.SUBMITTED, Kind.CONTACT_DETAILS_GIVEN)
    return said[-1] if said else any(event.data.get("own_yes") for event in events if event.kind in arrived)


def project_person(person: Person, events: Sequence[Event]) -> None:
    # Whatever was done with something that turned out to be spam confirms nobody.
    honest = without_spam(events)
    acts = [event for event in honest if event.actor == Actor.AUTHOR and event.kind != Kind.ERASED]
    person.confirmed_at = acts[0].at if acts else None
    spoken = [event for event in events if event.kind in (Kind.INTRODUCING_ALLOWED, Kind.INTRODUCING_ENDED)]
    allowed = spoken and spoken[-1].kind == Kind.INTRODUCING_ALLOWED
    person.introducing_since = spoken[-1].at if allowed else None
    project_relation(person, honest)


def without_spam(events: Sequence[Event]) -> list[Event]:
    """The events but for those about what turned out to be spam."""
    spam = {event.submission_id for event in events if event.kind == Kind.MARKED_SPAM} - {None}
    return [event for event in events if event.submission_id not in spam]


def _first(events: Sequence[Event], *kinds: Kind) -> datetime | None:
    return next((event.at for event in events if event.kind in kinds), None)


@dataclass(frozen=True)
class Subject:
    """A table with projections: the event column that names its rows, and how they follow."""

    table: type[Any]
    key: InstrumentedAttribute[int | None]
    project: Callable[[Any, Sequence[Event]], None]


SUBJECTS = (
    Subject(Submission, Event.submission_id, project_submission),
    Subject(Comment, Event.comment_id, project_comment),
    Subject(Referral, Event.referral_id, project_referral),
    Subject(Person, Event.person_id, project_person),
    Subject(Need, Event.need_id, project_need),
    Subject(Offer, Event.offer_id, project_told),
    Subject(Knows, Event.knows_id, project_told),
    Subject(Hint, Event.hint_id, project_told),
    Subject(OutboundReferral, Event.outbound_id, project_outbound),
)


def _events_of(session: Session, subject: Subject, key: int) -> list[Event]:
    return list(session.scalars(select(Event).where(subject.key == key)))

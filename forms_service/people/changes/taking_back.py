"""Taking one act back, by its event: what the undo button does, wherever it stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import Actor, Event, Kind, Need, Offer, OutboundReferral, Person, Referral, Submission
from forms_service.models.projection import undo
from forms_service.people.changes.acts import CHOICES, DATED, PLAIN
from forms_service.people.changes.rows import ChangeError, locked, standing_acts

#: The acts of `people.changes`. Decisions about comments are undone in `moderation.decide`.
UNDOABLE = (
    Kind.ANSWERED, Kind.MARKED_SPAM, Kind.NOTE_ADDED, Kind.LEVEL_CONFIRMED, Kind.REFERRAL_MOVED, Kind.REFERRED_TAKEN_UP,
    Kind.FIRST_MESSAGE_SENT, Kind.OWN_YES_SET,
    Kind.NEED_TOLD, Kind.NEED_RENEWED, Kind.NEED_ANSWERED, Kind.NEED_WITHDRAWN, Kind.OFFER_TOLD, Kind.OFFER_ENDED,
    Kind.KNOWS_TOLD, Kind.HINT_TOLD, Kind.TOLD_SET_ASIDE, Kind.VOUCHED,
    Kind.INTRODUCING_ALLOWED, Kind.INTRODUCING_ENDED, Kind.REFERENCE_ALLOWED, Kind.REFERENCE_ENDED,
    Kind.OUTBOUND_DRAFTED, Kind.OUTBOUND_ASKED, Kind.OUTBOUND_AGREED, Kind.HELPER_NAMED, Kind.OUTBOUND_MOVED,
    *PLAIN, *DATED, *CHOICES, Kind.THANKED, Kind.OUTCOME_TOLD, Kind.FAVOUR_DONE, Kind.PROMISE_KEPT, Kind.ROLES_SET,
    Kind.FACT_NOTED, Kind.NOTED_TOGETHER, Kind.INTERVAL_SET, Kind.PUT_OFF, Kind.TERM_SPOKEN_OF,
)  # fmt: skip


def is_undoable(event: Event) -> bool:
    return event.kind in UNDOABLE and event.actor == Actor.AUTHOR and event.comment_id is None


def take_back(session: Session, event_id: int, now: datetime) -> bool:
    """Undo one act of the author's; False when it is undone already. Raises ChangeError for any other event."""
    event = session.get(Event, event_id)
    if event is None or not is_undoable(event):
        raise ChangeError("there is no such act to take back")
    _lock_subject(session, event)
    left = [each for each in _together(session, event) if not _is_undone(session, each)]
    for each in left:
        undo(session, each, now)
    return bool(left)


def _together(session: Session, event: Event) -> list[Event]:
    """The act, and what was recorded in the same breath: on two timelines, or as what follows from it."""
    told_along = session.scalars(select(Event).where(Event.id.in_(event.data.get("with", ())))).all()
    return [*_twins(session, event), *sorted(told_along, key=lambda each: -each.id)]


def _twins(session: Session, event: Event) -> list[Event]:
    """Taking somebody up, and a favour, stand on two timelines and are taken back from both."""
    if event.kind == Kind.FAVOUR_DONE:
        both = Event.person_id.in_([event.data["provider_id"], event.data["introducer_id"]])
        done = standing_acts(session, both, Kind.FAVOUR_DONE)
        return [each for each in done if (each.data, each.at) == (event.data, event.at)]
    if event.kind == Kind.OUTBOUND_MOVED and event.data["to"] == "helped":
        owed = standing_acts(session, Event.outbound_id == event.outbound_id, Kind.FAVOUR_DONE)
        return [event, *(each for each in owed if each.at == event.at)]
    if event.kind != Kind.REFERRED_TAKEN_UP:
        return [event]
    taken_up = standing_acts(session, Event.referral_id == event.referral_id, Kind.REFERRED_TAKEN_UP)
    twins = [each for each in taken_up if each.data == event.data and each.at == event.at]
    return [*twins, *_since_taken_up(session, event)]


def _since_taken_up(session: Session, event: Event) -> list[Event]:
    """What the referral's later stations recorded of the person who was taken up."""
    kinds = (Kind.REFERRAL_MOVED, Kind.FIRST_MESSAGE_SENT)
    moved = [each for kind in kinds for each in standing_acts(session, Event.referral_id == event.referral_id, kind)]
    along = {number for each in moved for number in each.data.get("with", ())}
    theirs = select(Event).where(Event.id.in_(along), Event.person_id == event.data["person_id"])
    return sorted(session.scalars(theirs), key=lambda each: -each.id)


def _lock_subject(session: Session, event: Event) -> None:
    if event.referral_id is not None:
        locked(session, Referral, event.referral_id)
    elif event.submission_id is not None:
        locked(session, Submission, event.submission_id)
    elif event.outbound_id is not None:
        locked(session, OutboundReferral, event.outbound_id)
    elif event.person_id is not None:
        locked(session, Person, event.person_id)
    elif event.need_id is not None:
        locked(session, Need, event.need_id)
    elif event.offer_id is not None:
        locked(session, Offer, event.offer_id)


def _is_undone(session: Session, event: Event) -> bool:
    return session.scalar(select(Event.id).where(Event.reverses_id == event.id)) is not None

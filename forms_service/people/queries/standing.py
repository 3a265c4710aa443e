"""Where one person stands, read from their events when it is asked: stages with reasons, contact, interval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from forms_service.models import Event, Need, OutboundReferral, Person, Referral, Submission
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
    #: Whether they ever helped the author or somebody of his, and whether he ever helped them: yes or no, no count.
    gives: bool
    receives: bool


def standing_of(session: Session, person: Person, now: datetime) -> Standing:
    """One query for the history, whatever its length, and one for each direction of help."""
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
        gives=_is_there(session, _referred_somebody(person.id), _helped(person.id)),
        receives=_is_there(session, _was_helped(person.id)),
    )


def _is_there(session: Session, *ways: ColumnElement[bool]) -> bool:
    return bool(session.scalar(select(or_(*ways))))


def _referred_somebody(person_id: int) -> ColumnElement[bool]:
    sent = select(Submission.id).where(Submission.spam_at.is_(None))
    return exists().where(Referral.referrer_id == person_id, Referral.submission_id.in_(sent))


def _helped(person_id: int) -> ColumnElement[bool]:
    """They did it themselves, or introduced who did."""
    part = or_(OutboundReferral.helper_id == person_id, OutboundReferral.via_id == person_id)
    return exists().where(OutboundReferral.status == "helped", part)


def _was_helped(person_id: int) -> ColumnElement[bool]:
    """Something they needed was found, by whomever the author put them together with."""
    helped = exists().where(OutboundReferral.need_id == Need.id, OutboundReferral.status == "helped")
    return exists().where(Need.person_id == person_id, or_(Need.state == "answered", helped))

"""The 30-day clock: where neither a yes nor contact came, what a referral holds of its third person goes by itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forms_service.db import Database
from forms_service.erasure.erase import erase_referred
from forms_service.models import BEFORE_CONTACT, Actor, Event, Kind, Referral, permitted_level
from forms_service.models.alone import alone
from forms_service.models.projection import record, standing
from forms_service.people.privacy import (
    PRIVACY_LIMIT,
    UNFOLLOWED,
    WITHOUT_A_YES,
    may_be_a_slip,
    names_somebody,
    were_in_touch,
)


def let_go(database: Database, now: datetime) -> int:
    """Erase whose time is over; of how many referrals. What is owed to the referrer stays owed."""
    with database.read() as session:
        over = [referral.id for referral in session.scalars(_over(now)) if _is_to_go(session, referral, now)]
    return sum(_let_go(database, number, now) for number in over)


def _over(now: datetime) -> Select[Referral]:
    """Referrals that are old enough, as far as the database can say. Spam is none the less somebody's details."""
    return select(Referral).where(
        Referral.received_at <= now - PRIVACY_LIMIT, Referral.need != "", Referral.referred_id.is_(None),
        permitted_level().in_(WITHOUT_A_YES), Referral.status.in_(UNFOLLOWED),
    ).order_by(Referral.id)  # fmt: skip


def _is_to_go(session: Session, referral: Referral, now: datetime) -> bool:
    if not names_somebody(referral.referred_name, referral.need):
        return False
    events = session.scalars(select(Event).where(Event.referral_id == referral.id)).all()
    return not were_in_touch(standing(events)) and not may_be_a_slip(events, now)


def _let_go(database: Database, number: int, now: datetime) -> bool:
    """Looked at again, since the author may have acted meanwhile."""
    with database.write() as session:
        alone(session)
        referral = session.scalar(_over(now).where(Referral.id == number).with_for_update(key_share=True))
        if referral is None or not _is_to_go(session, referral, now):
            return False
        return let_go_of(session, referral, now) is not None


def let_go_of(session: Session, referral: Referral, now: datetime) -> Event | None:
    """Their details go, and with them whatever was still to come of it. None where that was done already."""
    if referral.status in BEFORE_CONTACT:
        record(session, _expired(referral, now))
    return erase_referred(session, referral.id, now, Actor.SYSTEM)


def _expired(referral: Referral, now: datetime) -> Event:
    return Event(
        at=now, kind=Kind.REFERRAL_MOVED, actor=Actor.SYSTEM, data={"to": "expired"},
        person_id=referral.referrer_id, submission_id=referral.submission_id, referral_id=referral.id,
    )  # fmt: skip

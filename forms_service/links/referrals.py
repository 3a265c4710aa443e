"""The two links of a referral: its referrer follows it and may ask; the person it names says "please don't"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from forms_service.models import Referral, Submission
from forms_service.people.changes import followed
from forms_service.people.following import Station, may_ask, sentences, stations
from forms_service.reference import spoken


@dataclass(frozen=True)
class Followed:
    """What the referrer sees. Hidden: nothing at all is told."""

    is_hidden: bool
    reference: str
    received_at: datetime
    named: str = ""
    stations: Sequence[Station] = ()
    sentences: Sequence[str] = ()
    asks: Sequence[str] = ()
    asked_at: datetime | None = None
    """Since when he waits for an answer."""


def follow(session: Session, referral_id: int, now: datetime) -> Followed | None:
    """None once the referrer has been erased, or if there is no such referral."""
    referral, submission = _found(session, referral_id)
    if referral is None or submission is None:
        return None
    reference = spoken(submission.reference)
    if followed.is_hidden(session, referral):
        return Followed(True, reference, referral.received_at)
    return Followed(
        is_hidden=False,
        reference=reference,
        received_at=referral.received_at,
        named=referral.referred_name,
        stations=stations(referral.status),
        sentences=sentences(referral.status, referral.level, referral.needs_own_yes),
        asks=may_ask(referral.status, followed.asked_last(session, referral), now),
        asked_at=referral.asked_at,
    )


def ask(session: Session, referral_id: int, what: str, now: datetime) -> bool:
    """Press one of the page's buttons; False where it changes nothing."""
    if follow(session, referral_id, now) is None:
        return False
    return followed.ask_about_referral(session, referral_id, what, now) is not None


@dataclass(frozen=True)
class Objection:
    """Whether the person referred has said no already."""

    is_made: bool


def objection(session: Session, referral_id: int) -> Objection | None:
    """None if there is no such referral. An erased one still takes a no."""
    referral = session.get(Referral, referral_id)
    return Objection(referral.objected_at is not None) if referral else None


def say_no(session: Session, referral_id: int, now: datetime) -> bool:
    """Press "please don't"; False where it changes nothing."""
    if session.get(Referral, referral_id) is None:
        return False
    return followed.object_to_referral(session, referral_id, now) is not None


def _found(session: Session, referral_id: int) -> tuple[Referral | None, Submission | None]:
    referral = session.get(Referral, referral_id)
    submission = session.get_one(Submission, referral.submission_id) if referral else None
    return referral, submission if submission is not None and submission.payload else None

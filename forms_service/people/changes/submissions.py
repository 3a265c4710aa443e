"""What the author does with a submission: he answered it, it is spam, or neither after all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import (
    Actor,
    Event,
    Kind,
    MailState,
    OutboxMail,
    Referral,
    ReferredContact,
    Submission,
)  # fmt: skip
from forms_service.models.projection import record, undo
from forms_service.people.changes.rows import ChangeError, locked, standing_acts


def mark_answered(session: Session, submission_id: int, now: datetime) -> Event | None:
    """The author answered, by whatever way he likes."""
    submission = locked(session, Submission, submission_id)
    if submission.answered_at is not None:
        return None
    return record(session, _act(session, Kind.ANSWERED, submission, now))


def undo_answered(session: Session, submission_id: int, now: datetime) -> Event | None:
    """He did not answer after all: the submission waits again."""
    return _take_back_last(session, locked(session, Submission, submission_id), Kind.ANSWERED, now)


def mark_spam(session: Session, submission_id: int, now: datetime) -> Event | None:
    """Out of the queue and, unless he is known otherwise, out of the list with its sender."""
    submission = _no_comment(locked(session, Submission, submission_id))
    if submission.spam_at is not None:
        return None
    return record(session, _act(session, Kind.MARKED_SPAM, submission, now))


def not_spam(session: Session, submission_id: int, now: datetime) -> Event | None:
    """Back into the queue; a mail held back about it leaves as if it had just come in."""
    submission = _no_comment(locked(session, Submission, submission_id))
    release_mail(session, submission.id, now)
    return _take_back_last(session, submission, Kind.MARKED_SPAM, now)


def release_mail(session: Session, submission_id: int, now: datetime) -> bool:
    """Queue the mail that screening held back; True when there was one."""
    held = select(OutboxMail).where(OutboxMail.submission_id == submission_id, OutboxMail.state == MailState.SILENCED)
    mails = session.scalars(held.with_for_update()).all()
    for mail in mails:
        mail.state, mail.attempts, mail.next_attempt_at = MailState.QUEUED, 0, now
    session.flush()
    return bool(mails)


def _no_comment(submission: Submission) -> Submission:
    if submission.kind == "comment":
        raise ChangeError("a comment is decided among the comments, where its page follows the decision")
    return submission


def _take_back_last(session: Session, submission: Submission, kind: Kind, now: datetime) -> Event | None:
    done = standing_acts(session, Event.submission_id == submission.id, kind)
    return undo(session, done[-1], now) if done else None


def _act(session: Session, kind: Kind, submission: Submission, now: datetime) -> Event:
    return Event(
        at=now, kind=kind, actor=Actor.AUTHOR, submission_id=submission.id, person_id=submission.person_id,
        referral_id=_referral_of(session, submission),
    )  # fmt: skip


def _referral_of(session: Session, submission: Submission) -> int | None:
    """The referral that came with this submission, or whose second step it is."""
    if submission.kind == "referral":
        return session.scalar(select(Referral.id).where(Referral.submission_id == submission.id))
    if submission.kind == "referral_contact":
        second_step = select(ReferredContact.referral_id).where(ReferredContact.submission_id == submission.id)
        return session.scalar(second_step)
    return None

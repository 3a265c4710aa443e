"""The inbox: every submission, what waits for an answer first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, Text, case, cast, func, select
from sqlalchemy.orm import Session, joinedload

from forms_service.models import (
    Comment,
    CommentState,
    MailState,
    OutboxMail,
    Referral,
    ReferredContact,
    Submission,
)  # fmt: skip
from forms_service.people.queries.page import Page, fetch_page
from forms_service.people.queries.timeline import Entry, timeline


@dataclass(frozen=True)
class InboxFilter:
    """Which submissions: of one kind or all (""), and "open" (all but spam), "waiting", "answered" or "spam"."""

    kind: str = ""
    show: str = "open"


@dataclass(frozen=True)
class Waiting:
    """The numbers beside the dashboard's parts."""

    submissions: int
    comments: int
    failed_mails: int


@dataclass(frozen=True)
class SubmissionDetails:
    submission: Submission
    comment: Comment | None
    referral: Referral | None
    mail_held_back: bool
    timeline: Sequence[Entry]


_UNSUSPICIOUS = cast(Submission.suspicions, Text) == "[]"
_IS_WAITING = (Submission.answered_at.is_(None), Submission.spam_at.is_(None))
_SHOWN = {
    "open": (Submission.spam_at.is_(None),),
    "waiting": _IS_WAITING,
    "answered": (Submission.answered_at.is_not(None), Submission.spam_at.is_(None)),
    "spam": (Submission.spam_at.is_not(None),),
}


def inbox(session: Session, wanted: InboxFilter, number: int) -> Page[Submission]:
    """What waits comes first, the longest waiting on top and the suspicious last; then the answered, newest first."""
    query = select(Submission).options(joinedload(Submission.person)).where(*_SHOWN[wanted.show])
    if wanted.kind:
        query = query.where(Submission.kind == wanted.kind)
    return fetch_page(session, _in_order(query), number)


def _in_order(query: Select[Submission]) -> Select[Submission]:
    answered = Submission.answered_at.is_not(None)
    return query.order_by(
        case((answered, 1), else_=0),
        case((answered, 0), (_UNSUSPICIOUS, 0), else_=1),
        case((~answered, Submission.received_at)),  # NULL for all that are answered: they keep their own order
        Submission.received_at.desc(),
        case((answered, -Submission.id), else_=Submission.id),
    )


def waiting_numbers(session: Session) -> Waiting:
    """How much waits in each part. One query."""
    submissions = select(func.count()).select_from(Submission).where(*_IS_WAITING).scalar_subquery()
    pending = Comment.state == CommentState.PENDING
    comments = select(func.count()).select_from(Comment).where(pending).scalar_subquery()
    failed = OutboxMail.state == MailState.FAILED
    mails = select(func.count()).select_from(OutboxMail).where(failed).scalar_subquery()
    return Waiting(*session.execute(select(submissions, comments, mails)).one())


def submission_details(session: Session, submission_id: int) -> SubmissionDetails | None:
    submission = session.get(Submission, submission_id, options=[joinedload(Submission.person)])
    if submission is None:
        return None
    comment = session.scalar(select(Comment).where(Comment.submission_id == submission.id))
    held = OutboxMail.submission_id == submission.id, OutboxMail.state == MailState.SILENCED
    return SubmissionDetails(
        submission=submission,
        comment=comment,
        referral=_referral_of(session, submission),
        mail_held_back=session.scalar(select(OutboxMail.id).where(*held).limit(1)) is not None,
        timeline=timeline(session, submission_id=submission.id),
    )


def _referral_of(session: Session, submission: Submission) -> Referral | None:
    second_step = select(ReferredContact.referral_id).where(ReferredContact.submission_id == submission.id)
    here = (Referral.submission_id == submission.id) | Referral.id.in_(second_step)
    return session.scalar(select(Referral).where(here))

"""What a link is about, as it stands now: who wrote what, and what the author has decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from forms_service.config import Config
from forms_service.essays import Essay, essay
from forms_service.links.tokens import Link
from forms_service.models import Comment, Submission
from forms_service.models.alone import alone
from forms_service.models.base import HELD
from forms_service.moderation import decide
from forms_service.people import changes

KIND_WORDS = {
    "comment": "commented",
    "contact": "wrote to you",
    "referral": "referred someone to you",
    "referral_contact": "told you how to reach someone",
}


@dataclass(frozen=True)
class Subject:
    """`state` is one of `acts.STATE_WORDS`, since `decided_at`."""

    state: str
    decided_at: datetime | None
    name: str
    did: str
    text: str
    received_at: datetime
    essay: Essay | None = None
    #: Where on the essay's page it stands once it is published.
    anchor: str = ""


def find(session: Session, config: Config, link: Link, *, hold: bool = False) -> Subject | None:
    """The subject of `link`; None when it has been erased. `hold` keeps it to us until the transaction ends."""
    if hold:
        alone(session)
    if link.purpose == "comment":
        comment = session.get(Comment, link.target, with_for_update=HELD if hold else None)
        return _comment(config, comment) if comment and not comment.is_erased else None
    submission = session.get(Submission, link.target, with_for_update=HELD if hold else None)
    return _submission(session, submission) if submission and submission.payload else None


def act(session: Session, link: Link, now: datetime) -> None:
    """Do what `link` says. Idempotent."""
    _DEEDS[link.purpose, link.action](session, link.target, now)


_DEEDS: dict[tuple[str, str], Callable[[Session, int, datetime], Any]] = {
    ("comment", "approve"): decide.approve,
    ("comment", "reject"): decide.reject,
    ("comment", "spam"): decide.mark_spam,
    ("submission", "answered"): changes.mark_answered,
    ("submission", "spam"): changes.mark_spam,
}


def _comment(config: Config, comment: Comment) -> Subject:
    return Subject(
        state=comment.state,
        decided_at=comment.decided_at,
        name=comment.name,
        did=KIND_WORDS["comment"],
        text=comment.text,
        received_at=comment.written_at,
        essay=essay(config, comment.article_id),
        anchor=f"c{comment.id}",
    )


def _submission(session: Session, submission: Submission) -> Subject:
    state = "spam" if submission.spam_at else "answered" if submission.answered_at else "waiting"
    return Subject(
        state=state,
        decided_at=submission.spam_at or submission.answered_at,
        name=_sender(session, submission),
        did=KIND_WORDS[submission.kind],
        text=_words(submission),
        received_at=submission.received_at,
    )


def _sender(session: Session, submission: Submission) -> str:
    typed = str(submission.payload.get("name") or "")
    return typed or (submission.person.name if submission.person else "Someone")


def _words(submission: Submission) -> str:
    """The words worth recognising it by. A third person's contact details are not shown without signing in."""
    return str(submission.payload.get({"contact": "message", "referral": "need"}.get(submission.kind, "")) or "")

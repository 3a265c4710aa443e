"""The author's word on a comment: approve, reject, spam, take it back, answer it. Everything may be said twice.

Each act is an event in the caller's transaction. Where it changes what readers see, the essay is
marked stale in the same transaction, and `moderation.publish` brings its pages up to date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.db import upsert
from forms_service.models import (
    Actor,
    Comment,
    CommentState,
    Event,
    ImportedComment,
    Kind,
    StaleArticle,
    Submission,
)  # fmt: skip
from forms_service.models.alone import alone
from forms_service.models.base import HELD
from forms_service.models.projection import COMMENT_STATES, record, undo
from forms_service.people.substance import is_substantial


class UnknownCommentError(LookupError):
    """There is no comment of this number."""


def approve(session: Session, comment_id: int, now: datetime) -> Event | None:
    """Show the comment to readers. None when it was approved already."""
    return _decide(session, comment_id, Kind.COMMENT_APPROVED, now)


def reject(session: Session, comment_id: int, now: datetime) -> Event | None:
    """Keep the comment from readers. None when it was rejected already."""
    return _decide(session, comment_id, Kind.COMMENT_REJECTED, now)


def mark_spam(session: Session, comment_id: int, now: datetime) -> Event | None:
    """Keep it from readers and its sender out of the list of people. None when it was spam already."""
    return _decide(session, comment_id, Kind.MARKED_SPAM, now)


def undo_decision(session: Session, comment_id: int, now: datetime) -> Event | None:
    """Take the last decision back. None when there is none, or when that has been done already.

    One step only: a second click finds the decision taken back and does not reach for the one before.
    """
    comment = _locked(session, comment_id)
    last = _last_decision(session, comment_id)
    if last is None or _is_taken_back(session, last):
        return None
    with _keeping_pages_true(session, comment, now):
        undone = undo(session, last, now)
        _follow_reply(session, comment, now)
    return undone


def reply_as_author(session: Session, comment_id: int, text: str, now: datetime, author_name: str) -> Comment:
    """The author's public answer, shown at once; the comment it answers is approved with it.

    An answer makes no sense beside something nobody can read, and answering is the author's word
    that it may be read. The same words to the same comment are the same answer. Raises ValueError
    when there are no words.
    """
    if not text.strip():
        raise ValueError("an answer needs words")
    parent = _locked(session, comment_id)
    approve(session, comment_id, now)
    same = (Comment.parent_id == comment_id, Comment.by_author.is_(True), Comment.text == text)
    reply = session.scalars(select(Comment).where(*same)).first()
    if reply is None:
        reply = Comment(
            article_id=parent.article_id, parent_id=parent.id,
            name=author_name, text=text, by_author=True, written_at=now,
        )  # fmt: skip
        session.add(reply)
        session.flush()
    approve(session, reply.id, now)
    return reply


def hold(session: Session, comment_ids: Collection[int]) -> None:
    """Keep all of them to ourselves before deciding about the first, so that no two of us wait for each other."""
    alone(session)
    wanted = select(Comment.id).where(Comment.id.in_(comment_ids)).order_by(Comment.id)
    session.execute(wanted.with_for_update(key_share=True))


def mark_stale(session: Session, article_id: str, now: datetime) -> None:
    """Say that this essay's pages are behind. Each mark raises the version, so that none is cleared unseen."""
    mark = upsert(session.get_bind().dialect.name)(StaleArticle).values(article_id=article_id, version=1, since=now)
    raised = {"version": StaleArticle.version + 1}
    session.execute(mark.on_conflict_do_update(index_elements=["article_id"], set_=raised))


def _decide(session: Session, comment_id: int, kind: Kind, now: datetime) -> Event | None:
    comment = _locked(session, comment_id)
    if comment.state == COMMENT_STATES[kind]:
        return None
    owes_a_word = kind == Kind.COMMENT_APPROVED and not comment.by_author and is_substantial(comment.text)
    with _keeping_pages_true(session, comment, now):
        event = record(session, _event(session, comment, kind, now, {"substantial": True} if owes_a_word else None))
        _follow_reply(session, comment, now)
    return event


def _locked(session: Session, comment_id: int) -> Comment:
    """The comment, held until the transaction ends: of two clicks at one moment, the second sees the first's work."""
    alone(session)
    comment = session.get(Comment, comment_id, with_for_update=HELD, populate_existing=True)
    if comment is None or comment.is_erased:
        raise UnknownCommentError(f"there is no comment {comment_id}")
    return comment


def _event(session: Session, comment: Comment, kind: Kind, now: datetime, data: dict[str, int] | None = None) -> Event:
    submission = session.get(Submission, comment.submission_id) if comment.submission_id else None
    return Event(
        at=now, kind=kind, actor=Actor.AUTHOR, data=data or {}, comment_id=comment.id,
        submission_id=comment.submission_id, person_id=submission.person_id if submission else None,
    )  # fmt: skip


@contextmanager
def _keeping_pages_true(session: Session, comment: Comment, now: datetime) -> Iterator[None]:
    shown = comment.state == CommentState.APPROVED
    yield
    if shown != (comment.state == CommentState.APPROVED):
        mark_stale(session, comment.article_id, now)


def _last_decision(session: Session, comment_id: int) -> Event | None:
    """An import decides nothing: what it brought was decided elsewhere, and is taken back with the import."""
    kinds = [kind for kind in COMMENT_STATES if kind != Kind.COMMENT_IMPORTED]
    decisions = select(Event).where(Event.comment_id == comment_id, Event.kind.in_(kinds))
    return session.scalars(decisions.order_by(Event.id.desc()).limit(1)).first()


def _is_taken_back(session: Session, event: Event) -> bool:
    return session.scalars(select(Event.id).where(Event.reverses_id == event.id)).first() is not None


def _follow_reply(session: Session, reply: Comment, now: datetime) -> None:
    """That there was an answer is said as long as readers see it; one that an import brought was given elsewhere."""
    if not reply.by_author or reply.parent_id is None or _is_imported(session, reply):
        return
    said = _replied(session, reply)
    if reply.state == CommentState.APPROVED and not said:
        parent = session.get_one(Comment, reply.parent_id)
        record(session, _event(session, parent, Kind.COMMENT_REPLIED, now, {"reply_id": reply.id}))
    elif reply.state != CommentState.APPROVED:
        for event in said:
            undo(session, event, now)


def _is_imported(session: Session, comment: Comment) -> bool:
    return session.scalar(select(ImportedComment.id).where(ImportedComment.comment_id == comment.id)) is not None


def _replied(session: Session, reply: Comment) -> list[Event]:
    """The events that say there was this answer, and stand."""
    said = select(Event).where(Event.comment_id == reply.parent_id, Event.kind == Kind.COMMENT_REPLIED)
    told = [event for event in session.scalars(said.order_by(Event.id)) if event.data.get("reply_id") == reply.id]
    return [event for event in told if not _is_taken_back(session, event)]

"""What the comments pages read: the queue with what waits first, and one comment among its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from forms_service.models import Comment, CommentState, ImportedComment, Submission
from forms_service.people.queries.page import Page, by_id, fetch_page
from forms_service.people.queries.timeline import Entry, timeline


@dataclass(frozen=True)
class QueuedComment:
    comment: Comment
    submission: Submission | None
    parent: Comment | None


@dataclass(frozen=True)
class CommentDetails:
    comment: Comment
    submission: Submission | None
    imported: ImportedComment | None
    parent: Comment | None
    replies: Sequence[Comment]
    timeline: Sequence[Entry]


def comment_queue(session: Session, show: str, number: int) -> Page[QueuedComment]:
    """Pending first, the longest waiting on top; then the decided, newest first. "open" is all but spam."""
    page = fetch_page(session, _in_order(_shown(show)), number)
    submissions = by_id(session, Submission, {row.submission_id for row in page.rows})
    parents = by_id(session, Comment, {row.parent_id for row in page.rows})
    rows = [QueuedComment(row, submissions.get(row.submission_id), parents.get(row.parent_id)) for row in page.rows]
    return Page(rows, page.number, page.has_next)


def _shown(show: str) -> Select[Comment]:
    wanted = Comment.state != CommentState.SPAM if show == "open" else Comment.state == show
    return select(Comment).where(wanted, Comment.text != "")  # the erased have none


def _in_order(query: Select[Comment]) -> Select[Comment]:
    pending = Comment.state == CommentState.PENDING
    waiting_since = case((pending, Comment.written_at))  # NULL for all that are decided
    same_moment = case((pending, Comment.id), else_=-Comment.id)
    return query.order_by(case((pending, 0), else_=1), waiting_since, Comment.written_at.desc(), same_moment)


def comment_details(session: Session, comment_id: int) -> CommentDetails | None:
    comment = session.get(Comment, comment_id)
    if comment is None or comment.is_erased:
        return None
    replies = select(Comment).where(Comment.parent_id == comment.id).order_by(Comment.id).limit(100)
    return CommentDetails(
        comment=comment,
        submission=session.get(Submission, comment.submission_id) if comment.submission_id else None,
        imported=session.scalar(select(ImportedComment).where(ImportedComment.comment_id == comment.id)),
        parent=session.get(Comment, comment.parent_id) if comment.parent_id else None,
        replies=session.scalars(replies).all(),
        timeline=timeline(session, comment_id=comment.id),
    )

"""Takes an import's comments out again, as if they had never come: rows, events, the decisions about them.

Three kinds stay. What somebody has answered since, or what anything else by now refers to, stays with the conversation
it stands in; what the author has rejected stays rejected; and of an erased comment stays the skeleton. By these two
neither comes onto a page again, however often the blog is brought in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, delete, or_, select, update
from sqlalchemy.orm import Session

from forms_service.imports.take import batches
from forms_service.models import Base, Comment, CommentState, Event, ImportedComment, Note, Submission
from forms_service.moderation.decide import mark_stale

#: What came with a comment and goes with it.
ITS_OWN = ("comment", "imported_comment", "event")
#: What the author has decided about a comment that shall never stand on a page.
REFUSED = (CommentState.REJECTED, CommentState.SPAM)


@dataclass(frozen=True)
class TakenBack:
    """How many are gone, how many stay since they were answered or rejected, and how many are erased already."""

    gone: int
    answered: int
    rejected: int
    erased: int


def take_back(session: Session, stamp: str, now: datetime) -> TakenBack:
    """Take the comments of the import called `stamp` out, in the caller's transaction, and mark their essays."""
    listed = _imported(session, stamp)
    erased = {comment.id for comment in listed if comment.is_erased}
    answered = _with_what_they_answer(_referred_to(session, listed), listed) - erased
    rejected = {comment.id for comment in listed if comment.state in REFUSED} - erased - answered
    gone = [comment for comment in listed if comment.id not in erased | answered | rejected]
    for article_id in sorted({comment.article_id for comment in gone}):
        mark_stale(session, article_id, now)
    _remove(session, gone)
    return TakenBack(len(gone), len(answered), len(rejected), len(erased))


def _imported(session: Session, stamp: str) -> Sequence[Comment]:
    """Held, so that nobody answers one of them meanwhile."""
    brought = select(ImportedComment.comment_id).where(ImportedComment.stamp == stamp)
    return session.scalars(select(Comment).where(Comment.id.in_(brought)).order_by(Comment.id).with_for_update()).all()


def _referred_to(session: Session, listed: Sequence[Comment]) -> set[int]:
    """Those to which something refers that did not come with them."""
    numbers = {comment.id: comment.id for comment in listed}
    submissions = {comment.submission_id: comment.id for comment in listed if comment.submission_id is not None}
    named = _named(session, Comment, numbers) | _named(session, Submission, submissions)
    return named | _answered(session, numbers) | _noted(session, numbers)


def _named(session: Session, target: type[Base], rows: Mapping[int, int]) -> set[int]:
    """The values of `rows` whose key, a row of `target`, another table names; one that comes later is asked, too."""
    found: set[int] = set()
    for column in _referring(target.__tablename__):
        for some in batches(sorted(rows)):
            found |= {rows[number] for number in session.scalars(select(column).where(column.in_(some)))}
    return found


def _answered(session: Session, numbers: Collection[int]) -> set[int]:
    found: set[int] = set()
    for some in batches(sorted(numbers)):
        replies = session.execute(select(Comment.id, Comment.parent_id).where(Comment.parent_id.in_(some)))
        found |= {parent for reply, parent in replies if reply not in numbers and parent is not None}
    return found


def _noted(session: Session, numbers: Collection[int]) -> set[int]:
    """The author's own words about one of them are not the import's to take."""
    found: set[int] = set()
    for some in batches(sorted(numbers)):
        about = or_(Event.comment_id == Comment.id, Event.submission_id == Comment.submission_id)
        noted = select(Comment.id).join(Event, about).join(Note, Note.event_id == Event.id)
        found |= set(session.scalars(noted.where(Comment.id.in_(some))))
    return found


def _referring(target: str) -> list[Column[Any]]:
    tables = [table for table in Base.metadata.sorted_tables if table.name not in ITS_OWN]
    return [key.parent for table in tables for key in table.foreign_keys if key.column.table.name == target]


def _with_what_they_answer(kept: set[int], listed: Sequence[Comment]) -> set[int]:
    parents = {comment.id: comment.parent_id for comment in listed}
    whole: set[int] = set()
    for number in kept:
        each: int | None = number
        while each in parents and each not in whole:
            whole.add(each)
            each = parents[each]
    return whole


def _remove(session: Session, gone: Sequence[Comment]) -> None:
    """What refers to others first; what stays rejected or as a skeleton lets go of what it answered."""
    numbers = [comment.id for comment in gone]
    submissions = [comment.submission_id for comment in gone if comment.submission_id is not None]
    for some in batches(numbers):
        let_go = Comment.id.in_(some) | Comment.parent_id.in_(some)
        session.execute(update(Comment).where(let_go).values(parent_id=None))
    for some in batches(submissions):
        session.execute(delete(Event).where(Event.submission_id.in_(some)))
    for some in batches(numbers):
        session.execute(delete(Event).where(Event.comment_id.in_(some)))
        session.execute(delete(ImportedComment).where(ImportedComment.comment_id.in_(some)))
        session.execute(delete(Comment).where(Comment.id.in_(some)))
    for some in batches(submissions):
        session.execute(delete(Submission).where(Submission.id.in_(some)))

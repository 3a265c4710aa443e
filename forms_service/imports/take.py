"""Takes a file of comments in: all of it in one transaction, or nothing. What came in before is passed over.

A comment is known by its source id, whatever the author has decided about it since: what he rejected or erased
does not come back. One transaction of five thousand comments takes a second or two, for which visitors wait in line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forms_service.db import Database
from forms_service.imports.errors import CommentsError
from forms_service.imports.lines import LineError, belongs_to_an_essay, comments_in
from forms_service.imports.order import parents_first, without_idle_stones
from forms_service.intake.imported import OldComment, take_in_imported
from forms_service.models import Comment, ImportedComment
from forms_service.moderation.decide import mark_stale

BATCH = 500
Value = TypeVar("Value")
#: How many are done, of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Read:
    """What a file holds: the comments to take in, parents first, and how many were left out, and why."""

    comments: Sequence[OldComment]
    elsewhere: int = 0
    wordless: int = 0
    idle: int = 0


@dataclass(frozen=True)
class Taken:
    """How many came in, how many were there before, and the essays that have new ones."""

    new: int
    known: int
    articles: Sequence[str]


@dataclass(frozen=True)
class Place:
    """Where a comment of a source id stands."""

    comment_id: int
    article_id: str


def read_file(path: Path, now: datetime) -> Read:
    """Raises CommentsError: nothing of a file with a faulty line is taken in."""
    try:
        with path.open("rb") as file:
            listed = list(comments_in(file, str(path), now))
    except LineError as error:
        raise CommentsError(f"{error}; nothing was taken in") from None
    except OSError as error:
        raise CommentsError(f"{path}: {error.strerror}; say which file: import-comments FILE") from None
    here = [comment for comment in listed if belongs_to_an_essay(comment)]
    said = [comment for comment in here if comment.text]
    kept = without_idle_stones(parents_first(said))
    return Read(kept, len(listed) - len(here), len(here) - len(said), len(said) - len(kept))


def take_in(
    database: Database, comments: Sequence[OldComment], stamp: str, now: datetime, progress: Progress
) -> Taken:  # fmt: skip
    """Keep those of `comments` (parents first) that are not known yet, and mark their essays."""
    try:
        return _once(database, comments, stamp, now, progress)
    except IntegrityError:  # somebody else imports the same at this moment, or a reference number was taken
        return _once(database, comments, stamp, now, progress)


def _once(database: Database, comments: Sequence[OldComment], stamp: str, now: datetime, progress: Progress) -> Taken:
    with database.write() as session:
        places = _known(session, comments)
        new = [comment for comment in comments if comment.source_id not in places]
        for number, comment in enumerate(new, 1):
            places[comment.source_id] = _take_one(session.connection(), comment, places, stamp)
            if number % BATCH == 0 or number == len(new):
                progress(number, len(new))
        articles = sorted({comment.article_id for comment in new})
        for article_id in articles:
            mark_stale(session, article_id, now)
    return Taken(len(new), len(comments) - len(new), articles)


def _take_one(connection: Connection, comment: OldComment, places: dict[str, Place], stamp: str) -> Place:
    """An answer belongs to a comment under the same essay; one to anything else begins a thread."""
    parent = places.get(comment.parent)
    parent_id = parent.comment_id if parent and parent.article_id == comment.article_id else None
    return Place(take_in_imported(connection, comment, parent_id, stamp), comment.article_id)


def _known(session: Session, comments: Sequence[OldComment]) -> dict[str, Place]:
    """Which of them, and of those they answer, an import brought before."""
    asked = {comment.source_id for comment in comments} | {comment.parent for comment in comments if comment.parent}
    found: dict[str, Place] = {}
    columns = select(ImportedComment.source_id, Comment.id, Comment.article_id).join(
        Comment, Comment.id == ImportedComment.comment_id
    )
    for some in batches(sorted(asked)):
        rows = session.execute(columns.where(ImportedComment.source_id.in_(some)))
        found |= {source_id: Place(number, article_id) for source_id, number, article_id in rows}
    return found


def batches(values: Iterable[Value]) -> Iterator[list[Value]]:
    """`values` in lists that fit into one statement."""
    rest = iter(values)
    while some := list(islice(rest, BATCH)):
        yield some

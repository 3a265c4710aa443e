"""A comment from elsewhere, taken in by the same rows as a form's: its submission, the comment, its event.

No mail, for it is no news; and no person, for a name alone tells of nobody whom one could thank. What the blog's author
wrote was never sent to himself, and what was removed was sent by nobody: those have no submission.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from forms_service.intake.rows import add, add_comment
from forms_service.models import Actor, CommentState, Event, ImportedComment, Kind, Submission
from forms_service.reference import new_reference


@dataclass(frozen=True)
class OldComment:
    """A comment as another blog showed it. `at` is aware and past; `parent` is the `source_id` it answers, or empty."""

    source_id: str
    article_id: str
    parent: str
    name: str
    url: str
    text: str
    at: datetime
    by_author: bool
    removed: bool
    anchor: str


def take_in_imported(connection: Connection, old: OldComment, parent_id: int | None, stamp: str) -> int:
    """Keep `old`, approved as it was, at the time it was written; its number. Call it once for each source id.

    Everything projects to what the rows say already: its one event is of the time it was written.
    """
    submission_id = None if old.by_author or old.removed else _submission(connection, old)
    comment_id = add_comment(
        connection, submission_id, article_id=old.article_id, parent_id=parent_id, name=old.name, text=old.text,
        written_at=old.at, by_author=old.by_author, state=CommentState.APPROVED, decided_at=old.at,
    )  # fmt: skip
    add(
        connection, Event, at=old.at, kind=Kind.COMMENT_IMPORTED, actor=Actor.IMPORT, data={},
        submission_id=submission_id, comment_id=comment_id,
    )  # fmt: skip
    add(
        connection, ImportedComment, comment_id=comment_id, source_id=old.source_id, stamp=stamp, anchor=old.anchor,
        url=old.url, removed=old.removed,
    )  # fmt: skip
    return comment_id


def _submission(connection: Connection, old: OldComment) -> int:
    return add(
        connection, Submission, reference=new_reference(), kind="comment", received_at=old.at, answered_at=old.at,
        payload={"name": old.name, "text": old.text, "article": old.article_id},
        person_id=None, is_claim=False, network="", suspicions=[],
    )  # fmt: skip

"""What speaks against taking a post in, and what only looks odd. Refusals are few; oddities are noted, not punished."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bridge.page_index import PageIndexError
from forms_service.essays import find_article
from forms_service.forms import BaseForm, CommentForm
from forms_service.models import Comment, CommentState
from forms_service.rate_limit import POSTS

NUMBER = re.compile(r"[0-9]{1,10}")
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Refusal:
    """The form comes back with `notice` above it and everything typed still in it."""

    status: int
    notice: str
    headers: dict[str, str] = field(default_factory=dict)


INCOMPLETE = Refusal(422, "Almost there. Please look at this again:")
NOT_OURS = Refusal(
    403,
    "This came from a page that is not ours, so it was not taken in. "
    "Everything you wrote is still here: press the button to send it from this page.",
)
TOO_MANY = Refusal(
    429,
    "That was a lot in a short time. Everything you wrote is still here: "
    f"please wait {POSTS.minutes} minutes and press the button again.",
    {"Retry-After": str(POSTS.minutes * 60)},
)
NOT_KEPT = Refusal(
    503,
    "We could not keep this just now, and it is our fault. Everything you wrote is still here: "
    "please press the button again in a minute, or send it by e-mail.",
    {"Retry-After": "60"},
)
UNKNOWN_ARTICLE = Refusal(
    422,
    "We do not know the essay this comment belongs to. Everything you wrote is still here: "
    "please copy it, and open the essay once more from the archive.",
)
CLOSED = Refusal(
    422,
    "Comments on this essay are closed by now. Everything you wrote is still here: "
    "you can send it to me from the contact page.",
)
PARENT_GONE = Refusal(
    422,
    "The comment you are answering is not on this essay (any more). Everything you wrote is still here: "
    "press the button to leave it as a comment of its own.",
)

TRAPPED = "the field that people leave empty was filled in"
NO_ORIGIN = "the browser did not say which page it came from"


def suspicions(form: BaseForm, is_ours: bool | None) -> list[str]:
    """What looks odd, in words for the author. Pure."""
    return [*([TRAPPED] if form.is_trapped else []), *([NO_ORIGIN] if is_ours is None else [])]


def check_article(roots: Sequence[Path], form: CommentForm, now: datetime) -> Refusal | None:
    """Only essays that the last build knows, and only while they are open for comments."""
    try:
        article = find_article(roots, form.article.data)
    except PageIndexError:
        return NOT_KEPT
    if article is None:
        return UNKNOWN_ARTICLE
    return None if article.accepts_comments(now) else CLOSED


def check_parent(session: Session, form: CommentForm) -> Refusal | None:
    """An answer belongs to a comment that readers see under the same essay."""
    if not form.parent.data or approved_comment(session, form.article.data, form.parent.data):
        return None
    return PARENT_GONE


def approved_comment(session: Session, article_id: str, comment_id: str) -> Comment | None:
    """The comment readers see under this essay by that number, if there is one."""
    if not NUMBER.fullmatch(comment_id) or int(comment_id) > LARGEST_ID:
        return None
    return session.scalar(
        select(Comment).filter_by(id=int(comment_id), article_id=article_id, state=CommentState.APPROVED)
    )

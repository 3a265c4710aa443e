"""A line of `comments.jsonl` → a comment, or what is wrong with it. Pure.

The file is another program's; whatever stands in it is a stranger's text. What cannot be kept as it is (a null byte)
becomes the replacement character; what makes no comment is refused with the number of its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from bridge.comment_file import ANCHOR, ARTICLE_ID
from bridge.text import is_page
from forms_service.intake.imported import OldComment

TYPES = {
    "source_id": str, "article_id": str, "parent_source_id": str, "name": str, "url": str, "text": str, "at": str,
    "by_author": bool, "deleted": bool, "anchor": str,
}  # fmt: skip
LONGEST_SOURCE_ID, LONGEST_ARTICLE_ID, LONGEST_NAME, LONGEST_URL = 300, 200, 200, 2000
ANONYMOUS = "Anonymous"
#: What readers see where a comment stood, also in a build that has never heard of such.
REMOVED, NOBODY = "This comment was removed.", "A removed comment"
#: No database and no page can hold these: the null byte, and halves of characters that belong to a pair.
_UNKEPT = re.compile("[\x00\ud800-\udfff]")


class LineError(ValueError):
    """What is wrong with a line, without its number."""


def comments_in(lines: Iterable[bytes], name: str, now: datetime) -> Iterator[OldComment]:
    """The comments of a file called `name`, one a line; empty lines are passed over.

    Raises LineError, naming file and line. Two lines of one source id must say the same, and count once.
    """
    seen: dict[str, tuple[int, OldComment]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            comment = comment_of(line, now)
            first, same = seen.setdefault(comment.source_id, (number, comment))
            if same != comment:
                raise LineError(f"says something else of {comment.source_id!r} than line {first}")
        except LineError as error:
            raise LineError(f"{name}:{number}: {error}") from None
        if first == number:
            yield comment


def comment_of(line: bytes, now: datetime) -> OldComment:
    """The comment on a line. Raises LineError."""
    said = _object(line)
    kept: dict[str, Any] = {key: _kept(value) if isinstance(value, str) else value for key, value in said.items()}
    if not kept["source_id"] or len(kept["source_id"]) > LONGEST_SOURCE_ID:
        raise LineError(f"source_id must have 1 to {LONGEST_SOURCE_ID} characters")
    removed: bool = kept["deleted"]
    return OldComment(
        source_id=kept["source_id"],
        article_id=kept["article_id"],
        parent=kept["parent_source_id"],
        name=NOBODY if removed else _name(kept["name"]),
        url="" if removed else _url(kept["url"]),
        text=REMOVED if removed else kept["text"].strip(),
        at=_moment(kept["at"], now),
        by_author=kept["by_author"] and not removed,
        removed=removed,
        anchor=kept["anchor"] if ANCHOR.fullmatch(kept["anchor"]) else "",
    )


def belongs_to_an_essay(comment: OldComment) -> bool:
    """Only essays have conversations here; an old page's comments find no place."""
    return ARTICLE_ID.fullmatch(comment.article_id) is not None and len(comment.article_id) <= LONGEST_ARTICLE_ID


def _object(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise LineError("is not a whole JSON object; make the file anew with the import") from None
    if not isinstance(said, dict) or not TYPES.keys() <= said.keys():
        missing = sorted(TYPES.keys() - (said.keys() if isinstance(said, dict) else set()))
        raise LineError(f"lacks {', '.join(missing)}; make the file anew with the import")
    for key, kind in TYPES.items():
        if not isinstance(said[key], kind):
            raise LineError(f"{key} cannot be {json.dumps(said[key])[:60]}")
    return {key: said[key] for key in TYPES}


def _kept(text: str) -> str:
    return _UNKEPT.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def _name(name: str) -> str:
    """On one line, as long as a form would take it; nobody is called nothing."""
    return " ".join(name.split())[:LONGEST_NAME].strip() or ANONYMOUS


def _url(url: str) -> str:
    """Of a page, or nothing: a name needs no link, and a link of any other kind is none."""
    return url if is_page(url) and len(url) <= LONGEST_URL else ""


def _moment(said: str, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise LineError(f"{said[:60]!r} is not a moment") from None
    if at.tzinfo is None:
        raise LineError(f"the time {said[:60]!r} lacks its zone")
    if at > now:
        raise LineError(f"the comment is dated {said[:60]}, which is still to come; put its date right")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise LineError(f"{said[:60]!r} is not a moment") from None

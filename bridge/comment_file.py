"""An approved comment as a file: `var/comments/<article id>.json`, written by the service, read by every build."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bridge.files import replace_file, sync_folder
from bridge.text import is_page

FORMAT = 1
#: An article's id is its address without `.html`, frozen: `2015/10/slug`. Letters of every script may be in it,
#: with the marks that stand on them: lower-casing a title can part a letter from its dot.
ARTICLE_ID = re.compile(r"[0-9]{4}/(?:0[1-9]|1[0-2])/\w[\w\u0300-\u036f.-]{0,150}")
COMMENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
#: Where a link from before an import leads on the page. No other part of a page is called so.
ANCHOR = re.compile(r"(?:c[0-9]{1,40})?")
#: What feeds called a comment before an import.
ENTRY = re.compile(r"(?:tag:[!-~]{1,296})?")


class CommentFileError(ValueError):
    """A comment file cannot be used; the message is one line."""


@dataclass(frozen=True)
class PublicComment:
    """What readers see of a comment. `at` is aware; `parent` is the id of the comment it replies to."""

    id: str
    parent: str | None
    name: str
    text: str
    at: datetime
    by_author: bool
    #: The page of whoever wrote it: http or https, or empty.
    url: str = ""
    #: What old links, and the feeds of an old blog, call it from before it was imported.
    anchor: str = ""
    entry: str = ""
    #: It was taken away elsewhere and stands for what others answered: no name, and no words of its own.
    removed: bool = False


_TYPES = {"id": str, "parent": (str, type(None)), "name": str, "text": str, "at": str, "by_author": bool}
#: What only imported comments have. It is left out where it says nothing, so that a file stays as it was.
_IMPORTED = {"url": str, "anchor": str, "entry": str, "removed": bool}


def check_article_id(article_id: str) -> str:
    """Give `article_id` back if it is one. Raises ValueError."""
    if not ARTICLE_ID.fullmatch(article_id):
        raise ValueError(f"{article_id!r} is not an article's id, such as 2015/10/slug")
    return article_id


def path_of(comments_dir: Path, article_id: str) -> Path:
    """Where the comments of `article_id` are kept. Raises ValueError if that is no article's id."""
    return comments_dir / f"{check_article_id(article_id)}.json"


def dump(comments: Sequence[PublicComment]) -> str:
    """`comments` as the text of a comment file."""
    listed = [_said(comment) for comment in comments]
    return json.dumps({"format": FORMAT, "comments": listed}, ensure_ascii=False, indent=1) + "\n"


def _said(comment: PublicComment) -> dict[str, Any]:
    said = {**asdict(comment), "at": comment.at.astimezone(UTC).isoformat()}
    return {key: value for key, value in said.items() if value or key not in _IMPORTED}


def load(text: str) -> list[PublicComment]:
    """The comments in the text of a comment file. Raises CommentFileError."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CommentFileError(f"not valid JSON: {error}") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("comments"), list):
        raise CommentFileError(f"not a comment file of format {FORMAT}")
    comments = [_comment(entry) for entry in data["comments"]]
    if len({comment.id for comment in comments}) != len(comments):
        raise CommentFileError("two comments have the same id")
    return comments


def read_comments(comments_dir: Path, article_id: str) -> list[PublicComment]:
    """The approved comments of one essay; none when there is no file. Raises CommentFileError."""
    path = path_of(comments_dir, article_id)
    try:
        return load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (CommentFileError, UnicodeDecodeError) as error:
        raise CommentFileError(f"{path}: {error}") from None


def write_comments(comments_dir: Path, article_id: str, comments: Sequence[PublicComment]) -> bool:
    """Keep `comments` as those of one essay; False if they already were. No comments, no file."""
    path = path_of(comments_dir, article_id)
    if comments:
        return replace_file(path, dump(comments).encode(), durable=True)
    existed = path.exists()
    if existed:
        path.unlink()
        sync_folder(path.parent)
    return existed


def articles_with_comments(comments_dir: Path) -> Iterable[str]:
    """The ids of all essays that have a comment file, in order."""
    for path in sorted(comments_dir.glob("*/*/*.json")):
        article_id = path.relative_to(comments_dir).as_posix().removesuffix(".json")
        if ARTICLE_ID.fullmatch(article_id):
            yield article_id


def _comment(entry: Any) -> PublicComment:
    if not isinstance(entry, dict) or entry.keys() - _IMPORTED.keys() != _TYPES.keys():
        raise CommentFileError(f"a comment must have exactly the keys {', '.join(_TYPES)}")
    for key, kind in {**_TYPES, **_IMPORTED}.items():
        if key in entry and not isinstance(entry[key], kind):  # type: ignore[arg-type]  # a tuple of types is one too
            raise CommentFileError(f"{key} of a comment cannot be {entry[key]!r}")
    if not COMMENT_ID.fullmatch(entry["id"]):
        raise CommentFileError(f"{entry['id']!r} is not a comment's id")
    _check_imported(entry)
    return PublicComment(**{**entry, "at": _moment(entry["at"])})


def _check_imported(entry: dict[str, Any]) -> None:
    for key, pattern in (("anchor", ANCHOR), ("entry", ENTRY)):
        if not pattern.fullmatch(entry.get(key, "")):
            raise CommentFileError(f"{key} of a comment cannot be {entry[key]!r}")
    if entry.get("url") and not is_page(entry["url"]):
        raise CommentFileError(f"{entry['url']!r} is not the address of a page")


def _moment(value: str) -> datetime:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise CommentFileError(f"{value!r} is not a moment") from None
    if at.tzinfo is None:
        raise CommentFileError(f"{value!r} lacks its time zone")
    return at.astimezone(UTC)

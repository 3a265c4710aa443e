"""The commands: take a file in or an import back, then bring the pages up to date, without waiting for the worker."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from forms_service.config import Config
from forms_service.db import Database
from forms_service.essays import essays
from forms_service.imports.errors import CommentsError
from forms_service.imports.take import Progress, read_file, take_in
from forms_service.imports.take_back import take_back
from forms_service.imports.words import taken_back_words, taken_words
from forms_service.moderation.publish import PublishError, refresh

FILE, JOURNAL, UNDONE, LAST = "comments.jsonl", "journal.json", "undone.json", "last"
STAMP = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def import_comments(config: Config, database: Database, path: Path, now: datetime, say: Callable[[str], None]) -> str:
    """Take in the file at `path`, whose folder names the import; what came of it, in words. Raises CommentsError."""
    stamp = _checked(path.absolute().parent.name)
    read = read_file(path, now)
    taken = take_in(database, read.comments, stamp, now, _progress(say, "comments taken in"))
    unknown = {comment.article_id for comment in read.comments} - essays(config.site_roots).keys()
    said = taken_words(read, taken, unknown)
    _fill(config, database, said, say)
    return said


def undo_comments(config: Config, database: Database, stamp: str, now: datetime, say: Callable[[str], None]) -> str:
    """Take the comments of the import called `stamp` out again. What came of it, in words. Raises CommentsError."""
    with database.write() as session:
        done = take_back(session, _checked(stamp), now)
    said = taken_back_words(done, stamp)
    _fill(config, database, said, say)
    return said


def newest_file(var_dir: Path) -> Path | None:
    """The comments of the newest import that has not been taken back, if it brought any."""
    folders = sorted(path for path in (var_dir / "imports").glob("*") if path.is_dir() and not (path / UNDONE).exists())
    file = folders[-1] / FILE if folders else None
    return file if file is not None and file.is_file() else None


def last_import(var_dir: Path) -> str | None:
    """The stamp of the newest import that can be taken back, if it brought comments."""
    journals = sorted((var_dir / "imports").glob(f"*/{JOURNAL}"))
    return journals[-1].parent.name if journals and (journals[-1].parent / FILE).exists() else None


def _progress(say: Callable[[str], None], what: str) -> Progress:
    return lambda done, of: say(f"{done:,} of {of:,} {what} …")


def _checked(stamp: str) -> str:
    if not STAMP.fullmatch(stamp):
        raise CommentsError(f"{stamp!r} is no name of an import, such as 2026-11-22T070000; nothing was changed")
    return stamp


def _fill(config: Config, database: Database, said: str, say: Callable[[str], None]) -> None:
    try:
        refresh(database, config, _progress(say, "essays filled in"))
    except PublishError as error:
        raise CommentsError(f"{said}\nSome pages are behind, though, until the worker fills them: {error}") from None

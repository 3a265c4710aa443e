"""Brings decided comments onto the pages: writes the comment file, has `bridge` fill the pages, clears the mark.

Whatever happens in between, the mark stays and all is done again; doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, select

from bridge.comment_file import ENTRY, PublicComment, write_comments
from bridge.comment_files import CommentFiles, damage_noted, forget_damage
from bridge.fill import Build
from bridge.lock import LockError, locked
from bridge.page_index import BUILD_DIR, INDEX_FILE, PageIndexError
from bridge.pages import fill_page
from bridge.regions import FillError
from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Comment, CommentState, ImportedComment, StaleArticle
from forms_service.moderation.decide import mark_stale


class PublishError(Exception):
    """Some pages could not be brought up to date and keep their mark; the message is one line."""


def refresh(database: Database, config: Config) -> list[str]:
    """Bring the pages of every marked essay up to date; returns those essays.

    Raises PublishError when some could not be: after the others are done.
    """
    _mark_damaged(database, config)
    refreshed, complaints = [], []
    for article_id in _marked(database):
        try:
            if _refresh_one(database, config, article_id):
                refreshed.append(article_id)
        except (FillError, PageIndexError, LockError, OSError) as error:
            complaints.append(f"{article_id}: {error}")
    if complaints:
        raise PublishError("; ".join(complaints))
    return refreshed


def _marked(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(StaleArticle.article_id).order_by(StaleArticle.since)))


def _refresh_one(database: Database, config: Config, article_id: str) -> bool:
    """False if somebody else has done it meanwhile."""
    with locked(config.lock_file):
        # The version before the comments: whatever is decided in between raises it, and the mark stays.
        version = _version(database, article_id)
        if version is None:
            return False
        write_comments(config.comments_dir, article_id, approved(database, article_id))
        fill_pages(_roots(database, config, article_id), config.comments_dir, article_id, database)
        _clear(database, article_id, version)
    return True


def approved(database: Database, article_id: str) -> list[PublicComment]:
    """What readers may see on this essay, oldest first, from a session of its own."""
    wanted = select(Comment, ImportedComment).outerjoin(ImportedComment, ImportedComment.comment_id == Comment.id)
    here = Comment.article_id == article_id, Comment.state == CommentState.APPROVED
    with database.read() as session:
        rows = session.execute(wanted.where(*here).order_by(Comment.written_at, Comment.id))
        return [_public(*row) for row in rows]


def fill_pages(roots: Iterable[Path], comments_dir: Path, article_id: str, database: Database) -> None:
    """Fill every page of every built site that shows this essay's comments. Call it under the lock."""
    comments = CommentFiles(comments_dir)
    for root in (root.resolve() for root in roots):  # `current` is a link and may be switched meanwhile
        build = Build.load(root)
        for name in build.index.pages_showing(article_id):
            fill_page(root / name, root / name, build.index.pages[name], comments, build, durable=True)
    if comments.damaged:
        _mark_all(database, comments.damaged)


def _mark_damaged(database: Database, config: Config) -> None:
    """A build that could not read some comment files has left word; they are written anew from the database."""
    if not damage_noted(config.comments_dir):
        return
    with locked(config.lock_file):
        _mark_all(database, damage_noted(config.comments_dir))
        forget_damage(config.comments_dir)


def _mark_all(database: Database, article_ids: Iterable[str]) -> None:
    with database.write() as session:
        for article_id in article_ids:
            mark_stale(session, article_id, datetime.now(UTC))


def _roots(database: Database, config: Config, article_id: str) -> Iterable[Path]:
    """What readers see; and where words were erased, every release that is kept."""
    erased = select(Comment.id).where(Comment.article_id == article_id, Comment.text == "").limit(1)
    with database.read() as session:
        if session.scalar(erased) is None:
            return config.site_roots
    kept = config.places.current_release.parent
    indexes = kept.glob(f"[!.]*/{BUILD_DIR}/{INDEX_FILE}") if kept.is_dir() else ()
    return (*config.site_roots, *(index.parent.parent for index in indexes))


def _version(database: Database, article_id: str) -> int | None:
    with database.read() as session:
        return session.scalar(select(StaleArticle.version).where(StaleArticle.article_id == article_id))


def _clear(database: Database, article_id: str, version: int) -> None:
    unchanged = (StaleArticle.article_id == article_id, StaleArticle.version == version)
    with database.write() as session:
        session.execute(delete(StaleArticle).where(*unchanged))


def _public(row: Comment, imported: ImportedComment | None) -> PublicComment:
    return PublicComment(
        id=str(row.id),
        parent=None if row.parent_id is None else str(row.parent_id),
        name=row.name,
        text=row.text,
        at=row.written_at,
        by_author=row.by_author,
        url=imported.url if imported else "",
        anchor=imported.anchor if imported else "",
        entry=imported.source_id if imported and ENTRY.fullmatch(imported.source_id) else "",
        removed=imported.removed if imported else False,
    )

"""Brings decided comments onto the pages: writes the comment file, has `bridge` fill the pages, clears the mark.

Whatever happens in between, the mark stays and all is done again; doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
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

#: Essays whose pages are filled under one hold of the lock, so that a page of many is filled once for them all.
BATCH = 100
MOST_TOLD = 5
WRITERS = 8


class PublishError(Exception):
    """Some pages could not be brought up to date and keep their mark; the message is one line."""


def refresh(database: Database, config: Config, progress: Callable[[int, int], None] | None = None) -> list[str]:
    """Bring the pages of every marked essay up to date; returns those essays. `progress` hears: how many, of how many.

    Raises PublishError when some could not be: after the others are done.
    """
    complaints: dict[str, str] = {}
    try:
        _mark_damaged(database, config)
    except (LockError, OSError) as error:
        complaints["comment files that a build could not read"] = str(error)
    marked, refreshed = _marked(database), list[str]()
    for start in range(0, len(marked), BATCH):
        some = marked[start : start + BATCH]
        try:
            done, failed = _refresh_some(database, config, some)
            refreshed += done
            complaints |= failed
        except (PageIndexError, LockError, OSError) as error:
            complaints |= dict.fromkeys(some, str(error))
        if progress:
            progress(start + len(some), len(marked))
    if complaints:
        raise PublishError(_told(complaints))
    return refreshed


def _told(complaints: Mapping[str, str]) -> str:
    listed = [f"{article_id}: {complaint}" for article_id, complaint in complaints.items()]
    more = len(listed) - MOST_TOLD
    return "; ".join([*listed[:MOST_TOLD], *([f"and {more} more"] if more > 0 else [])])


def _marked(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(StaleArticle.article_id).order_by(StaleArticle.since)))


def _refresh_some(database: Database, config: Config, article_ids: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Which essays are up to date now, and what was wrong with others. What others have done meanwhile is neither."""
    with locked(config.lock_file):
        # The versions before the comments: whatever is decided in between raises one, and the mark stays.
        versions = _versions(database, article_ids)
        _write_files(database, config, versions)
        failed = fill_pages(config.site_roots, config.comments_dir, versions, database)
        if erased := _erased(database, versions):
            failed |= fill_pages(_kept_releases(config), config.comments_dir, erased, database)
        done = [article_id for article_id in versions if article_id not in failed]
        _clear(database, {article_id: versions[article_id] for article_id in done})
    return done, failed


def _write_files(database: Database, config: Config, article_ids: Iterable[str]) -> None:
    """Several at once: most of the time each waits for the disk."""
    listed = {article_id: approved(database, article_id) for article_id in article_ids}
    with ThreadPoolExecutor(WRITERS) as many:
        list(many.map(lambda known: write_comments(config.comments_dir, *known), listed.items()))


def approved(database: Database, article_id: str) -> list[PublicComment]:
    """What readers may see on this essay, oldest first, from a session of its own."""
    wanted = select(Comment, ImportedComment).outerjoin(ImportedComment, ImportedComment.comment_id == Comment.id)
    here = Comment.article_id == article_id, Comment.state == CommentState.APPROVED
    with database.read() as session:
        rows = session.execute(wanted.where(*here).order_by(Comment.written_at, Comment.id))
        return [_public(*row) for row in rows]


def fill_pages(
    roots: Iterable[Path], comments_dir: Path, article_ids: Collection[str], database: Database
) -> dict[str, str]:
    """Fill every page of every built site that shows comments of these essays, each once. Call it under the lock.

    Returns what is wrong, by essay, where a page of it could not be filled. Raises PageIndexError.
    """
    comments = CommentFiles(comments_dir)
    failed: dict[str, str] = {}
    for root in (root.resolve() for root in roots):  # `current` is a link and may be switched meanwhile
        build = Build.load(root)
        for name, shown in _pages_showing(build, set(article_ids)):
            try:
                fill_page(root / name, root / name, build.index.pages[name], comments, build, durable=True)
            except (FillError, OSError) as error:
                failed |= dict.fromkeys(shown, str(error))
    if comments.damaged:
        _mark_all(database, comments.damaged)
    return failed


def _pages_showing(build: Build, article_ids: Set[str]) -> Iterator[tuple[str, Set[str]]]:
    """The pages that change with any of these essays, and with which; a region of all essays does with every one."""
    for name, regions in build.index.pages.items():
        named = {region.article for region in regions}
        if shown := article_ids if "*" in named else article_ids & named:
            yield name, shown


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


def _erased(database: Database, article_ids: Collection[str]) -> set[str]:
    """Those on which words were erased: they go from every release that is kept."""
    erased = select(Comment.article_id).where(Comment.article_id.in_(article_ids), Comment.text == "")
    with database.read() as session:
        return set(session.scalars(erased))


def _kept_releases(config: Config) -> Iterable[Path]:
    kept = config.places.current_release.parent
    indexes = kept.glob(f"[!.]*/{BUILD_DIR}/{INDEX_FILE}") if kept.is_dir() else ()
    return [index.parent.parent for index in indexes]


def _versions(database: Database, article_ids: Collection[str]) -> dict[str, int]:
    marks = select(StaleArticle.article_id, StaleArticle.version).where(StaleArticle.article_id.in_(article_ids))
    with database.read() as session:
        return {mark.article_id: mark.version for mark in session.execute(marks.order_by(StaleArticle.since))}


def _clear(database: Database, versions: Mapping[str, int]) -> None:
    with database.write() as session:
        for article_id, version in versions.items():
            unchanged = (StaleArticle.article_id == article_id, StaleArticle.version == version)
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

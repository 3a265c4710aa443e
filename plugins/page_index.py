"""Tells the rest of the house which essays a build holds, whether they take comments, and where comments show.

Gives every published essay `article_id`, `comments_close_at` and `comments_closed` before templates render, and
leaves `.build/page_index.json` and `.build/fragments/` beside the pages for `bridge.fill`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from pelican import signals

from bridge.comment_file import check_article_id
from bridge.files import replace_file
from bridge.identity import Identity
from bridge.page_index import FRAGMENTS_DIR, IndexedArticle, PageIndex, SiteFacts, build_dir, save_page_index
from bridge.regions import FillError, Region, regions_in
from plugins.clock import moment
from plugins.filters import description

RUN = "PAGE_INDEX_RUN"  # the settings travel through every signal, and so does what is kept in them
MARKED = (".html", ".xml", ".atom", ".txt")


class IndexingError(Exception):
    """This build cannot be indexed; the message names the file and what to do about it."""


@dataclass
class Run:
    """What one run of Pelican has shown so far."""

    read: int = 0
    articles: list[Any] = field(default_factory=list)
    written: set[Path] = field(default_factory=set)


def begin(pelican: Any) -> None:
    """A fresh run; its moment is now, in the site's own zone, unless the setting BUILD_DATE says otherwise."""
    settings = pelican.settings
    now = moment(settings.get("BUILD_DATE"), ZoneInfo(settings["TIMEZONE"]), datetime.now(UTC))
    settings["BUILD_NOW"], settings["BUILD_DATE"] = now, now.date()
    settings[RUN] = Run()


def count(generator: Any, metadata: Any) -> None:  # Pelican passes it by this name
    generator.settings[RUN].read += 1


def describe(generator: Any) -> None:
    """Give every published essay what templates and index want to know. A draft gets no id: it has no comments."""
    settings = generator.settings
    _refuse_lost_sources(generator)
    for article in generator.articles:
        _describe(article, settings)
    _refuse_twins(generator.articles)
    settings[RUN].articles = list(generator.articles)


def _refuse_lost_sources(generator: Any) -> None:
    """Pelican can drop a file it cannot read and go on; this build does not."""
    settings = generator.settings
    found = len(generator.get_files(settings["ARTICLE_PATHS"], exclude=settings["ARTICLE_EXCLUDES"]))
    if found != settings[RUN].read:
        raise IndexingError(f"content: {found} essays lie there, but only {settings[RUN].read} could be read")


def _describe(article: Any, settings: Any) -> None:
    try:
        article.article_id = check_article_id(article.save_as.removesuffix(".html"))
    except ValueError:
        raise IndexingError(
            f"{article.relative_source_path}: its address would be /{article.save_as}, but an essay's looks like"
            " /2026/11/slug.html; look at Slug and Save_as"
        ) from None
    article.comments_close_at = closing(article.date, settings["SITE"])
    article.comments_closed = is_closed(article.comments_close_at, settings["BUILD_DATE"])


def _refuse_twins(articles: Iterable[Any]) -> None:
    """Two essays at one address: Pelican's own complaint would name neither."""
    seen: dict[str, Any] = {}
    for article in articles:
        if twin := seen.get(article.article_id):
            raise IndexingError(
                f"{article.relative_source_path}: it has the same address, /{article.save_as}, as"
                f" {twin.relative_source_path}; change the Slug or the Date of one"
            )
        seen[article.article_id] = article


def closing(published: datetime, site: Identity) -> datetime | None:
    """When an essay stops taking comments: at the end of its last whole day; None for never."""
    if not site.comments_open_days:
        return None
    day = published.astimezone(site.zone).date() + timedelta(days=site.comments_open_days + 1)
    return datetime.combine(day, time(), site.zone)


def is_closed(close_at: datetime | None, build_date: date) -> bool:
    return close_at is not None and build_date >= close_at.date()


def note_written(path: str, context: Any) -> None:
    context[RUN].written.add(Path(path))


def leave_index(pelican: Any) -> None:
    """Write what filling needs, the index last."""
    root, run, settings = Path(pelican.output_path), pelican.settings[RUN], pelican.settings
    copy_fragments(Path(pelican.theme) / "templates" / FRAGMENTS_DIR, build_dir(root) / FRAGMENTS_DIR)
    articles = {article.article_id: _indexed(article) for article in run.articles}
    site: Identity = settings["SITE"]
    facts = SiteFacts(
        name=site.name,
        url=site.url,
        prefix=urlsplit(settings["SITEURL"]).path.rstrip("/"),
        author=site.author,
        language=site.language,
        timezone=site.timezone,
    )
    pages = dict(regions_of(root, run.written))
    _refuse_silent_pages(run.articles, pages)
    save_page_index(root, PageIndex(facts, articles, pages))


def regions_of(root: Path, written: Iterable[Path]) -> Iterable[tuple[str, tuple[Region, ...]]]:
    """Which of the files of this run hold which regions. Raises IndexingError for a page that could not be filled."""
    for path in sorted(written):
        if path.suffix in MARKED:
            try:
                regions = regions_in(path.read_bytes().decode())
            except FillError as error:
                raise IndexingError(f"{path.relative_to(root)}: {error}; look at its template") from None
            if regions:
                yield path.relative_to(root).as_posix(), regions


def _refuse_silent_pages(articles: Iterable[Any], pages: Mapping[str, tuple[Region, ...]]) -> None:
    """An essay whose page has no place for comments would lose every one of them without a word."""
    for article in articles:
        region = Region("thread", article.article_id)
        if region not in pages.get(article.save_as, ()):
            raise IndexingError(
                f"{article.save_as}: it has no place for its comments; article.html must hold {region.opening}"
                f"{region.closing}"
            )


def copy_fragments(source: Path, target: Path) -> None:
    """Make `target` hold the fragments in `source` and no others."""
    names = {path.name for path in source.iterdir() if path.is_file()}
    for name in sorted(names):
        replace_file(target / name, (source / name).read_bytes())
    for path in target.iterdir():
        if path.name not in names:
            path.unlink()


def _indexed(article: Any) -> IndexedArticle:
    return IndexedArticle(
        id=article.article_id,
        title=str(article.title),
        path="/" + quote(article.url),
        date=article.date,
        comments_close_at=article.comments_close_at,
        comments_closed=article.comments_closed,
        modified=getattr(article, "modified", None),
        description=description(article),
        picture=getattr(article, "card", ""),
    )


def register() -> None:
    signals.initialized.connect(begin)
    signals.article_generator_context.connect(count)
    signals.article_generator_finalized.connect(describe)
    signals.content_written.connect(note_written)
    signals.finalized.connect(leave_index)

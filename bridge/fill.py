"""Puts comments on pages: `fill` is the one function of this repository that does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from bridge.comment_file import CommentFileError, PublicComment
from bridge.dates import day_in_words
from bridge.page_index import FRAGMENTS_DIR, IndexedArticle, PageIndex, build_dir, load_page_index
from bridge.regions import FillError, Place, Region, places_in, replace_insides
from bridge.text import clean, initial, one_line, paragraphs
from bridge.threads import in_order, places, threads

__all__ = ["Build", "FillError", "fill"]

#: Chosen once. Changing it would show every subscriber every comment as new.
NAMESPACE = UUID("0f7f2a39-5c64-4c0e-8a0b-7b1d3e4c9a52")
FEED_LIMIT = 50
FRAGMENTS = {"count": "count.html", "thread": "thread.html", "data": "data.html", "feed": "feed.xml"}

Comments = Mapping[str, Sequence[PublicComment]]


@dataclass(frozen=True)
class Build:
    """A built site's own index and fragments: what filling its pages needs, whatever the theme is by now."""

    index: PageIndex
    fragments: Environment

    @classmethod
    def load(cls, root: Path) -> Build:
        """The build at `root`. Raises PageIndexError."""
        return cls(load_page_index(root), fragments_of(build_dir(root) / FRAGMENTS_DIR))


def fragments_of(folder: Path) -> Environment:
    """Jinja for the fragments in `folder`; everything is escaped."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.filters |= {
        "clean": clean, "one_line": one_line, "initial": initial, "paragraphs": paragraphs, "entry_id": entry_id,
    }  # fmt: skip
    return environment


def fill(page: str, comments: Comments, build: Build, shown: str | None = None) -> str:
    """`page` with every region filled from `comments`, by essay. Raises FillError.

    `shown` is the page readers see now. Where the comments of an essay cannot be read, its
    regions keep what `shown` has, so that a broken file takes nothing from the site.
    """

    def inside(place: Place) -> str:
        try:
            return render(place.region, comments, build)
        except CommentFileError as error:
            if shown is None:
                raise FillError(str(error)) from None
            return kept_inside(shown, place.region)

    return replace_insides(page, places_in(page), inside)


def render(region: Region, comments: Comments, build: Build) -> str:
    """What stands inside `region`: whole elements, or nothing. Raises FillError, CommentFileError."""
    article = build.index.articles.get(region.article)
    if article is None and region.article != "*":
        raise FillError(f"{region.opening} is for an essay the build does not know")
    try:
        template = build.fragments.get_template(FRAGMENTS[region.name])
    except TemplateError as error:
        raise _unfilled(region, error) from None
    values = _values(region, article, comments, build)
    try:
        return template.render(values).strip()
    except Exception as error:  # whatever a fragment may do wrong, a sum of words and numbers for one
        raise _unfilled(region, error) from None


def _unfilled(region: Region, error: Exception) -> FillError:
    return FillError(f"the fragment {FRAGMENTS[region.name]} cannot fill {region.opening}: {error}")


def _values(region: Region, article: IndexedArticle | None, comments: Comments, build: Build) -> dict[str, Any]:
    listed = in_order(comments.get(article.id, ())) if article else []
    values: dict[str, Any] = {"site": build.index.site, "article": article, "number": _number(listed)}
    if region.name == "thread":
        values |= {"threads": threads(listed), "date": lambda at: day_in_words(at.astimezone(build.index.site.zone))}
        values |= {"place": places(listed)}
    elif region.name == "data":
        values |= {"data": structured_data(build.index, article, _number(listed))}
    elif region.name == "feed":
        entries = newest(build.index, comments, article)
        values |= {"entries": entries, "updated": _updated(build.index, article, entries)}
        values |= {"place": {each.id: places(comments.get(each.id, ())) for each, _ in entries}}
    return values


def _number(comments: Sequence[PublicComment]) -> int:
    """How many there are to read; what was removed only holds a thread together."""
    return sum(not comment.removed for comment in comments)


def newest(
    index: PageIndex, comments: Comments, only: IndexedArticle | None
) -> list[tuple[IndexedArticle, PublicComment]]:
    """The latest comments on one essay or on all, newest first, each with its essay; none that was removed."""
    articles = [only] if only else index.articles.values()
    pairs = [(article, each) for article in articles for each in comments.get(article.id, ()) if not each.removed]
    return sorted(pairs, key=lambda pair: (pair[1].at, len(pair[1].id), pair[1].id), reverse=True)[:FEED_LIMIT]


def structured_data(index: PageIndex, article: IndexedArticle | None, number: int) -> dict[str, Any]:
    """What search engines are told of an essay."""
    if article is None:
        raise FillError("a data region needs an essay, not *")
    site, url = index.site, index.site.url + article.path
    told = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": article.title,
        "description": article.description,
        "image": f"{site.url}/{quote(article.picture)}" if article.picture else "",
        "datePublished": article.date.isoformat(timespec="seconds"),
        "dateModified": (article.modified or article.date).isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": site.author, "url": f"{site.url}/about/"},
        "url": url,
        "mainEntityOfPage": url,
        "isPartOf": {"@type": "Blog", "name": site.name, "url": f"{site.url}/"},
        "inLanguage": site.language,
        "commentCount": number,
    }
    return {name: value for name, value in told.items() if value != ""}


def entry_id(comment: PublicComment) -> str:
    """A feed's name for a comment: the same after every rebuild and every move, also from an old blog to here."""
    if comment.entry:
        return comment.entry
    return f"urn:uuid:{uuid5(NAMESPACE, f'{comment.id} {comment.at.astimezone(UTC).isoformat()}')}"


def _updated(
    index: PageIndex, article: IndexedArticle | None, entries: Sequence[tuple[IndexedArticle, PublicComment]]
) -> datetime:
    """A feed without comments is as old as its youngest essay, never "now"."""
    if entries:
        return entries[0][1].at
    dates = [article.date] if article else [known.date for known in index.articles.values()]
    return max(dates, default=datetime(1970, 1, 1, tzinfo=UTC))


def kept_inside(shown: str, region: Region) -> str:
    """What `shown` has inside `region`; nothing if it has no such region or its markers are broken."""
    try:
        return next((shown[p.start : p.end] for p in places_in(shown) if p.region == region), "")
    except FillError:
        return ""

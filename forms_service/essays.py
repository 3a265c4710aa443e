"""Which essays the built sites hold: asked by every part of the service, read once per build.

Nothing a visitor names becomes a path or a thread of its own: it is looked up here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from bridge.page_index import BUILD_DIR, INDEX_FILE, IndexedArticle, PageIndex, PageIndexError, load_page_index
from forms_service.config import Config


@dataclass(frozen=True)
class Essay:
    """What an essay is called, and its whole address."""

    title: str
    address: str


def find_article(roots: Iterable[Path], article_id: str) -> IndexedArticle | None:
    """The essay called `article_id`, from the first built site that has it.

    Raises PageIndexError if it is not found while a site's index cannot be read: then nobody knows.
    """
    indexes, failure = _known(roots)
    for index in indexes:
        if article_id in index.articles:
            return index.articles[article_id]
    if failure:
        raise failure
    return None


def newest_open_article(roots: Iterable[Path]) -> IndexedArticle | None:
    """The essay a comment most likely belongs to when nobody said which."""
    open_ones = [article for article in essays(roots).values() if not article.comments_closed]
    return max(open_ones, key=lambda article: (article.date, article.id), default=None)


def essays(roots: Iterable[Path]) -> Mapping[str, IndexedArticle]:
    """Every essay by its id, as the first built site that has it tells it. Without a build there are none."""
    indexes, _ = _known(roots)
    return {key: article for index in reversed(indexes) for key, article in index.articles.items()}


def newest_essay_date(config: Config, now: datetime) -> datetime | None:
    """When the newest essay that is out came out; None without one."""
    dates = [article.date for article in essays(config.site_roots).values() if article.date <= now]
    return max(dates, default=None)


def essay(config: Config, article_id: str) -> Essay:
    """The essay of that id; one that no build knows any more goes by its id, at its frozen address."""
    article = essays(config.site_roots).get(article_id)
    if article is None:
        return Essay(article_id, f"{config.identity.url}/{article_id}.html")
    return Essay(article.title, config.identity.url + article.path)


def _known(roots: Iterable[Path]) -> tuple[list[PageIndex], PageIndexError | None]:
    """The indexes of all sites in their order, and what went wrong on the way."""
    indexes: list[PageIndex] = []
    failure: PageIndexError | None = None
    for root in roots:
        try:
            indexes.append(_index(root))
        except PageIndexError as error:
            failure = error
    return indexes, failure if failure or indexes else PageIndexError("no site is built yet; run: make build")


def _index(root: Path) -> PageIndex:
    try:
        stat = os.stat(f"{root}/{BUILD_DIR}/{INDEX_FILE}")  # noqa: PTH116  # a Path costs more than the question
    except OSError:
        raise PageIndexError(f"{root}: no finished build stands here; run: make build") from None
    return _load(root, stat.st_mtime_ns, stat.st_ino)


@lru_cache(maxsize=4)
def _load(root: Path, _changed: int, _file: int) -> PageIndex:
    """Read once per build: a new build replaces the file, so its time or number differs."""
    return load_page_index(root)

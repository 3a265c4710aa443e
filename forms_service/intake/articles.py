"""Which essays the last build knows: nothing a visitor names becomes a path or a thread of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bridge.page_index import BUILD_DIR, INDEX_FILE, IndexedArticle, PageIndex, PageIndexError, load_page_index


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
    indexes, _ = _known(roots)
    open_ones = [article for index in indexes for article in index.articles.values() if not article.comments_closed]
    return max(open_ones, key=lambda article: (article.date, article.id), default=None)


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

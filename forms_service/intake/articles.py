"""Which essays the last build knows: nothing a visitor names becomes a path or a thread of its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bridge.page_index import BUILD_DIR, INDEX_FILE, IndexedArticle, PageIndex, PageIndexError, load_page_index


def find_article(roots: Iterable[Path], article_id: str) -> IndexedArticle | None:
    """The essay called `article_id`, from the first built site that has it.

    Raises PageIndexError if it is not found while a site's index cannot be read: then nobody knows.
    """
    articles, failure = _known(roots)
    if article_id not in articles and failure:
        raise failure
    return articles.get(article_id)


def newest_open_article(roots: Iterable[Path]) -> IndexedArticle | None:
    """The essay a comment most likely belongs to when nobody said which."""
    articles, _ = _known(roots)
    open_ones = (article for article in articles.values() if not article.comments_closed)
    return max(open_ones, key=lambda article: (article.date, article.id), default=None)


def _known(roots: Iterable[Path]) -> tuple[dict[str, IndexedArticle], PageIndexError | None]:
    """All essays of all sites, the first site's word first, and what went wrong on the way."""
    known: dict[str, IndexedArticle] = {}
    failure: PageIndexError | None = None
    read = 0
    for root in roots:
        try:
            known = {**_index(root).articles, **known}
            read += 1
        except PageIndexError as error:
            failure = error
    return known, failure if failure or read else PageIndexError("no site is built yet; run: make build")


def _index(root: Path) -> PageIndex:
    try:
        stat = (root.resolve() / BUILD_DIR / INDEX_FILE).stat()
    except OSError:
        raise PageIndexError(f"{root}: no finished build stands here; run: make build") from None
    return _load(root.resolve(), stat.st_mtime_ns, stat.st_ino)


@lru_cache(maxsize=4)
def _load(root: Path, _changed: int, _file: int) -> PageIndex:
    """Read once per build: a new build replaces the file, so its time or number differs."""
    return load_page_index(root)

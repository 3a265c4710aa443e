"""Reads the author's list of trades, `content/trades.txt`, anew whenever it was saved.

A file and no table: it is text that the author edits like his essays and tags, it is versioned with them, and the
words that people's needs and offers are kept by stand in their own rows, whatever becomes of the list.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from forms_service.people.categories import Categories, CategoryError, read_categories

PLACE = Path("content") / "trades.txt"


def trades(root: Path) -> tuple[Categories, str]:
    """The list, and what is wrong with it, "" for nothing. With a list that cannot be read only equal words match."""
    path = root / PLACE
    try:
        saved = path.stat()
        return _read(path, saved.st_mtime_ns, saved.st_size), ""
    except FileNotFoundError:
        return Categories(), ""
    except (OSError, UnicodeDecodeError, CategoryError) as error:
        return Categories(), f"{PLACE}: {error}"


@lru_cache(maxsize=4)
def _read(path: Path, _saved: int, _size: int) -> Categories:
    return read_categories(path.read_text(encoding="utf-8"))

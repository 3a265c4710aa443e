"""Built pages as files: filled, written whole, and their compressed copies with them."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

from bridge.files import replace_file
from bridge.fill import Build, Comments, fill
from bridge.regions import FillError, Region, regions_in

#: What is worth sending compressed; pictures are so already.
COMPRESSED = (".html", ".css", ".js", ".atom", ".xml", ".txt", ".json", ".svg")


def fill_page(
    source: Path, target: Path, regions: Sequence[Region], comments: Comments, build: Build, durable: bool = False
) -> bool:
    """Fill the page at `source` into `target`, which may be the same; False if nothing differs.

    `durable` waits until the disk has it: for whoever writes down afterwards that it is done.
    Raises FillError when the page does not hold exactly the regions that the build's index says.
    """
    try:
        page = source.read_bytes().decode()
        if regions_in(page) != tuple(regions):
            raise FillError("its markers are not those the build wrote")
        shown = _bytes_of(target)
        filled = fill(page, comments, build, _text(shown)).encode()
    except FileNotFoundError:
        raise FillError(f"{source}: the page is missing; run: make build") from None
    except (FillError, UnicodeDecodeError) as error:
        raise FillError(f"{source}: {error}; run: make build") from None
    return filled != shown and _replace(target, filled, durable)


def write_page(path: Path, data: bytes) -> bool:
    """Make the page at `path` hold `data`, and its compressed copies too; False if it already did."""
    return _bytes_of(path) != data and _replace(path, data, durable=False)


def _replace(path: Path, data: bytes, durable: bool) -> bool:
    """The copies come first: after a crash in between, the page still differs and all is done again."""
    copy = compressed(path, "gz")
    if copy.exists():
        replace_file(copy, gzip.compress(data, mtime=0), durable)
    compressed(path, "br").unlink(missing_ok=True)  # we have no Brotli; a server without it compresses by itself
    return replace_file(path, data, durable)


def add_copy(path: Path) -> None:
    """Lay a compressed copy beside the file at `path` where there is none: the same bytes always, and of no age."""
    copy = compressed(path, "gz")
    if not copy.exists():
        replace_file(copy, gzip.compress(path.read_bytes(), mtime=0))


def compressed(path: Path, kind: str) -> Path:
    return path.with_name(f"{path.name}.{kind}")


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None


def _text(data: bytes | None) -> str | None:
    try:
        return None if data is None else data.decode()
    except UnicodeDecodeError:
        return None

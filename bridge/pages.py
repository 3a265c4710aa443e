"""Built pages as files: filled, written whole, and their compressed copies with them."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

from bridge.files import replace_file
from bridge.fill import Build, Comments, fill
from bridge.regions import FillError, Region, regions_in


def fill_page(source: Path, target: Path, regions: Sequence[Region], comments: Comments, build: Build) -> bool:
    """Fill the page at `source` into `target`, which may be the same; False if nothing differs.

    Raises FillError when the page does not hold exactly the regions that the build's index says.
    """
    try:
        page = source.read_bytes().decode()
        if regions_in(page) != tuple(regions):
            raise FillError("its markers are not those the build wrote")
        filled = fill(page, comments, build, _shown(target))
    except FileNotFoundError:
        raise FillError(f"{source}: the page is missing; run: make build") from None
    except (FillError, UnicodeDecodeError) as error:
        raise FillError(f"{source}: {error}; run: make build") from None
    return write_page(target, filled.encode())


def write_page(path: Path, data: bytes) -> bool:
    """Make the page at `path` hold `data`, and its compressed copies too; False if it already did.

    The copies come first: after a crash in between, the page still differs and all is done again.
    """
    if path.is_file() and path.read_bytes() == data:
        return False
    copy = compressed(path, "gz")
    if copy.exists():
        replace_file(copy, gzip.compress(data, mtime=0))
    compressed(path, "br").unlink(missing_ok=True)  # we have no Brotli; a server without it compresses by itself
    return replace_file(path, data)


def compressed(path: Path, kind: str) -> Path:
    return path.with_name(f"{path.name}.{kind}")


def _shown(target: Path) -> str | None:
    try:
        return target.read_bytes().decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return None

"""Where readers of a vanished address are sent: to the essay's new address, or to the nearest list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from authoring.plan import address, pages
from authoring.publishing.manifest import Manifest
from bridge.files import replace_file

TABLE = "redirects.txt"  # as plugins.redirects names it


def signposts_for(removed: Iterable[str], before: Manifest | None, after: Manifest) -> list[str]:
    """The lines to add to the table of redirects, old address and new."""
    if before is None:
        return []
    moved_to = {essay.file: essay.page for essay in after.essays.values()}
    files = {essay.page: essay.file for essay in before.essays.values()}
    return [f"/{_quoted(name)} {_target(name, moved_to.get(files.get(name, '')))}" for name in pages(removed)]


def _target(name: str, moved_to: str | None) -> str:
    if moved_to:
        return f"/{_quoted(moved_to)}"
    if re.match(r"\d{4}/", name):
        return "/archive/"
    return "/tags/" if name.startswith("tags/") else "/"


def _quoted(name: str) -> str:
    return quote(address(name))


def add_signposts(content: Path, lines: Iterable[str]) -> bytes | None:
    """Add lines to the table; returns what it was, None if it was not there."""
    path = content / TABLE
    before = path.read_bytes() if path.is_file() else None
    known = (before or b"# Addresses that have moved: the old one, then the new one.\n").decode().rstrip("\n")
    replace_file(path, "\n".join([known, *lines, ""]).encode())
    return before


def put_back(content: Path, before: bytes | None) -> None:
    """The table as it was before `add_signposts`."""
    if before is None:
        (content / TABLE).unlink(missing_ok=True)
    else:
        replace_file(content / TABLE, before)

"""Where readers of a vanished address are sent: to the essay's new address, or to the nearest list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Added:
    """The table before a run has added lines to it, None if it was not there, and after."""

    before: bytes | None
    after: bytes

    def taken_from(self, table: bytes) -> bytes:
        """`table` without the lines that the run has added."""
        ours = {*self.after.splitlines()} - {*(self.before or b"").splitlines()}
        return b"".join(line for line in table.splitlines(keepends=True) if line.rstrip(b"\r\n") not in ours)


def add_signposts(content: Path, lines: Iterable[str]) -> Added:
    path = content / TABLE
    before = path.read_bytes() if path.is_file() else None
    known = (before or b"# Addresses that have moved: the old one, then the new one.\n").decode().rstrip("\n")
    added = Added(before, "\n".join([known, *lines, ""]).encode())
    replace_file(path, added.after)
    return added


def put_back(content: Path, added: Added) -> None:
    """The table as it was before `add_signposts`; what the author has written into it since stays."""
    path = content / TABLE
    now = path.read_bytes() if path.is_file() else None
    if now == added.after and added.before is None:
        path.unlink()
    elif now == added.after:
        replace_file(path, added.before or b"")
    elif now is not None:
        replace_file(path, added.taken_from(now))

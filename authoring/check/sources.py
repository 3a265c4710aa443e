"""Which file became which page, as the build has left word, and where in it a thing is said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from authoring.check.finding import Fault, Finding
from bridge.page_index import build_dir

SOURCES_FILE = "sources.json"  # as plugins.sources names it


@dataclass(frozen=True)
class Source:
    """A file in `content/`. `page` is where it goes, below the site's root; `date` is empty for a page.

    `after` is the page of the part before it, if it stands in a series.
    """

    file: str
    page: str
    essay: bool
    title: str
    slug: str
    has_slug: bool
    summary: str
    status: str
    scheduled: bool
    date: str
    id: str
    after: str
    imported: bool
    sample: bool
    text: str = ""

    @property
    def name(self) -> str:
        return f"content/{self.file}"

    @property
    def words(self) -> str:
        """A checksum of what the author wrote: it stays while only the theme changes."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.date)

    def line_of(self, clue: str) -> int:
        """The first line that holds `clue`, 0 if none. A clue may be several, one a line; `^`: at its start."""
        for one in filter(None, clue.splitlines()):
            for number, line in enumerate(self.text.splitlines(), 1):
                if line.startswith(one[1:]) if one[0] == "^" else one in line:
                    return number
        return 0


@dataclass(frozen=True)
class Sources:
    """What is written, by page, and what is kept back."""

    written: Mapping[str, Source]
    unseen: tuple[Source, ...]
    redirects: str = ""  # the table of addresses that have moved

    def finding(self, page: str, fault: Fault, signpost: bool = False) -> Finding:
        """The finding for a fault on `page`: in the essay if the clue stands there, else on the built page.

        `signpost`: it is one, so the fault is in the table of redirects.
        """
        if signpost and (moved := self._moved(page)):
            return Finding("content/redirects.txt", moved, fault.what, fault.remedy, fault.blocking)
        source = self.written.get(page)
        line = source.line_of(fault.clue) if source else 0
        if source is None or not line:
            return Finding(page, fault.line, fault.what, fault.remedy, fault.blocking)
        blocking = fault.blocking and not source.imported  # old words are brought in as they were
        return Finding(source.name, line, fault.what, fault.remedy, blocking)

    def _moved(self, page: str) -> int:
        """The line that makes `page` a signpost; 0 if none does."""
        addresses = {f"/{page}", f"/{page.removesuffix('index.html')}"}
        lines = enumerate(self.redirects.splitlines(), 1)
        return next((number for number, line in lines if unquote(line.partition(" ")[0]) in addresses), 0)


def load_sources(staging: Path, content: Path, imported: Mapping[str, str] | None = None) -> Sources:
    """What the build in `staging` says, with the texts of the files themselves.

    `imported` has the checksum of every file as an import wrote it, by its name from the project's root: what has
    been edited since is the author's own.
    """
    data = json.loads((build_dir(staging) / SOURCES_FILE).read_text(encoding="utf-8"))
    written = [_with_text(Source(**entry), content, imported or {}) for entry in data["written"]]
    unseen = tuple(Source(**entry) for entry in data["unseen"])
    table = content / "redirects.txt"
    redirects = table.read_text(encoding="utf-8-sig") if table.is_file() else ""
    return Sources({source.page: source for source in written}, unseen, redirects)


def _with_text(source: Source, content: Path, imported: Mapping[str, str]) -> Source:
    data = (content / source.file).read_bytes()
    as_it_was = imported.get(source.name) in (None, sha256(data).hexdigest())
    return replace(source, text=data.decode(errors="replace"), imported=source.imported and as_it_was)

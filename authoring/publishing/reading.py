"""What a staged build holds: checksums and pages, most of it read while its search index is still being made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from authoring.check.page import Page
from authoring.check.pages import read_pages
from authoring.publishing.manifest import checksums
from authoring.search.index import FOLDER

Read = tuple[dict[str, str], dict[str, Page]]


@dataclass
class Reading:
    """Reads the build in `root` once. `cache` keeps what was read of each page for the next time."""

    root: Path
    cache: Path
    _read: Read | None = None

    def ahead(self) -> None:
        """Read all but the search index. Raises OSError."""
        files = checksums(self.root, lambda name: not _is_index(name))
        self._read = files, read_pages(self.root, files, self.cache)

    def whole(self) -> Read:
        """The checksums of all files, in their order, and the pages, both by name. Raises OSError."""
        if self._read is None:
            self.ahead()
        assert self._read is not None
        files, pages = self._read
        return dict(sorted({**files, **checksums(self.root, _is_index)}.items())), pages


def _is_index(name: str) -> bool:
    return name.startswith(f"{FOLDER}/")

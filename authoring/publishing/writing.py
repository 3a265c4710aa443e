"""The files of a new release: from the release before it where nothing has changed, else from staging."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from authoring.publishing.sharing import share
from bridge.comment_files import CommentFiles
from bridge.fill import Build
from bridge.pages import COMPRESSED, add_copy, compressed, fill_page


@dataclass(frozen=True)
class Writing:
    """One release on its way into the folder `new`, whose own folders are there already."""

    staging: Path
    new: Path
    current: Path | None  # the release readers see
    known: Mapping[str, str]  # its checksums by name
    untouched: Set[str]  # its pages that filling would leave as they are
    build: Build
    comments: CommentFiles

    def bring(self, name: str, checksum: str) -> None:
        """The file and its compressed copy. Raises FillError, OSError."""
        small = name.endswith(COMPRESSED)
        shared, copied = self._share(name), small and self._share(f"{name}.gz")
        same = shared and self.known.get(name) == checksum
        if name in self.build.index.pages and not (same and name in self.untouched):
            # What is shared first is what readers see: kept where a comment file cannot be read.
            regions = self.build.index.pages[name]
            fill_page(self.staging / name, self.new / name, regions, self.comments, self.build)
        elif not same:
            _copy(self.staging / name, self.new / name)
        if small and not (same and copied):
            add_copy(self.new / name)

    def _share(self, name: str) -> bool:
        return self.current is not None and share(f"{self.current}/{name}", f"{self.new}/{name}")


def _copy(source: Path, target: Path) -> None:
    """The old file may be shared with an older release: it is never written to, only replaced."""
    target.unlink(missing_ok=True)
    compressed(target, "gz").unlink(missing_ok=True)
    shutil.copyfile(source, target)

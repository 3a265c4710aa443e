"""What a release's pages were filled with, so that those nothing has happened to need not be filled again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from authoring.staged import stamps
from bridge.files import replace_file
from bridge.page_index import build_dir
from bridge.regions import Region

FILLED_FILE = "filled.json"
Stamps = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Filled:
    """Stamps of the comment files, of the pages once they were filled, and a checksum of what filled them."""

    machinery: str
    comments: Stamps
    pages: Stamps

    def untouched(
        self, root: Path, machinery: str, comments: Stamps, pages: Mapping[str, Sequence[Region]]
    ) -> set[str]:
        """Those of `pages` in the release at `root` that filling would leave as they are."""
        if machinery != self.machinery:
            return set()
        changed = {name for name in {*comments, *self.comments} if comments.get(name) != self.comments.get(name)}
        essays = {name.removeprefix("./").removesuffix(".json") for name in changed}
        quiet = {
            name
            for name, regions in pages.items()
            if not any(region.article in essays or (essays and region.article == "*") for region in regions)
        }
        return {name for name in quiet if _stamp(root / name) == self.pages.get(name)}


def load_filled(root: Path) -> Filled | None:
    """What is known of the release at `root`; None if nothing is."""
    try:
        return Filled(**json.loads((build_dir(root) / FILLED_FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def save_filled(root: Path, machinery: str, comments: Stamps, pages: Mapping[str, Sequence[Region]]) -> None:
    """Note that the `pages` of the release at `root` have just been filled with what `comments` stamps."""
    filled = Filled(machinery, comments, {name: stamp for name in pages if (stamp := _stamp(root / name))})
    replace_file(build_dir(root) / FILLED_FILE, json.dumps(asdict(filled)).encode())


def comments_as_they_are(comments_dir: Path) -> Stamps:
    """What differs as soon as any comment file does."""
    return stamps(comments_dir)


def _stamp(path: Path) -> list[int] | None:
    """Without the time of change: another release that shares the file changes that one."""
    try:
        stat = path.lstat()
    except FileNotFoundError:
        return None
    return [stat.st_size, stat.st_mtime_ns, stat.st_ino]

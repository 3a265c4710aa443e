"""A quick look at a saved essay: its page alone, by the process that made the last build, long before the next is done.

The build that follows has the last word. What a quick look cannot be sure of, it leaves to that.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from threading import Lock

from authoring.build import Built, build
from authoring.staging import STANDBY, staging_of
from bridge.comment_files import CommentFiles
from bridge.files import replace_file
from bridge.fill import Build
from bridge.lock import LockError, locked
from bridge.page_index import PageIndexError
from bridge.pages import fill_page
from bridge.places import Places
from bridge.regions import FillError, regions_in

PATIENCE = 3.0  # seconds; a page that takes longer is not quick
AT_ONCE = 5  # files saved together; more of them come from another program, and a build shows them


class QuickLook:
    """Builds the preview and keeps each build's process for quick looks. One thread builds while another looks."""

    def __init__(self, where: Places, environ: Mapping[str, str]) -> None:
        self._where, self._environ = where, environ
        self._standby: Standby | None = None
        self._asking = Lock()
        #: Whose pages were shown since the build under way began: it may have read them before they were saved.
        self._shown: set[Path] = set()

    def build(self) -> Built:
        """Build the preview; from then on the process of this build is asked. Raises BuildError."""
        self._shown.clear()
        standby = Standby(staging_of(self._where))
        environ = {**self._environ, STANDBY: standby.socket}
        try:
            built = build(self._where.root, preview=True, environ=environ, amend=partial(self._amend, standby))
        except BaseException:
            standby.end()  # the last good build goes on answering
            raise
        self._ask_from_now_on(standby)
        return built

    def _ask_from_now_on(self, standby: Standby | None) -> None:
        with self._asking:
            before, self._standby = self._standby, standby
        if before:
            before.end()

    def end(self) -> None:
        """Ask nobody any more; what stood by ends."""
        self._ask_from_now_on(None)

    def _amend(self, standby: Standby, staging: Path) -> None:
        """What the author has seen meanwhile must not go back to what this build has read. Called under the lock."""
        standby.begin()
        for source in list(self._shown):
            if page := standby.render(source):
                replace_file(staging / page, (standby.folder / page).read_bytes())

    def show(self, saved: Iterable[Path]) -> list[str]:
        """Bring the pages of these source files up to date; the files below the site's root that it could."""
        content = self._where.root / "content"
        sources = [path for path in saved if path.suffix == ".md" and path.is_relative_to(content)]
        with self._asking:
            pages = [self._show(source, self._standby) for source in sources] if len(sources) <= AT_ONCE else []
        return [page for page in pages if page]

    def _show(self, source: Path, standby: Standby | None) -> str | None:
        page = standby and standby.render(source)
        if not standby or not page or not (self._where.output_dir / page).is_file():
            return None
        with suppress(FillError, LockError, OSError), locked(self._where.lock_file):
            self._shown.add(source)
            standby.put(page, self._where)
            return page
        return None


class Standby:
    """The process of one build, which holds all that was read, seen from here. See plugins/standby.py."""

    def __init__(self, staging: Path) -> None:
        self.folder = staging.with_name("look")
        self._staging = staging
        self._ours, self._theirs = Pipe()
        self._build: Build | None = None

    @property
    def socket(self) -> str:
        """What the build is told: the number of the descriptor it inherits."""
        return str(self._theirs.fileno())

    def begin(self) -> None:
        """The build has run: only its process holds the other end now, so that we notice should that die."""
        self._theirs.close()
        with suppress(PageIndexError):
            self._build = Build.load(self._staging)

    def render(self, source: Path) -> str | None:
        """Have the page of `source` rendered as it is now, into `folder`, without comments; its name, or None."""
        try:
            self._ours.send_bytes(os.fsencode(source))
            if not self._ours.poll(PATIENCE):
                self.end()
                return None
            page = os.fsdecode(self._ours.recv_bytes())
            return page if page and self._is_as_expected(page) else None
        except (EOFError, OSError):
            return None

    def _is_as_expected(self, page: str) -> bool:
        """Whether it has the places for comments that the build's index says."""
        try:
            regions = regions_in((self.folder / page).read_text(encoding="utf-8"))
        except (FillError, OSError):
            return False
        return self._build is not None and regions == self._build.index.pages.get(page, ())

    def put(self, page: str, where: Places) -> None:
        """Into the folder that is served, with today's comments. Call it under the lock. Raises FillError, OSError."""
        assert self._build is not None  # render has looked
        regions = self._build.index.pages.get(page, ())
        fill_page(self.folder / page, where.output_dir / page, regions, CommentFiles(where.comments_dir), self._build)

    def end(self) -> None:
        """It ends by itself when nobody holds the other end any more, however we went."""
        self._ours.close()
        self._theirs.close()

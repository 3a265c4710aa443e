"""Keeps the preview built: a save is shown at once by a quick look, and the whole site is built behind it.

One thread watches and looks, another builds, so that nobody waits for a build to see what he has just written.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

from watchfiles import Change

from authoring.quick_look import QuickLook
from authoring.search.behind import Behind
from authoring.staging import BuildError
from authoring.watching import saved_below, stamp_of
from bridge.build_error import leave_error
from bridge.places import Places

FOLDERS = ("content", "theme", "plugins", "bridge", "forms_service/forms")
IDENTITY = "site.toml"
#: Looked at by name: a watch upon one file is gone with the file when an editor puts a new one in its place.
FILES = (IDENTITY, "publishconf.py")
SETTLED_AFTER = 0.2  # seconds without another save, before the whole site is built


class Rebuilding:
    """Builds once when begun, and again whenever a source is saved."""

    def __init__(self, where: Places, environ: Mapping[str, str]) -> None:
        self._where = where
        self._quick_look = QuickLook(where, environ)
        self._search = Behind(where)
        self._saved = threading.Event()
        #: Set when forms, mails and dashboard are to be started anew: they read `site.toml` when they start.
        self.renewal = threading.Event()
        #: Whether the first build succeeded, once it is done.
        self.first_build: SimpleQueue[bool] = SimpleQueue()

    def begin(self) -> None:
        self._leave_error("")
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        """The first build comes after the watching has begun, so that nothing saved meanwhile is missed."""
        saved = saved_below(self._where.root / name for name in FOLDERS)
        next(saved)
        seen = self._files_as_saved()
        threading.Thread(target=self._keep_built, args=(seen,), daemon=True).start()
        for changes in saved:
            before, seen = seen, self._files_as_saved()
            if changes or seen != before:
                with suppress(Exception):  # whatever keeps a quick look from showing, the build says
                    self._quick_look.show(Path(path) for change, path in changes if change is not Change.deleted)
                self._saved.set()

    def _keep_built(self, served: dict[str, object]) -> None:
        self.first_build.put(self._build())
        while self._saved.wait():
            self._let_settle()
            seen = self._files_as_saved()
            if self._build() and seen[IDENTITY] != served[IDENTITY]:
                served = seen
                self.renewal.set()

    def _let_settle(self) -> None:
        """A burst of saves, or a file that is written in pieces, is built once."""
        while self._saved.is_set():
            self._saved.clear()
            time.sleep(SETTLED_AFTER)

    def _build(self) -> bool:
        """Build for the preview; say what is wrong in one line, here and above the pages of the last good build."""
        try:
            print(self._quick_look.build(), flush=True)
        except BuildError as error:
            return self._failed(str(error))
        except Exception as error:  # nobody else builds: whatever it is, the next save tries again
            traceback.print_exc()
            return self._failed(f"the build ended with {type(error).__name__}: {error}")
        self._leave_error("")
        self._search.soon()
        return True

    def _failed(self, message: str) -> bool:
        print(message, file=sys.stderr, flush=True)
        self._leave_error(message)
        return False

    def _leave_error(self, message: str) -> None:
        with suppress(OSError):  # a disk that is full or not ours has been complained of already
            leave_error(self._where.output_dir, message)

    def _files_as_saved(self) -> dict[str, object]:
        """What changes when one of the single files is saved, in whichever way."""
        return {name: stamp_of(self._where.root / name) for name in FILES}

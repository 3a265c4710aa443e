"""Makes the preview's search index behind the author's back: nobody who has saved a word waits for it."""

from __future__ import annotations

import sys
import threading
import time

from authoring.search.index import SearchError, is_of, make, print_of, put
from authoring.staging import staging_of
from bridge.lock import LockError, locked
from bridge.page_index import PageIndexError
from bridge.places import Places

QUIET = 2.0  # seconds without another build; who writes saves often
PATIENCE = 600.0  # as for a build: one may be running


class Behind:
    """One thread, asleep until a build is done and its author has paused."""

    def __init__(self, where: Places) -> None:
        self._where = where
        self._wanted = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def soon(self) -> None:
        """A build is done: its index is wanted."""
        self._wanted.set()

    def _run(self) -> None:
        while self._wanted.wait():
            self._wait_for_quiet()
            try:
                renew(self._where)
            except (SearchError, PageIndexError, LockError, OSError) as error:
                print(f"Note: {error}", file=sys.stderr, flush=True)

    def _wait_for_quiet(self) -> None:
        while self._wanted.is_set():
            self._wanted.clear()
            time.sleep(QUIET)


def renew(where: Places) -> bool:
    """Make the index of the build that was staged last, and show it; False if that was done or another build came.

    Raises SearchError, PageIndexError, LockError, OSError.
    """
    staging, lock = staging_of(where), where.var_dir / "build.lock"
    with locked(lock, PATIENCE):
        pages = print_of(staging)
        if is_of(staging, pages):
            return False
    made = make(staging, pages, gently=True)
    with locked(lock, PATIENCE):
        if print_of(staging) != pages:
            return False  # its author has saved again; the build that shows it asks anew
        put(made, staging)
        put(made, where.output_dir)
        return True

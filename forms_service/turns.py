"""Who writes to SQLite next: threads and processes of this machine wait in line instead of polling."""

from __future__ import annotations

import fcntl
import os
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """One writer at a time, among all threads and processes that use the file beside the database.

    SQLite has one writer anyway, but whoever finds it busy sleeps and looks again, and may be passed over
    for a long time. In line, the slowest answer came ten times sooner. The system ends a dead process's turn.
    """

    def __init__(self, database: str) -> None:
        """`database` is SQLite's own word for the file; one in memory belongs to this process alone."""
        self._path = f"{database}-turn" if database not in ("", ":memory:") else os.devnull
        self._among_threads = Lock()
        self._descriptor: int | None = None

    @contextmanager
    def mine(self, unless: Callable[[], bool] = lambda: False) -> Iterator[bool]:
        """Wait for the turn and hold it within the block; False, without it, if `unless` has become true meanwhile."""
        with self._among_threads:
            if unless():
                yield False
                return
            line = self._line()
            fcntl.flock(line, fcntl.LOCK_EX)
            try:
                yield True
            finally:
                fcntl.flock(line, fcntl.LOCK_UN)

    def _line(self) -> int:
        """The file that everybody stands in line for, kept open: opening it each time would cost more than waiting."""
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            weakref.finalize(self, os.close, self._descriptor)
        return self._descriptor

"""Who writes to SQLite next: threads and processes of this machine wait in line instead of polling."""

from __future__ import annotations

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident


class Turns:
    """One writer at a time, among all threads and processes that use the file beside the database.

    SQLite has one writer anyway, but whoever finds it busy sleeps and looks again, and may be passed over
    for a long time. In line, the slowest answer came ten times sooner. The system ends a dead process's turn.
    """

    def __init__(self, database: str) -> None:
        """`database` is SQLite's own word for the file; one in memory belongs to this process alone."""
        self._path = f"{database}-turn" if database not in ("", ":memory:") else os.devnull
        self._among_threads = Lock()
        self._holder: int | None = None
        self._line: tuple[int, int] | None = None

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Wait for the turn and hold it within the block."""
        self.refuse_second()
        with self._among_threads:
            line = self._descriptor()
            fcntl.flock(line, fcntl.LOCK_EX)
            self._holder = get_ident()
            try:
                yield
            finally:
                self._holder = None
                fcntl.flock(line, fcntl.LOCK_UN)

    def refuse_second(self) -> None:
        """Raise where this thread would wait for itself, forever."""
        if self._holder == get_ident():
            raise RuntimeError("this thread writes already; use the session or connection it has")

    def _descriptor(self) -> int:
        """The file that everybody stands in line for, kept open: opening it each time would cost more than waiting.

        Each process opens it for itself, since what a fork inherits counts as one with its parent's.
        """
        if self._line is None or self._line[0] != os.getpid():
            opened = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            weakref.finalize(self, os.close, opened)
            self._line = (os.getpid(), opened)
        return self._line[1]

"""The one lock around reading comments, writing pages and clearing marks: one process at a time."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 120.0  # seconds; a build of 730 essays holds the lock for less than five
PAUSE = 0.02


class LockError(Exception):
    """Somebody else does not let go; the message is one line."""


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[int]:
    """Hold the lock at `path` within the block. Raises LockError after `patience` seconds.

    The system frees it when a process ends, however it ends, so a crash leaves no lock behind;
    the empty file stays, because removing it would let two processes hold two different ones.
    What is given is the open file's number: a process that inherits it holds the lock as well.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        _wait_for(file.fileno(), path, time.monotonic() + patience)
        yield file.fileno()


def _wait_for(descriptor: int, path: Path, until: float) -> None:
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise LockError(f"{path}: another process of this site holds it; end that one or try again") from None
        time.sleep(PAUSE)

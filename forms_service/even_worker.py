"""gunicorn's worker with threads, and one thing more: the process with fewer connections takes the next.

A connection that a proxy or a browser keeps open stays with the process that took it, and new ones are taken by
whoever is quicker. Of sixteen one process may have all, and half of the machine stands by while visitors wait.
"""

from __future__ import annotations

import mmap
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

#: Long enough for the other to wake up and take it, too short for anybody to notice.
A_MOMENT = 0.005
#: More than there will be processes; two in one place would only share a little less evenly.
PLACES = 64
#: Each process's connections and one more, 0 where there is no process. Those forked from the one that imports this
#: share it.
_counts = memoryview(mmap.mmap(-1, 4 * PLACES)).cast("i")


class EvenWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn says nothing of its types
    """Knows how many connections the others have."""

    @property
    def nr_conns(self) -> int:
        """gunicorn's own count, kept where the others see it."""
        return int(_counts[self.age % PLACES]) - 1

    @nr_conns.setter
    def nr_conns(self, count: int) -> None:
        _counts[self.age % PLACES] = count + 1

    def accept(self, listener: Any) -> None:
        """Whoever is still at the door after a moment is let in here, however many there are."""
        if any(0 < there <= self.nr_conns for there in _counts):
            time.sleep(A_MOMENT)
        super().accept(listener)


def forget(worker: EvenWorker) -> None:
    """A process that has ended has no connections any more, however it went."""
    _counts[worker.age % PLACES] = 0

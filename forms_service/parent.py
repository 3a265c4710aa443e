"""Ends a process with the one that started it, however that one went."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

LOOK_EVERY = 1.0  # seconds
#: The environment variable by which `make serve` and `make start` tell their processes whom to outlive by no more.
PARENT = "GRATITUDE_PARENT"


def end_with_parent(end: Callable[[], None]) -> None:
    """Call `end` when the process that started this one, and said so in PARENT, is gone."""
    parent = os.environ.get(PARENT)
    if parent is None:
        return  # a service manager started us, and ends us

    def look() -> None:
        while os.getppid() == int(parent):
            time.sleep(LOOK_EVERY)
        end()

    threading.Thread(target=look, daemon=True).start()

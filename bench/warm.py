"""Starts gunicorn without the wait: each life of the service is parted from a process that has loaded it already.

What a life opens and keeps is its own, as with gunicorn's `preload_app`: its port, its connections, its processes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Warm:
    """The process that waits. A line is a command of gunicorn's; the answer is the number of the process it became."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.warm"], cwd=ROOT, env=environ, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self, *words: str) -> Life:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(*words, file=self._process.stdin, flush=True)
        return Life(int(self._process.stdout.readline()))

    def end(self) -> None:
        self._process.communicate(timeout=30)


class Life:
    """The first process of a group; it is not our child."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def wait(self, timeout: float = 30) -> None:
        """Until it is gone. Raises TimeoutError."""
        end = time.monotonic() + timeout
        while _lives(self.pid):
            if time.monotonic() > end:
                raise TimeoutError(f"process {self.pid} does not end")
            time.sleep(0.002)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def main() -> None:
    for name in ("gunicorn.app.wsgiapp", "gunicorn.workers.gthread", "forms_service.app"):
        import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever has ended is gone at once
    for line in sys.stdin:
        if not (pid := os.fork()):
            live(line.split())
        print(pid, flush=True)


def live(words: Sequence[str]) -> None:
    """Be gunicorn, as `python -m gunicorn` is."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    sys.argv = ["gunicorn", *words]
    from gunicorn.app.wsgiapp import run

    try:
        run()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()

"""`python -m pelican` without the wait: each build of a test is a process of its own, parted from one that stands ready
with everything imported that is not ours.

What a fresh interpreter would read from its environment is set in the process that parts; where that cannot be done,
a fresh interpreter it is. Templates are compiled once for all builds, wherever a project stands.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

WAITING = Path(__file__).with_name("waiting_pelican.py")
TEMPLATES = ROOT / ".cache" / "tests" / "templates"
PELICAN = [sys.executable, "-m", "pelican"]
UNDERSTOOD = {"cwd", "env", "stdout", "stderr", "capture_output", "text", "check", "pass_fds"}
#: An interpreter reads these once, when it begins.
EARLY = ("PYTHONHASHSEED", "PYTHONWARNINGS", "PYTHONOPTIMIZE")

fresh = subprocess.run


class ReadyPelican:
    """One process that waits, begun with the first build."""

    def __init__(self) -> None:
        self._ask: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, command: Sequence[object], **how: Any) -> subprocess.CompletedProcess[Any]:
        """As `subprocess.run`, of which it takes what builds ask for."""
        words = list(map(str, command))
        env = how.get("env") or dict(os.environ)
        if words[:3] != PELICAN or not how.keys() <= UNDERSTOOD or "COLUMNS" not in env or any(map(env.get, EARLY)):
            return fresh(command, **how)
        return self._run(words, **{**how, "env": env})

    def _run(
        self, words: list[str], *, env: dict[str, str], cwd: object = None, stdout: int | None = None,
        stderr: int | None = None, capture_output: bool = False, text: bool = False, check: bool = False,
        pass_fds: Sequence[int] = (),
    ) -> subprocess.CompletedProcess[Any]:  # fmt: skip
        assert capture_output or stdout == subprocess.PIPE, "what it says goes into a pipe"
        with ExitStack() as stack:
            said = stack.enter_context(tempfile.TemporaryFile())
            other = said if stderr == subprocess.STDOUT else stack.enter_context(tempfile.TemporaryFile())
            asked = {"words": words[3:], "cwd": str(cwd or Path.cwd()), "env": env, "inherited": list(pass_fds)}
            status = self._status(json.dumps(asked).encode(), [said.fileno(), other.fileno(), *pass_fds])
            done = subprocess.CompletedProcess(words, status, _read(said, text), None)
            if other is not said:
                done.stderr = _read(other, text)
        if check:
            done.check_returncode()
        return done

    def _status(self, asked: bytes, descriptors: list[int]) -> int:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                socket.send_fds(self._waiting(), [b"!"], [theirs.fileno(), *descriptors])
            ours.sendall(asked)
            ours.shutdown(socket.SHUT_WR)
            answer = ours.recv(1)
        return answer[0] if answer else -9

    def _waiting(self) -> socket.socket:
        if self._ask is None:
            self._ask, theirs = socket.socketpair()
            clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-X", "utf8", WAITING, str(theirs.fileno()), TEMPLATES],
                    env=clean, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
                )  # fmt: skip
        return self._ask

    def end(self) -> None:
        if self._ask and self._process:
            self._ask.close()
            self._process.wait(20)


def _read(file: Any, text: bool) -> Any:
    file.seek(0)
    data = file.read()
    return data.decode() if text else data


@contextmanager
def ready_pelican() -> Iterator[None]:
    """Within the block every build of this process is parted from the one that waits."""
    ready = ReadyPelican()
    subprocess.run = ready.run  # type: ignore[assignment]
    try:
        yield
    finally:
        subprocess.run = fresh
        ready.end()

"""Commands at a real pseudo-terminal, spoken to as an author speaks to them."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from tests.conftest import ROOT

#: Ctrl-C reaches a process only from the terminal that is its own, and only if nobody told it to ignore it.
TAKE_TERMINAL = """\
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.SIG_DFL)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


def converse(command: Sequence[str], environ: Mapping[str, str], talk: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Run `command` at a pseudo-terminal: wait for each prompt, type its answer. Exit status and what was shown."""
    own, theirs = pty.openpty()
    ends = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    process = subprocess.Popen(
        [sys.executable, "-c", TAKE_TERMINAL, *command], env=environ, cwd=ROOT, start_new_session=True, **ends
    )
    os.close(theirs)
    shown = ""
    try:
        for prompt, answer in talk:
            shown += _until(own, prompt)
            os.write(own, answer.encode())
        shown += _until(own, None, talk[-1][1])
        return process.wait(timeout=30), shown.replace("\r\n", "\n")
    finally:
        process.kill() if process.poll() is None else None
        process.wait()
        os.close(own)


def _until(terminal: int, prompt: str | None, last: str = "") -> str:
    """What is shown up to `prompt`, or up to the end. Whoever sees nothing happen presses the same key again."""
    seen, deadline = b"", time.monotonic() + 30
    while prompt is None or prompt.encode() not in seen:
        assert time.monotonic() < deadline, f"no {prompt!r} within 30 s after: {seen.decode()}"
        if not select.select([terminal], [], [], 2)[0]:
            os.write(terminal, last.encode())  # a Ctrl-C between the prompt and the reading of the answer is not heard
            continue
        try:
            data = os.read(terminal, 4096)
        except OSError:  # the other side has hung up
            data = b""
        if not data:
            assert prompt is None, f"ended before {prompt!r}: {seen.decode()}"
            break
        seen += data
    return seen.decode()

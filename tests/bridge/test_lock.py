"""One process at a time, and a process that dies leaves nothing locked."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bridge.lock import LockError, locked
from tests.conftest import ROOT

COUNT = """
import sys, time
from pathlib import Path
from bridge.lock import locked
folder = Path(sys.argv[1])
for _ in range(25):
    with locked(folder / "lock"):
        number = int((folder / "number").read_text())
        time.sleep(0.001)
        (folder / "number").write_text(str(number + 1))
"""
HOLD = """
import sys, time
from pathlib import Path
from bridge.lock import locked
with locked(Path(sys.argv[1]) / "lock"):
    print("held", flush=True)
    time.sleep(60)
"""


def start(program: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_no_write_is_lost_between_two_processes(tmp_path: Path):
    (tmp_path / "number").write_text("0")
    writers = [start(COUNT, tmp_path) for _ in range(2)]
    for writer in writers:
        writer.communicate(timeout=60)
    assert (tmp_path / "number").read_text() == "50"


def test_whoever_waits_too_long_is_told(tmp_path: Path):
    holder = start(HOLD, tmp_path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        with pytest.raises(LockError, match="another process"), locked(tmp_path / "lock", patience=0.1):
            pass
    finally:
        holder.kill()
        holder.communicate()


def test_a_killed_process_leaves_nothing_locked(tmp_path: Path):
    holder = start(HOLD, tmp_path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    with locked(tmp_path / "lock", patience=0.1):
        assert (tmp_path / "lock").exists()

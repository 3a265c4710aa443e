"""Isso, the nearest relative, installed beside us from a lock file of its own and run as its manual says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from bench.service import ROOT, free_port

HOME = ROOT / ".cache" / "bench"
SETTINGS = """[general]
dbpath = {folder}/isso.db
host = http://127.0.0.1:{port}/
[guard]
enabled = false
[server]
listen = http://127.0.0.1:{port}/
"""


def install() -> None:
    """Once: a virtual environment with Isso. It compiles one small library, so a C compiler is needed."""
    if (HOME / "bin" / "isso").exists():
        return
    print("Installing Isso (once) …", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", HOME], check=True)
    pip = [HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements" / "bench.txt"], check=True)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of an Isso with four gunicorn workers on SQLite."""
    port = free_port()
    settings = folder / "isso.cfg"
    settings.write_text(SETTINGS.format(folder=folder, port=port))
    process = subprocess.Popen(
        [HOME / "bin" / "gunicorn", "-w", "4", "--bind", f"127.0.0.1:{port}", "--log-level", "critical", "isso.run"],
        env={**os.environ, "ISSO_SETTINGS": str(settings)}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/info")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait(url: str) -> None:
    patience = time.monotonic() + 30
    while time.monotonic() < patience:
        try:
            with urlopen(url, timeout=2):
                return
        except HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("Isso did not answer within 30 s")

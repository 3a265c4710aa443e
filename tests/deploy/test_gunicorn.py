"""gunicorn with the settings we ship: it answers, its processes share the work, and its log names nobody."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.conftest import ROOT
from tests.support.project import PATIENCE, free_port, until

SECRET_PATH = "/links/comment.1.approve..6ce35245.AtiZFeO-gU7J1h0JU9nfPjXiWxPePb2XbtdS"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The port of a running service, and its log."""
    port, log = free_port(), tmp_path / "log"
    environ = {
        **os.environ, "VAR_DIR": str(tmp_path), "OUTPUT_DIR": str(tmp_path), "HOME": str(tmp_path),
        "SECRET_KEY": "a secret for tests only, long enough to serve", "SITEURL": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{port}"]
    with log.open("w") as written:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=written, start_new_session=True)
        try:
            wait_for(f"http://127.0.0.1:{port}/forms/contact")
            yield port, log
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def wait_for(address: str) -> None:
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            assert time.monotonic() < patience
            time.sleep(0.05)


def say(port: int, words: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(words)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_who_sends_nonsense_is_refused_and_not_named(service: tuple[int, Path], tmp_path: Path):
    port, log = service
    for nonsense in (
        f"GET {SECRET_PATH} HTTP/9.9\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: x\r\nRe ferer: {SECRET_PATH}\r\n\r\n",
    ):
        assert b" 400 " in say(port, nonsense.encode()).splitlines()[0] + b" "
    text = log.read_text()
    assert text.count("A request that is no proper HTTP was refused") == 2
    assert "ip=" not in text
    assert SECRET_PATH not in text
    assert not list(tmp_path.rglob("*.ctl")), "a socket to manage the service by, which nobody asked for"


def connections_of(port: int) -> Counter[int]:
    """How many established connections to `port` each process holds, by its number."""
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    inodes = {row[9] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "01"}
    held: Counter[int] = Counter()
    for file in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):  # a process may end while it is looked at
            if file.readlink().name.removeprefix("socket:[").removesuffix("]") in inodes:
                held[int(file.parts[2])] += 1
    return held


def held(port: int, clients: int) -> list[int]:
    """How many of so many clients, each answered and none gone yet, each process has that has any."""
    lines = [HTTPConnection("127.0.0.1", port, timeout=PATIENCE) for _ in range(clients)]
    for line in lines:
        line.request("GET", "/forms/contact")
        line.getresponse().read()
    found = connections_of(port)
    for line in lines:
        line.close()
    return sorted(found.values())


def test_connections_that_stay_open_are_shared_evenly(service: tuple[int, Path]):
    port, _ = service
    until(lambda: len(held(port, 4)) == 2)  # the second process comes up a little later
    few, many = held(port, 12)
    assert many - few <= 4

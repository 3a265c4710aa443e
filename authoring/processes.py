"""Processes of ours that run together and end together, whoever ends first and however."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from urllib.request import ProxyHandler, build_opener

from bridge.places import ROOT

PATIENCE = 60.0  # seconds for the service to answer
GOODBYE = 8.0  # seconds for a process to end by itself
DIRECTLY = build_opener(ProxyHandler({}))  # a proxy of the author's knows nothing of what runs here
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopped(Exception):  # noqa: N818  it is no error
    """The author pressed Ctrl-C, or the system asks us to end."""


class Processes:
    """What was started, each in a session of its own so that Ctrl-C reaches only this one."""

    def __init__(self, environ: Mapping[str, str] | None = None, goodbye: float = GOODBYE) -> None:
        self.environ, self.goodbye = dict(environ or {}), goodbye
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Run `python -m words…`, told by GRATITUDE_PARENT whom not to outlive."""
        environ = {**os.environ, **self.environ, "PYTHONUNBUFFERED": "1", "GRATITUDE_PARENT": str(os.getpid())}
        process = subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, env=environ, start_new_session=True)
        self.running.append(process)
        return process

    def start_service(self, url: str, *words: str) -> bool:
        """Start the web process; True once it answers at `url`."""
        process = self.start(*words)
        patience = time.monotonic() + PATIENCE
        while time.monotonic() < patience and process.poll() is None:
            if answers(url):
                return True
            time.sleep(0.05)  # between two looks: nobody tells when a port begins to answer
        return False

    def wait(self) -> int:
        """Until one of the processes ends by itself, which none should."""
        while all(process.poll() is None for process in self.running):
            if not self.carry_on():
                break
        print("A part of the service ended; ending the others.", file=sys.stderr)
        return 1

    def carry_on(self) -> bool:
        """What there is to do while all run; False if they cannot go on."""
        time.sleep(0.2)  # between two looks at several processes; Ctrl-C ends it at once
        return True

    def end(self) -> None:
        for process in self.running:
            process.terminate()
        patience = time.monotonic() + self.goodbye
        for process in self.running:
            try:
                process.wait(max(0.0, patience - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def until_stopped(processes: Processes) -> Iterator[None]:
    """Within the block a signal raises Stopped; after it every process has ended."""
    for number in SIGNALS:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the clearing up short
        processes.end()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def port_number(word: str) -> int:
    """What PORT= says; ends with one line if nobody can listen there."""
    if not (word.isascii() and word.isdigit() and 0 < int(word) < 65_536):
        sys.exit(f"PORT={word} is no port: choose a number from 1 to 65535")
    return int(word)


def refuse_taken_port(host: str, port: int) -> None:
    """End with one line if nobody could listen there, before anything is started."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        unknown = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
        mend = "another address with HOST=…" if unknown else "another port with PORT=…"
        sys.exit(f"cannot listen on {host}:{port}: {error.strerror}; choose {mend}")


def answers(url: str) -> bool:
    """Whether the service at `url` speaks, if only to complain."""
    try:
        with DIRECTLY.open(f"{url}/healthz", timeout=2):
            return True
    except OSError as error:
        return getattr(error, "code", None) == 503


def is_everywhere(host: str) -> bool:
    """Whether `host` stands for every address this machine has."""
    return host in ("0.0.0.0", "::")  # noqa: S104  asked, not bound


def reachable(host: str) -> str:
    """The address by which other devices of the network reach a server on `host`; loopback where there is none."""
    if not is_everywhere(host):
        return host
    family, somewhere = (socket.AF_INET6, "2001:db8::1") if ":" in host else (socket.AF_INET, "192.0.2.1")
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((somewhere, 9))  # asks the routing table; nothing is sent
            return str(probe.getsockname()[0])
    except OSError:
        return "::1" if ":" in host else "127.0.0.1"


def url_of(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"

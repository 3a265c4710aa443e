"""`make serve`: the site, its forms, the dashboard and the worker on this machine, rebuilt on every change.

This process builds and watches; the service runs in processes of its own, reached by command line only.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import SimpleQueue
from types import FrameType
from urllib.request import urlopen

from watchfiles import watch

from authoring.build import BuildError, build
from bridge.dotenv import DotenvError
from bridge.page_index import PageIndexError, load_page_index
from bridge.places import ROOT, places, settings

FOLDERS = ("content", "theme", "plugins", "bridge", "forms_service/forms")
IDENTITY = "site.toml"
#: Looked at by name: a watch upon one file is gone with the file when an editor puts a new one in its place.
FILES = (IDENTITY, "publishconf.py")
PATIENCE = 60.0  # seconds for the service to answer
GOODBYE = 8.0  # seconds for a process to end by itself
WRITTEN_WITHIN = 0.1  # seconds in which an editor has written the whole file
RELOADED_WITHIN = 1.0  # seconds in which an open page has loaded itself again after a build


class Stopped(Exception):  # noqa: N818  it is no error
    """The author pressed Ctrl-C, or the system asks us to end."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reload", choices=("0", "1"), default="1")
    options = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)
    processes = Processes(options.host, options.port, options.reload == "1")
    try:
        return serve(processes)
    except Stopped:
        return 0
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the clearing up short
        processes.end()


def serve(processes: Processes) -> int:
    """Run until stopped; an exit status if something could not be started."""
    refuse_taken_port(processes.host, processes.port)
    first_build: SimpleQueue[bool] = SimpleQueue()
    threading.Thread(target=keep_built, args=(first_build, processes.renewal), daemon=True).start()
    # An earlier build is served at once, and renewed meanwhile.
    if not finished_build_stands() and not first_build.get():
        return 1
    if not processes.start_all():
        return 1
    print("Serving. Ctrl-C ends everything.", flush=True)
    return processes.wait()


def finished_build_stands() -> bool:
    try:
        load_page_index(places(settings(os.environ, ROOT), ROOT).output_dir)
    except (DotenvError, PageIndexError):
        return False  # the build, which is waited for now, says what is wrong
    return True


def rebuild() -> bool:
    """Build for the preview; say what is wrong in one line and keep the last good build."""
    try:
        print(build(preview=True), flush=True)
    except BuildError as error:
        print(error, file=sys.stderr, flush=True)
        return False
    return True


def keep_built(first_build: SimpleQueue[bool], renewal: threading.Event) -> None:
    """Build once, tell how that went, and again whenever a source is saved.

    The first build comes after the watching has begun, so that nothing saved meanwhile is missed.
    Forms, mails and dashboard read `site.toml` when they start, so another one sets `renewal`.
    """
    paths = [ROOT / name for name in FOLDERS]
    watching = watch(*paths, debounce=200, step=50, rust_timeout=100, yield_on_timeout=True, raise_interrupt=False)
    next(watching)
    seen = served = files_as_saved()
    first_build.put(rebuild())
    for changes in watching:
        if not changes and files_as_saved() == seen:
            continue
        time.sleep(WRITTEN_WITHIN)
        seen = files_as_saved()
        if rebuild() and seen[IDENTITY] != served[IDENTITY]:
            served = seen
            renewal.set()


def files_as_saved() -> dict[str, tuple[int, int, int] | None]:
    """What changes when one of the single files is saved, in whichever way."""
    return {name: _stamp(ROOT / name) for name in FILES}


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def refuse_taken_port(host: str, port: int) -> None:
    """End with one line if somebody listens there already, before anything is built."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"cannot listen on {host}:{port}: {error.strerror}; choose another port with PORT=…")


class Processes:
    """The service's processes, each in a session of its own so that Ctrl-C reaches only this one."""

    def __init__(self, host: str, port: int, reload: bool) -> None:
        self.host, self.port, self.reload = host, port, reload
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self.running: list[subprocess.Popen[bytes]] = []
        #: Set when the service is to be started anew.
        self.renewal = threading.Event()

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        environ = {**os.environ, "SITEURL": self.url, "PYTHONUNBUFFERED": "1", "GRATITUDE_PARENT": str(os.getpid())}
        process = subprocess.Popen(
            [sys.executable, "-m", "forms_service", *words], cwd=ROOT, env=environ, start_new_session=True
        )
        self.running.append(process)
        return process

    def start_all(self) -> bool:
        """Start the service, then the worker; True once the service answers."""
        if not self.start_service():
            return False
        self.start("work")
        return True

    def start_service(self) -> bool:
        """Start the web process; True once it answers."""
        where = ("--host", self.host, "--port", str(self.port))
        process = self.start("preview", *where, "--reload" if self.reload else "--no-reload")
        patience = time.monotonic() + PATIENCE
        while time.monotonic() < patience and process.poll() is None:
            if self._answers():
                return True
            time.sleep(0.05)
        return False

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=2):
                return True
        except OSError as error:
            return getattr(error, "code", None) == 503  # it answers, if only to complain

    def wait(self) -> int:
        """Until one of the processes ends by itself, which none should."""
        while all(process.poll() is None for process in self.running):
            if self.renewal.wait(0.2) and not self._renew():
                break
        print("A part of the service ended; ending the others.", file=sys.stderr)
        return 1

    def _renew(self) -> bool:
        self.renewal.clear()
        time.sleep(RELOADED_WITHIN)
        print("site.toml has changed: starting forms, mails and dashboard anew.", flush=True)
        self.end()
        self.running.clear()
        return self.start_all()

    def end(self) -> None:
        for process in self.running:
            process.terminate()
        patience = time.monotonic() + GOODBYE
        for process in self.running:
            try:
                process.wait(max(0.0, patience - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())

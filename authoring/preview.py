"""`make serve`: the site, its forms, the dashboard and the worker on this machine, rebuilt on every change.

This process builds and watches; the service runs in processes of its own, reached by command line only.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from pathlib import Path
from queue import SimpleQueue

from watchfiles import watch

from authoring.build import BuildError, build
from authoring.processes import Processes, Stopped, refuse_taken_port, until_stopped, url_of
from bridge.dotenv import DotenvError
from bridge.page_index import PageIndexError, load_page_index
from bridge.places import ROOT, places, settings

FOLDERS = ("content", "theme", "plugins", "bridge", "forms_service/forms")
IDENTITY = "site.toml"
#: Looked at by name: a watch upon one file is gone with the file when an editor puts a new one in its place.
FILES = (IDENTITY, "publishconf.py")
WRITTEN_WITHIN = 0.1  # seconds in which an editor has written the whole file
RELOADED_WITHIN = 1.0  # seconds in which an open page has loaded itself again after a build


def main() -> int:
    parser = argparse.ArgumentParser(prog="make serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reload", choices=("0", "1"), default="1")
    options = parser.parse_args()
    processes = Parts(options.host, options.port, options.reload == "1")
    try:
        with until_stopped(processes):
            refuse_taken_port(options.host, options.port)
            return serve(processes)
    except Stopped:
        return 0


def serve(processes: Parts) -> int:
    """Run until stopped; an exit status if something could not be started."""
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


class Parts(Processes):
    """The service and the worker of a preview, started anew when `site.toml` has changed."""

    def __init__(self, host: str, port: int, reload: bool) -> None:
        self.host, self.port, self.reload = host, port, reload
        self.url = url_of(host, port)
        super().__init__({"SITEURL": self.url})
        #: Set when the service is to be started anew.
        self.renewal = threading.Event()

    def start_all(self) -> bool:
        """Start the service, then the worker; True once the service answers."""
        where = ("--host", self.host, "--port", str(self.port), "--reload" if self.reload else "--no-reload")
        if not self.start_service(self.url, "forms_service", "preview", *where):
            return False
        self.start("forms_service", "work")
        return True

    def carry_on(self) -> bool:
        return not self.renewal.wait(0.2) or self._renew()

    def _renew(self) -> bool:
        self.renewal.clear()
        time.sleep(RELOADED_WITHIN)
        print("site.toml has changed: starting forms, mails and dashboard anew.", flush=True)
        self.end()
        self.running.clear()
        return self.start_all()


if __name__ == "__main__":
    sys.exit(main())

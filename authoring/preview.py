"""`make serve`: the site, its forms, the dashboard and the worker on this machine, rebuilt on every change.

This process builds and watches; the service runs in processes of its own, reached by command line only.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from pathlib import Path
from queue import SimpleQueue

from watchfiles import watch

from authoring.build import BuildError, build
from authoring.processes import Processes, Stopped, refuse_taken_port, until_stopped, url_of

ROOT = Path(__file__).resolve().parent.parent
WATCHED = ("content", "theme", "plugins", "bridge", "forms_service/forms", "publishconf.py", "site.toml")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reload", choices=("0", "1"), default="1")
    options = parser.parse_args()
    url = url_of(options.host, options.port)
    processes = Processes({"SITEURL": url})
    try:
        with until_stopped(processes):
            refuse_taken_port(options.host, options.port)
            return serve(processes, url, options)
    except Stopped:
        return 0


def serve(processes: Processes, url: str, options: argparse.Namespace) -> int:
    """Run until stopped; an exit status if something could not be started."""
    first_build: SimpleQueue[bool] = SimpleQueue()
    threading.Thread(target=keep_built, args=(first_build,), daemon=True).start()
    # An earlier build is served at once, and renewed meanwhile.
    if not (output_dir() / ".build" / "page_index.json").exists() and not first_build.get():
        return 1
    where = ("--host", options.host, "--port", str(options.port))
    reload = "--reload" if options.reload == "1" else "--no-reload"
    if not processes.start_service(url, "forms_service", "preview", *where, reload):
        return 1
    processes.start("forms_service", "work")
    print("Serving. Ctrl-C ends everything.", flush=True)
    return processes.wait()


def output_dir() -> Path:
    return ROOT / (os.environ.get("OUTPUT_DIR") or "output")


def rebuild() -> bool:
    """Build for the preview; say what is wrong in one line and keep the last good build."""
    try:
        print(build(preview=True), flush=True)
    except BuildError as error:
        print(error, file=sys.stderr, flush=True)
        return False
    return True


def keep_built(first_build: SimpleQueue[bool]) -> None:
    """Build once, tell how that went, and again whenever a source is saved.

    The first build comes after the watching has begun, so that nothing saved meanwhile is missed.
    """
    paths = [ROOT / name for name in WATCHED if (ROOT / name).exists()]
    watching = watch(*paths, debounce=200, step=50, rust_timeout=100, yield_on_timeout=True, raise_interrupt=False)
    next(watching)
    first_build.put(rebuild())
    for changes in watching:
        if changes:
            rebuild()


if __name__ == "__main__":
    sys.exit(main())

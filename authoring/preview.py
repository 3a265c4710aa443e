"""`make serve`: the site, its forms, the dashboard and the worker on this machine, rebuilt on every change.

This process watches and builds; the service runs in processes of its own, reached by command line only.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from pathlib import Path

from authoring.processes import (
    Processes,
    Stopped,
    is_everywhere,
    port_number,
    reachable,
    refuse_taken_port,
    until_stopped,
    url_of,
)
from authoring.rebuilding import Rebuilding
from bridge.dotenv import DotenvError
from bridge.page_index import PageIndexError, load_page_index
from bridge.places import ROOT, places, settings

RELOADED_WITHIN = 1.0  # seconds in which an open page has loaded itself again after a build


def main() -> int:
    parser = argparse.ArgumentParser(prog="make serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port_number, default=8000)
    parser.add_argument("--reload", choices=("0", "1"), default="1")
    options = parser.parse_args()
    try:
        where = places(settings(os.environ, ROOT), ROOT)
    except DotenvError as error:
        print(error, file=sys.stderr)
        return 1
    rebuilding = Rebuilding(where, os.environ)
    processes = Parts(options.host, options.port, options.reload == "1", rebuilding.renewal)
    try:
        with until_stopped(processes):
            refuse_taken_port(options.host, options.port)
            return serve(processes, rebuilding, where.output_dir)
    except Stopped:
        return 0


def serve(processes: Parts, rebuilding: Rebuilding, output: Path) -> int:
    """Run until stopped; an exit status if something could not be started."""
    rebuilding.begin()
    # An earlier build is served at once, and renewed meanwhile.
    if not finished_build_stands(output) and not rebuilding.first_build.get():
        return 1
    if not processes.start_all():
        return 1
    if is_everywhere(processes.host):
        print(f"On a phone in the same network, open {processes.url}/", flush=True)
    print("Serving. Ctrl-C ends everything.", flush=True)
    return processes.wait()


def finished_build_stands(output: Path) -> bool:
    try:
        load_page_index(output)
    except PageIndexError:
        return False
    return True


class Parts(Processes):
    """The service and the worker of a preview, started anew when `site.toml` has changed."""

    def __init__(self, host: str, port: int, reload: bool, renewal: threading.Event) -> None:
        self.host, self.port, self.reload = host, port, reload
        self.url = url_of(reachable(host), port)
        super().__init__({"SITEURL": self.url})
        #: Set when the service is to be started anew.
        self.renewal = renewal

    def start_all(self) -> bool:
        """Start the service, then the worker; True once the service answers."""
        where = ("--host", self.host, "--port", str(self.port), "--reload" if self.reload else "--no-reload")
        if not self.start_service(self.url, "forms_service", "preview", *where):
            if (status := self.running[-1].poll()) is None or status < 0:  # else it has said itself what is wrong
                print(f"The site did not start at {self.url}; what it said stands above.", file=sys.stderr)
            return False
        self.start("forms_service", "work")
        return True

    def carry_on(self) -> bool:
        return not self.renewal.wait(0.2) or self._renew()

    def _renew(self) -> bool:
        self.renewal.clear()
        time.sleep(RELOADED_WITHIN)  # the pages that are open load themselves from the service that is about to end
        print("site.toml has changed: starting forms, mails and dashboard anew.", flush=True)
        self.end()
        self.running.clear()
        return self.start_all()


if __name__ == "__main__":
    sys.exit(main())

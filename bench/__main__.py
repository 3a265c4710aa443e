"""`make bench`: how many whole submissions a second, beside Isso's comments and a bare insert, in one run."""

from __future__ import annotations

import argparse
import json
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench import isso
from bench.floor import bare_inserts
from bench.people import values_of
from bench.service import ARTICLE, Service, write_site
from bench.wrk import Load, WrkMissingError, load

FORM = "application/x-www-form-urlencoded"
WORDS = "A comment of ordinary length, number __NUMBER__, which agrees with the essay and adds a thought of its own."


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=int, default=10, help="how long each is measured")
    parser.add_argument("--database-url", default="", help="measure ours on this empty database instead of SQLite")
    options = parser.parse_args()
    try:
        isso.install()
        rows = measure(options.seconds, options.database_url)
    except WrkMissingError as error:
        print(error, file=sys.stderr)
        return 1
    peer = rows["Isso, a comment"].rate
    print(f"{'16 clients':<44}{'a second':>9}{'× Isso':>8}{'p50 ms':>8}{'p99 ms':>8}{'refused':>9}")
    for name, row in rows.items():
        print(f"{name:<44}{row.rate:>9.0f}{row.rate / peer:>8.2f}{row.p50:>8.1f}{row.p99:>8.1f}{row.refused:>9}")
    return 0


def measure(seconds: int, database_url: str) -> dict[str, Load]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return {
            "Isso, a comment": _isso(folder, seconds),
            "ours, a whole submission": _ours(folder / "plain", seconds, database_url),
            "ours, while the mail server hangs": _ours_while_smtp_hangs(folder / "hanging", seconds, database_url),
            "floor: a bare insert": bare_inserts(folder, seconds),
        }


def _isso(folder: Path, seconds: int) -> Load:
    body = json.dumps({"text": WORDS, "author": "A visitor", "email": "visitor@example.com", "title": "An essay"})
    with isso.running(folder) as url:
        return load(url, "/new?uri=%2Fan-essay", "application/json", body, seconds, folder)


def _ours(folder: Path, seconds: int, database_url: str, smtp_url: str = "") -> Load:
    write_site(folder / "output")
    service = Service(folder, database_url, smtp_url, worker=True)
    service.start()
    try:
        values = values_of("comment", "visitor", WORDS, ARTICLE)
        body = urlencode(values).replace("%5F%5FNUMBER%5F%5F", "__NUMBER__")
        return load(service.url, "/forms/comment", FORM, body, seconds, folder)
    finally:
        service.stop()


def _ours_while_smtp_hangs(folder: Path, seconds: int, database_url: str) -> Load:
    with hanging_server() as url:
        return _ours(folder, seconds, database_url, url)


@contextmanager
def hanging_server() -> Iterator[str]:
    """A mail server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"


if __name__ == "__main__":
    sys.exit(main())

"""`make bench`: how many whole submissions a second, beside Isso's comments and a bare insert, in one run."""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench import isso
from bench.floor import bare_inserts
from bench.service import ARTICLE, Service, write_site
from bench.visitors import values_of
from bench.wrk import CLIENTS, Load, WrkMissingError, load

FORM = "application/x-www-form-urlencoded"
WORDS = "A comment of ordinary length, number __NUMBER__, which agrees with the essay and adds a thought of its own."
CONDITIONS = """A whole submission: the words as sent, who sent them, the comment, its event and a mail to the author,
in one durable transaction before the answer, while the worker sends mail. Only figures of one run compare."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="how long each is measured in each round")
    parser.add_argument("--rounds", type=int, default=5, help="how often; the medians are printed")
    parser.add_argument("--database-url", default="", help="measure ours on this empty database instead of SQLite")
    options = parser.parse_args()
    busy = os.getloadavg()[0]
    try:
        isso.install()
        rows = measure(options.rounds, options.seconds, options.database_url)
    except WrkMissingError as error:
        print(error, file=sys.stderr)
        return 1
    show({name: median_of(loads) for name, loads in rows.items()}, options.rounds)
    print(f"\n{CONDITIONS}\nBefore the first round {busy:.1f} programs were busy on {os.cpu_count()} processors.")
    return 0


def measure(rounds: int, seconds: int, database_url: str) -> dict[str, list[Load]]:
    """Each in turn, round after round: a machine's pace changes within minutes, and so all meet the same."""
    rows: dict[str, list[Load]] = {name: [] for name in SUBJECTS}
    for number in range(rounds):
        for name, subject in SUBJECTS.items():
            print(f"round {number + 1} of {rounds}: {name} …", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory() as folder:
                rows[name].append(subject(Path(folder), seconds, database_url))
    return rows


def median_of(loads: list[Load]) -> Load:
    """The median of each figure; the sum of what was refused."""
    return Load(
        rate=median(load.rate for load in loads),
        p50=median(load.p50 for load in loads),
        p99=median(load.p99 for load in loads),
        refused=sum(load.refused for load in loads),
    )


def show(rows: dict[str, Load], rounds: int) -> None:
    peer = rows[PEER].rate
    title = f"{CLIENTS} clients, medians of {rounds} rounds"
    print(f"{title:<42}{'a second':>9}{'× Isso':>8}{'p50 ms':>8}{'p99 ms':>8}{'refused':>9}")
    for name, row in rows.items():
        print(f"{name:<42}{row.rate:>9.0f}{row.rate / peer:>8.2f}{row.p50:>8.1f}{row.p99:>8.1f}{row.refused:>9}")


def _isso(folder: Path, seconds: int, _database_url: str) -> Load:
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


def _floor(folder: Path, seconds: int, _database_url: str) -> Load:
    return bare_inserts(folder, seconds)


@contextmanager
def hanging_server() -> Iterator[str]:
    """A mail server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"


PEER = "Isso, a comment"
SUBJECTS = {
    PEER: _isso,
    "ours, a whole submission": _ours,
    "ours, while the mail server hangs": _ours_while_smtp_hangs,
    "floor: a bare insert": _floor,
}

if __name__ == "__main__":
    sys.exit(main())

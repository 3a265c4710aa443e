"""Publishes and rolls back, approves and withdraws, and fetches every page through nginx, all at once; then judges.

python -m bench.release_race --fetches 10000

Every part is the real one: `make publish`, `make rollback`, `make start`, the links of the author's mails, nginx with
deploy/nginx.conf. What a reader gets must be a page of some release, whole, with comments that were approved together
at some moment between his asking and the answer. A decision may take effect at any moment from the press of the button
until the pages are marked as up to date; before that and after, only what was decided will do.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPConnection
from itertools import count, cycle
from pathlib import Path
from threading import Event, Thread

from authoring.publishing.manifest import load_manifest
from authoring.staging import names_below
from bench.race_host import Host, host
from bench.race_verdict import Decision, Fetch, Judge
from tests.support.project import until

READERS = 2
EDITIONS = 3
WAYS_BACK = 2
PATIENCE = 300.0
COPIES = (".gz", ".br")
#: Parts of the search index: named by what they hold, they stay for one release more and no longer.
OF_ONE_RELEASE = (".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment")

#: What a browser keeps of a page, by its name and its packing: the ETag and the bytes.
Kept = dict[tuple[str, str], tuple[str, bytes]]


class Race:
    """One run: what was published, decided and fetched so far, and what went wrong beside it."""

    def __init__(self, site: Host) -> None:
        self.site, self.over = site, Event()
        self.known: dict[str, set[str]] = {}
        self.switches, self.failures = 0, list[str]()
        self.decisions, self.fetches = list[Decision](), list[Fetch]()

    def run(self, fetches: int, switches: int) -> list[str]:
        """The faults, once so many pages were fetched during so many switches."""
        self._learn()
        acts = (self.publish, self.decide, *[self.read] * READERS)
        threads = [Thread(target=self._guarded, args=[act]) for act in acts]
        for thread in threads:
            thread.start()
        end = time.monotonic() + PATIENCE
        while (len(self.fetches) < fetches or self.switches < switches) and not self.over.wait(0.1):
            if time.monotonic() > end:
                self.failures.append(f"not done within {PATIENCE:.0f} seconds")
                break
        self.over.set()
        for thread in threads:
            thread.join()
        judge = Judge(self.site.front.root, self.site.comments, self.known)
        return [*self.failures, *judge.faults(self.fetches, self.decisions)]

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as error:  # whatever it is, it is a fault of the run
            self.failures.append(f"{act.__name__}: {type(error).__name__}: {error}")
            self.over.set()

    def publish(self) -> None:
        """An edit, out with it, back and forth between it and the one before, and on to the next."""
        for edition in cycle(range(1, EDITIONS + 1)):
            if self.over.is_set():
                return
            self.site.edit(edition)
            self.site.make("publish")
            self._learn()
            there_and_back = ("TO=", f"TO={self.site.front.root.readlink()}") * WAYS_BACK
            for to in (*there_and_back, "TO="):
                self.site.make("rollback", to)
            self.switches += 2 + len(there_and_back)

    def _learn(self) -> None:
        for root in self.site.front.root.parent.iterdir():
            if not root.is_symlink():
                for name, checksum in load_manifest(root).files.items():
                    self.known.setdefault(name, set()).add(checksum)

    def decide(self) -> None:
        """Approve and withdraw each comment in turn, by the links of the mails."""
        states = ["pending"] * len(self.site.comments)
        for number in cycle(range(len(states))):
            if self.over.is_set():
                return
            action, state = ("reject", "rejected") if states[number] == "approved" else ("approve", "approved")
            began = time.monotonic()
            self._press(self.site.link(self.site.comments[number][1], action), states[number])
            until(lambda: not self.site.is_behind(), PATIENCE)
            self.decisions.append(Decision(began, time.monotonic(), number, action == "approve"))
            states[number] = state

    def _press(self, link: str, seen: str) -> None:
        answer, page = self.site.front.ask(
            link, "POST", f"seen={seen}", Content_Type="application/x-www-form-urlencoded"
        )  # fmt: skip
        assert (answer.status, b"Nothing was changed" in page) == (200, False), link

    def read(self) -> None:
        """Every address, round and round: plainly, compressed, and asking whether it has changed."""
        connection, kept, root = (
            HTTPConnection("127.0.0.1", self.site.front.port, timeout=20),
            Kept(),
            self.site.front.root,
        )
        names = [name for name in names_below(root) if is_handed_out(name)]
        for turn in count():
            for name in names:
                if self.over.is_set():
                    connection.close()
                    return
                self.fetches.append(_fetch(connection, name, turn, kept))


def is_handed_out(name: str) -> bool:
    """At the same address in every release. Names with a dot are kept back, compressed copies sent as their page."""
    return not (name.endswith(COPIES + OF_ONE_RELEASE) or any(part.startswith(".") for part in name.split("/")))


def _fetch(connection: HTTPConnection, name: str, turn: int, kept: Kept) -> Fetch:
    packing = ("identity", "gzip")[turn % 2]
    tag, before = kept.get((name, packing), ("", b""))
    headers = {"Host": "example.com", "Accept-Encoding": packing, **({"If-None-Match": tag} if tag else {})}
    began = time.monotonic()
    connection.request("GET", "/" + name.removesuffix("index.html"), headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    ended = time.monotonic()
    if answer.status == 304:
        return Fetch(began, ended, name, 200, before)
    if answer.headers["Content-Encoding"] == "gzip":
        body = gzip.decompress(body)
    kept[name, packing] = answer.headers.get("ETag", ""), body
    return Fetch(began, ended, name, answer.status, body)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.release_race", description=__doc__)
    parser.add_argument("--fetches", type=int, default=10_000, help="at least so many")
    parser.add_argument("--switches", type=int, default=10, help="while at least so many releases come and go")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, host(Path(folder)) as site:
        began, race = time.monotonic(), Race(site)
        faults = race.run(options.fetches, options.switches)
    print(
        f"{len(race.fetches)} fetches of {len(race.known)} files in {time.monotonic() - began:.0f} s,"
        f" {race.switches} switches, {len(race.decisions)} decisions on comments"
    )
    print("\n".join(faults[:20]) or "Every answer was whole, of one release, and showed what was approved.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

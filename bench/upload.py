"""What a laptop sends to publish one edited essay to a host: every byte on the wire, and how long it takes.

`python -m bench.upload` publishes 730 essays over a real sshd on loopback, then edits the newest and an old one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.essays import file_of, write_comments_on, write_essays
from tests.support.project import copy_project, environment
from tests.support.relay import Relay, relay
from tests.support.sshd import Sshd, sshd

KILOBYTE = 1024
LIMIT = 64 * KILOBYTE  # for one edited essay


@dataclass(frozen=True)
class Upload:
    """One `make publish TO=ssh://…`: bytes on the wire, encryption and all; `lines` are connections."""

    sent: int
    received: int
    lines: int
    seconds: float


@dataclass(frozen=True)
class Laptop:
    """A project that is published to another folder, by way of a line that counts."""

    project: Path
    to: str
    server: Sshd
    line: Relay

    def publish(self) -> Upload:
        words = ["make", "-s", "publish", f"TO={self.to}"]
        before, began = (self.line.sent, self.line.received, self.line.lines), time.perf_counter()
        done = subprocess.run(
            words, cwd=self.project, env=environment(PATH=self.server.path), capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(done.stderr)
        after, seconds = (self.line.sent, self.line.received, self.line.lines), time.perf_counter() - began
        return Upload(*(now - then for now, then in zip(after, before, strict=True)), seconds=seconds)

    def edit(self, place: int) -> None:
        """One sentence more at the end of an essay."""
        with (self.project / "content" / "articles" / file_of(place)).open("a", encoding="utf-8") as essay:
            essay.write("\nAnd that, said the baker, was the whole story of the morning.\n")


@contextmanager
def laptop(folder: Path, essays: int) -> Iterator[Laptop]:
    """A laptop with so many essays, three comments on every second of them approved on the host."""
    project, host = (_own(copy_project(folder / name)) for name in ("laptop", "host"))
    write_essays(project / "content", essays)
    write_comments_on(host / "var" / "comments", essays)
    with sshd(folder / "sshd") as server, relay(server.port) as (line, port):
        server.know(port=port)
        yield Laptop(project, server.address(host, port), server, line)


def _own(project: Path) -> Path:
    """No samples and no placeholder: those are published to nobody."""
    for sample in (project / "content" / "articles").glob("*.md"):
        sample.unlink()
    identity = (project / "site.toml").read_text(encoding="utf-8").replace("example.com", "letter.test")
    (project / "site.toml").write_text(identity, encoding="utf-8")
    return project


def measure(folder: Path, essays: int) -> dict[str, Upload]:
    """The first publishing, one after an edit of the newest essay, one after an edit of an old one, one of nothing."""
    with laptop(folder, essays) as author:
        found = {"everything, the first time": author.publish()}
        for name, place in (("the newest essay edited", essays - 1), ("an old essay edited", essays // 2)):
            author.edit(place)
            found[name] = author.publish()
        return {**found, "nothing changed": author.publish()}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.upload", description=__doc__)
    parser.add_argument("--essays", type=int, default=730)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-upload-") as folder:
        found = measure(Path(folder), given.essays)
    print(f"{f'{given.essays} essays, over sshd on loopback':<36}{'KB sent':>9}{'received':>10}{'lines':>7}{'s':>7}")
    for name, row in found.items():
        sent, received = row.sent / KILOBYTE, row.received / KILOBYTE
        print(f"{name:<36}{sent:>9.1f}{received:>10.1f}{row.lines:>7}{row.seconds:>7.1f}")
    edits = [row.sent for name, row in found.items() if name.endswith("edited")]
    print(f"One edited essay may send {LIMIT // KILOBYTE} KB: {'kept' if max(edits) <= LIMIT else 'NOT KEPT'}.")
    return 0 if max(edits) <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())

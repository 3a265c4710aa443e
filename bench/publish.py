"""How long publishing takes at 730 essays, as whole processes of `make`, beside Pelican's own plain build.

python -m bench.publish --rounds 3 --essays 730
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.essays import file_of, write_comments_on, write_essays
from bridge.places import ROOT

LEFT_OUT = {".git", ".venv", ".cache", "var", "output", ".env", "tests", ".hypothesis", ".mypy_cache", ".ruff_cache"}
POINTS_ELSEWHERE = ("MAKE", "MFLAGS", "VAR_DIR", "OUTPUT_DIR", "SITEURL", "DATABASE_URL", "PYTHONPATH")
PEER = "Pelican's plain build"
CONDITIONS = """Whole processes, checks included, on a project of its own: {essays} essays of 560 words, 15 subjects,
three comments on every second essay. “Processor” adds up all processors. Pelican's plain build: stock settings, its
simple theme, the same essays; no checks, no comments, no search, no pictures. Only figures of one run compare."""


class FailedError(Exception):
    """What was to be measured did not work; the message is what it said."""


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processors, and the memory of the largest process in MB."""

    seconds: float
    processor: float
    memory: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench-publish", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often; the medians are printed")
    parser.add_argument("--essays", type=int, default=730)
    options = parser.parse_args()
    busy = os.getloadavg()[0]
    costs: dict[str, list[Cost]] = {}
    try:
        with tempfile.TemporaryDirectory() as folder:
            for number in range(options.rounds):
                for name, cost in measured(Path(folder) / str(number), options.essays):
                    print(f"round {number + 1} of {options.rounds}: {name}, {cost.seconds:.1f} s", file=sys.stderr)
                    costs.setdefault(name, []).append(cost)
    except FailedError as error:
        print(error, file=sys.stderr)
        return 1
    show({name: middle(each) for name, each in costs.items()})
    print(f"\n{CONDITIONS.format(essays=options.essays)}")
    print(f"Before the first round {busy:.1f} programs were busy on {os.cpu_count()} processors.")
    return 0


def measured(folder: Path, essays: int) -> Iterator[tuple[str, Cost]]:
    """Each thing an author does, in the order he does it, and the peer between them."""
    project = made(folder / "project", essays)
    essay = project / "content" / "articles" / file_of(essays // 2)
    yield "first publishing", cost_of(["make", "publish"], project)
    yield PEER, plain_pelican(project, folder / "plain")
    essay.write_text(f"{essay.read_text(encoding='utf-8')}\nOne sentence more.\n", encoding="utf-8")
    yield "one essay edited", cost_of(["make", "publish"], project)
    yield "nothing changed", cost_of(["make", "publish"], project)
    yield "going back", cost_of(["make", "rollback"], project)


def made(project: Path, essays: int) -> Path:
    """A copy of this project with essays of its own; it shares the installed parts."""
    shutil.copytree(ROOT, project, ignore=lambda place, names: LEFT_OUT & set(names) if place == str(ROOT) else set())
    (project / ".venv").symlink_to(ROOT / ".venv")
    shutil.rmtree(project / "content" / "articles")
    write_essays(project / "content", essays)
    write_comments_on(project / "var" / "comments", essays)
    return project


def plain_pelican(project: Path, folder: Path) -> Cost:
    folder.mkdir()
    articles = project / "content" / "articles"
    command = [sys.executable, "-m", "pelican", str(articles), "-o", str(folder / "output"), "-t", "simple"]
    return cost_of(command, folder)


def cost_of(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end. Raises FailedError."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith(POINTS_ELSEWHERE)}
    with tempfile.TemporaryFile() as said:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise FailedError(f"{' '.join(command)} failed:\n{said.read().decode(errors='replace')[-2000:]}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        *(median(figures) for figures in zip(*((c.seconds, c.processor, c.memory) for c in costs), strict=True))
    )


def show(costs: dict[str, Cost]) -> None:
    peer = costs[PEER].seconds
    print(f"{'medians':<24}{'seconds':>9}{'× Pelican':>11}{'processor s':>13}{'memory MB':>11}")
    for name, cost in costs.items():
        figures = f"{cost.seconds:>9.1f}{cost.seconds / peer:>11.2f}{cost.processor:>13.1f}{cost.memory:>11.0f}"
        print(f"{name:<24}{figures}")


if __name__ == "__main__":
    sys.exit(main())

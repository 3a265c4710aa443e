"""Measures moving in: an export of 600 essays and 1,500 comments, beside Pelican's own importer on the same file.

    python -m bench.importing [--essays 600] [--comments 1500] [--rounds 3]

Each importer runs as a process of its own, several times; what counts is the least time of processors and of the
clock, and the most memory. Pelican's importer reads the old backup only, and needs BeautifulSoup and pandoc, which the
product does not: `--pelican` names the pelican-import of an environment that has them.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.blogger_export import backup, entries, takeout

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Run:
    """Seconds by the clock and of processors, megabytes, and how it ended."""

    clock: float
    processor: float
    memory: float
    ended: str


def main() -> None:
    parser = argparse.ArgumentParser("python -m bench.importing", description=__doc__)
    parser.add_argument("--essays", type=int, default=600)
    parser.add_argument("--comments", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pelican", default="", metavar="PATH", help="pelican-import, where its needs are installed")
    options = parser.parse_args()
    made = entries(options.essays, options.comments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "feed.atom").write_text("".join(takeout(made)), encoding="utf-8")
        (folder / "backup.xml").write_text("".join(backup(made)), encoding="utf-8")
        print(f"{options.essays} essays, {options.comments} comments; least of {options.rounds} runs each\n")
        print(f"{'':<34}{'clock':>8}{'processor':>11}{'memory':>9}")
        subjects: dict[str, Callable[[int], Sequence[str]]] = {
            "make import, Takeout": lambda number: _ours(folder, "feed.atom", number),
            "make import, old backup": lambda number: _ours(folder, "backup.xml", number),
        }
        if options.pelican:
            subjects["pelican-import --blogger, backup"] = lambda n: _pelicans(options.pelican, folder, n)
        for title, command in subjects.items():
            print(_line(title, [measured(command(n)) for n in range(options.rounds)]))


def _ours(folder: Path, export: str, number: int) -> Sequence[str]:
    """A project that holds nothing yet, so that every round brings in the same."""
    project = folder / f"{export}-{number}"
    for name in ("content/pages", "theme/static"):
        shutil.copytree(ROOT / name, project / name)
    (project / "content/articles").mkdir()
    shutil.copy(ROOT / "site.toml", project)
    return [sys.executable, "-m", "authoring.importing", str(folder / export), "--root", str(project)]


def _pelicans(program: str, folder: Path, number: int) -> Sequence[str]:
    target = folder / f"pelican-{number}"
    target.mkdir()
    return [program, "--blogger", "-m", "markdown", "-o", str(target), str(folder / "backup.xml")]


def measured(command: Sequence[str]) -> Run:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    wrapped = [sys.executable, "-c", _MEMORY, *command]
    done = subprocess.run(wrapped, cwd=ROOT, env=_environ(), text=True, capture_output=True, check=False)
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    *_, memory = done.stderr.strip().splitlines() or ["0"]
    said = done.stderr.strip().splitlines()[-2:-1] or [""]
    return Run(clock, spent, float(memory), "" if done.returncode == 0 else said[0][:60])


def _environ() -> dict[str, str]:
    return {**os.environ, "VAR_DIR": "var"}  # below each project's own root


#: Runs a command and says on its last line how much memory the largest process took, in megabytes.
_MEMORY = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, file=sys.stderr)
raise SystemExit(code)
"""


def _line(title: str, runs: Sequence[Run]) -> str:
    clock, processor = min(run.clock for run in runs), min(run.processor for run in runs)
    figures = f"{clock:>6.1f} s{processor:>9.1f} s{max(run.memory for run in runs):>6.0f} MB"
    return f"{title:<34}{figures}  {runs[0].ended}".rstrip()


if __name__ == "__main__":
    main()

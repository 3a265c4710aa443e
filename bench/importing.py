"""Measures moving in, the whole way: an export of 600 essays and 1,500 comments becomes files, and the service takes
the comments in; beside it Pelican's own importer on the same file. Then single posts of some megabytes.

    python -m bench.importing [--essays 600] [--comments 1500] [--rounds 3] [--pelican PATH] [--posts 0.5 1 2 4]

Each command runs as a process of its own, several times; what counts is the least time of processors and of the
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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.blogger_export import backup, entries, long_post, takeout

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
    parser.add_argument("--posts", type=float, nargs="*", default=[0.5, 1, 2, 4], metavar="MB")
    options = parser.parse_args()
    made = entries(options.essays, options.comments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "feed.atom").write_text("".join(takeout(made)), encoding="utf-8")
        (folder / "backup.xml").write_text("".join(backup(made)), encoding="utf-8")
        print(f"{options.essays} essays, {options.comments} comments; least of {options.rounds} runs each\n")
        print(f"{'':<40}{'clock':>8}{'processor':>11}{'memory':>9}")
        for title, export in (("Takeout", "feed.atom"), ("old backup", "backup.xml")):
            runs = [_whole_way(folder, export, number) for number in range(options.rounds)]
            for step, of_step in zip(("essays", "comments", "the whole way"), zip(*runs, strict=True), strict=True):
                print(_line(f"make import, {title}: {step}", of_step))
        _beside(options.pelican, folder, options.rounds)
        for size in options.posts:
            name = f"{size:g}.atom"
            (folder / name).write_text("".join(takeout([long_post(int(size * 1e6))])), encoding="utf-8")
            print(_line(f"one post of {size:g} MB", [_essays(folder, name, n)[1] for n in range(options.rounds)]))


def _beside(program: str, folder: Path, rounds: int) -> None:
    if program:
        runs = [measured(_pelicans(program, folder, number), os.environ) for number in range(rounds)]
        print(_line("pelican-import --blogger, backup", runs))
    else:
        print("pelican-import --blogger           not measured: --pelican names one that has pandoc and BeautifulSoup")


def _whole_way(folder: Path, export: str, number: int) -> tuple[Run, Run, Run]:
    """The essays, the comments, and both: what `make import` runs one after the other."""
    project, essays = _essays(folder, export, number)
    environ = {
        **os.environ, "VAR_DIR": str(project / "var"), "OUTPUT_DIR": str(project / "output"), "SECRET_KEY": "b" * 40,
        "DATABASE_URL": f"sqlite:///{project / 'var' / 'forms.sqlite'}", "SMTP_URL": "",
    }  # fmt: skip
    comments = measured([sys.executable, "-m", "forms_service", "import-comments"], environ)
    both = (essays.clock + comments.clock, essays.processor + comments.processor, max(essays.memory, comments.memory))
    return essays, comments, Run(*both, essays.ended or comments.ended)


def _essays(folder: Path, export: str, number: int) -> tuple[Path, Run]:
    """Into a project that holds nothing yet, so that every round brings in the same."""
    project = folder / f"{export}-{number}"
    for name in ("content/pages", "theme/static"):
        shutil.copytree(ROOT / name, project / name)
    (project / "content/articles").mkdir()
    shutil.copy(ROOT / "site.toml", project)
    command = [sys.executable, "-m", "authoring.importing", str(folder / export), "--root", str(project)]
    return project, measured(command, {**os.environ, "VAR_DIR": "var"})  # below the project's own root


def _pelicans(program: str, folder: Path, number: int) -> Sequence[str]:
    target = folder / f"pelican-{number}"
    target.mkdir()
    return [program, "--blogger", "-m", "markdown", "-o", str(target), str(folder / "backup.xml")]


def measured(command: Sequence[str], environ: Mapping[str, str]) -> Run:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    wrapped = [sys.executable, "-c", _MEMORY, *command]
    done = subprocess.run(wrapped, cwd=ROOT, env=environ, text=True, capture_output=True, check=False)
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    *_, memory = done.stderr.strip().splitlines() or ["0"]
    said = done.stderr.strip().splitlines()[-2:-1] or [""]
    return Run(clock, spent, float(memory), "" if done.returncode == 0 else said[0][:60])


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
    return f"{title:<40}{figures}  {runs[0].ended}".rstrip()


if __name__ == "__main__":
    main()

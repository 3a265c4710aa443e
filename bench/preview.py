"""How long an author waits: from the start of `make serve` to its first answer, and from a save to the reloaded page.

`python -m bench.preview` measures with 730 essays, in a copy of the project, with a real browser.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from bench.essays import file_of, slug_of, write_comments_on, write_essays
from tests.support.project import Served, copy_project, environment, start, until, wait_until_it_answers
from tools import browser

SAMPLES = 2  # essays the project has already


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.preview", description=__doc__)
    parser.add_argument("--essays", type=int, default=730)
    parser.add_argument("--saves", type=int, default=10)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-preview-") as folder:
        project = project_with(Path(folder), given.essays)
        print(f"{given.essays} essays, built once in {build_time(project):.1f} s.", flush=True)
        with served(project) as (site, first):
            print(f"make serve, installed: first answer after {first:.2f} s.", flush=True)
            until(lambda: "Built" in site.log.read_text(), 120)
            with opened(site, address_of(given.essays)) as page:
                tell("An essay saved", [saved_to_shown(page, project, given.essays, n) for n in range(given.saves)])
    return 0


def project_with(folder: Path, essays: int) -> Path:
    project = copy_project(folder)
    write_essays(project / "content", essays - SAMPLES)
    write_comments_on(project / "var" / "comments", essays - SAMPLES)
    return project


def build_time(project: Path) -> float:
    began = time.perf_counter()
    subprocess.run(["make", "-s", "build"], cwd=project, env=environment(), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


@contextmanager
def served(project: Path) -> Iterator[tuple[Served, float]]:
    """`make serve` and the seconds until it answered."""
    began = time.perf_counter()
    site = start(project)
    try:
        wait_until_it_answers(site)
        yield site, time.perf_counter() - began
    finally:
        site.interrupt()


@contextmanager
def opened(site: Served, address: str) -> Iterator[Page]:
    path = browser.find()
    if path is None:
        sys.exit("no browser; make test fetches one")
    with sync_playwright() as playwright:
        env = {**os.environ, **browser.environment(path)}
        chromium = playwright.chromium.launch(executable_path=str(path), args=["--no-sandbox"], env=env)
        page = chromium.new_page()
        page.goto(f"{site.url}/{address}")
        yield page
        chromium.close()


def address_of(essays: int) -> str:
    """The page of the newest of the made essays."""
    year, month, _ = file_of(essays - SAMPLES - 1).split("-", 2)
    return f"{year}/{month}/{slug_of(essays - SAMPLES - 1)}.html"


def saved_to_shown(page: Page, project: Path, essays: int, number: int) -> float:
    """Seconds from writing a paragraph until the browser shows it; then the build behind it is awaited."""
    source = project / "content" / "articles" / file_of(essays - SAMPLES - 1)
    words = f"The {number}th thing I forgot to say."
    builds = (project / "serve.log").read_text().count("Built")
    began = time.perf_counter()
    with source.open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")
    page.get_by_text(words).wait_for(timeout=60_000)
    seconds = time.perf_counter() - began
    until(lambda: (project / "serve.log").read_text().count("Built") > builds, 120)
    return seconds


def tell(what: str, seconds: list[float]) -> None:
    each = " ".join(f"{one:.2f}" for one in seconds)
    print(f"{what}, shown in the browser after: median {median(seconds):.2f} s, longest {max(seconds):.2f} s ({each}).")


if __name__ == "__main__":
    sys.exit(main())

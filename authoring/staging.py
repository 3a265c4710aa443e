"""Runs Pelican into the staging folder and takes away what this run did not make."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from authoring.complaints import complaint, half_done
from bridge.files import replace_file
from bridge.page_index import BUILD_DIR, INDEX_FILE
from bridge.places import Places


class BuildError(Exception):
    """The site was not built, nothing readers see has changed; the message is one line."""


def staging_of(places: Places) -> Path:
    """Where the rendered site stands before its comments are put in. Nobody serves it."""
    return places.var_dir / "staging" / "site"


def release_staging_of(places: Places) -> Path:
    """The same for what is to be published: the preview and it must not rewrite each other's pages."""
    return places.var_dir / "staging" / "release"


def log_of(places: Places) -> Path:
    """What Pelican said last."""
    return places.var_dir / "build.log"


def stage(
    places: Places, overrides: Mapping[str, object], environ: Mapping[str, str], into: Path | None = None
) -> list[str]:
    """Render the whole site into a staging folder; returns Pelican's warnings. Raises BuildError."""
    into = into or staging_of(places)
    index = into / BUILD_DIR / INDEX_FILE
    index.unlink(missing_ok=True)
    start = _mark_start(into)
    log = _run_pelican(places, overrides, environ, into)
    if not index.is_file():
        raise BuildError("publishconf.py: the build left no page index; PLUGINS must hold plugins.page_index")
    for path in list(leftovers(into, start)):
        path.unlink()
    return [line.strip() for line in log.splitlines() if line.strip() and not line.strip().startswith("Done:")]


def leftovers(staging: Path, start: int) -> Iterator[Path]:
    """The files of earlier runs: those whose change time is older than `start`.

    Whatever this run wrote or copied is younger, and the writer touches what it found unchanged.
    """
    for path in files_below(staging):
        if path.lstat().st_ctime_ns < start:
            yield path


def files_below(root: Path) -> Iterator[Path]:
    """Every file of a built site, without what a build keeps for itself."""
    for folder, names, files in os.walk(root):
        if Path(folder) == root and BUILD_DIR in names:
            names.remove(BUILD_DIR)
        yield from (Path(folder) / name for name in files)


def _mark_start(staging: Path) -> int:
    """The moment by the clock of the file system: another clock may be some milliseconds ahead of it."""
    mark = staging / BUILD_DIR / "started"
    mark.unlink(missing_ok=True)
    replace_file(mark, b"")
    return mark.stat().st_ctime_ns


def _run_pelican(places: Places, overrides: Mapping[str, object], environ: Mapping[str, str], into: Path) -> str:
    # Without -q: it would cancel --fatal without a word.
    command = [
        sys.executable, "-m", "pelican", str(places.root / "content"), "-s", str(places.root / "publishconf.py"),
        "-o", str(into), "--fatal", "errors", "--log-handler", "plain",
    ]  # fmt: skip
    if overrides:
        command += ["-e", *(f"{key}={json.dumps(value)}" for key, value in overrides.items())]
    wide = {**environ, "COLUMNS": "10000", "NO_COLOR": "1", "PYTHONWARNINGS": "", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=places.root, env=wide, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    log = done.stdout.decode(errors="replace")
    replace_file(log_of(places), log.encode())
    if done.returncode or half_done(log):
        raise BuildError(complaint(log, places.root))
    return log

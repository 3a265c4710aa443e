"""Runs Pelican into the staging folder and takes away what this run did not make."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from authoring.complaints import complaint, half_done
from authoring.inputs import inputs_of
from authoring.search.index import FOLDER as SEARCH_FOLDER
from authoring.search.index import SearchError, refresh
from authoring.staged import forget_staged, load_staged, read_by, save_staged
from bridge.files import replace_file
from bridge.lock import locked
from bridge.page_index import BUILD_DIR, INDEX_FILE
from bridge.places import Places

#: The environment variable by which a preview's build learns that it may stand by (plugins/standby.py): the number of a
#: socket it inherits.
STANDBY = "GRATITUDE_STANDBY"


@dataclass(frozen=True)
class Beside:
    """What is done while others work, so that nobody waits for it afterwards; only where something is built anew."""

    building: Callable[[], object] = lambda: None  # while Pelican runs
    indexing: Callable[[], object] = lambda: None  # while the search index is made of the finished pages


ALONE = Beside()


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
    places: Places,
    overrides: Mapping[str, object],
    environ: Mapping[str, str],
    into: Path | None = None,
    beside: Beside = ALONE,
) -> list[str]:
    """Render the whole site into a staging folder, unless it stands there already; returns Pelican's warnings.

    Raises BuildError, LockError, and what `beside` raises.
    """
    into = into or staging_of(places)
    with locked(into.with_name(f"{into.name}.lock")) as lock:
        known = load_staged(into)
        inputs = inputs_of(places, overrides, environ, read_by(into))
        if known and STANDBY not in environ and known.holds(inputs, _moment(overrides), into):
            return list(known.warnings)
        return _stage_anew(places, overrides, environ, into, lock, beside)


def _moment(overrides: Mapping[str, object]) -> datetime:
    given = overrides.get("BUILD_DATE")
    return datetime.fromisoformat(given) if isinstance(given, str) else datetime.now(UTC)


def _stage_anew(
    places: Places,
    overrides: Mapping[str, object],
    environ: Mapping[str, str],
    into: Path,
    lock: int,
    beside: Beside,
) -> list[str]:
    forget_staged(into)
    (into / BUILD_DIR / INDEX_FILE).unlink(missing_ok=True)
    before = inputs_of(places, overrides, environ)
    start = _mark_start(into)
    told = {**overrides, "MARKDOWN_CACHE": str(_markdown_cache(places))}
    log = _run_pelican(places, told, environ, into, lock, beside)
    if not (into / BUILD_DIR / INDEX_FILE).is_file():
        raise BuildError("publishconf.py: the build left no page index; PLUGINS must hold plugins.page_index")
    for path in list(leftovers(into, start)):
        path.unlink()
    if STANDBY not in environ:  # a preview's index is made behind: search/behind.py
        with ThreadPoolExecutor(1) as others:
            index = others.submit(_index, into)
            beside.indexing()
            index.result()
    warnings = [line.strip() for line in log.splitlines() if line.strip() and not line.strip().startswith("Done:")]
    read = read_by(into)
    if read and inputs_of(places, overrides, environ) == before:  # else somebody was writing meanwhile
        save_staged(into, inputs_of(places, overrides, environ, read), warnings)
    return warnings


def _index(into: Path) -> None:
    try:
        refresh(into)
    except SearchError as error:
        raise BuildError(str(error)) from None


def _markdown_cache(places: Places) -> Path:
    """Shared by preview and publishing: what a text is in HTML depends on neither."""
    return places.var_dir / "cache" / "markdown.json"


def leftovers(staging: Path, start: int) -> Iterator[Path]:
    """The files of earlier runs: those whose change time is older than `start`.

    Whatever this run wrote or copied is younger, and the writer touches what it found unchanged. The search index
    looks after itself.
    """
    for name in names_below(staging):
        if not name.startswith(f"{SEARCH_FOLDER}/") and os.lstat(f"{staging}/{name}").st_ctime_ns < start:
            yield staging / name


def names_below(root: Path) -> Iterator[str]:
    """Every file of a built site by its name from the root, without what a build keeps for itself."""
    for folder, folders, files in os.walk(root):
        below = f"{folder}/"[len(f"{root}/") :]
        if not below and BUILD_DIR in folders:
            folders.remove(BUILD_DIR)
        yield from (f"{below}{name}" for name in files)


def _mark_start(staging: Path) -> int:
    """The moment by the clock of the file system: another clock may be some milliseconds ahead of it."""
    mark = staging / BUILD_DIR / "started"
    mark.unlink(missing_ok=True)
    replace_file(mark, b"")
    return mark.stat().st_ctime_ns


def _run_pelican(
    places: Places,
    overrides: Mapping[str, object],
    environ: Mapping[str, str],
    into: Path,
    lock: int,
    beside: Beside,
) -> str:
    # Without -q: it would cancel --fatal without a word.
    command = [
        sys.executable, "-m", "pelican", str(places.root / "content"), "-s", str(places.root / "publishconf.py"),
        "-o", str(into), "--fatal", "errors", "--log-handler", "plain",
    ]  # fmt: skip
    if overrides:
        command += ["-e", *(f"{key}={json.dumps(value)}" for key, value in overrides.items())]
    wide = {**environ, "COLUMNS": "10000", "NO_COLOR": "1", "PYTHONWARNINGS": "", "PYTHONUTF8": "1"}
    # Who inherits the lock holds it: should this process be killed, nobody builds until its Pelican has ended too.
    inherited = [int(environ[STANDBY])] if STANDBY in environ else [lock]
    with subprocess.Popen(
        command, cwd=places.root, env=wide, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, pass_fds=inherited
    ) as pelican:
        try:
            beside.building()
            log = pelican.communicate()[0].decode(errors="replace")
        except BaseException:
            pelican.kill()
            raise
    replace_file(log_of(places), log.encode())
    if pelican.returncode or half_done(log):
        raise BuildError(complaint(log, places.root))
    return log

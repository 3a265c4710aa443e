"""Tells what is saved below some folders: by the system's watches, or by looking at every file where it has none."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

LOOK_EVERY = 10  # milliseconds between two looks for what the system has told
PAUSE = 100  # milliseconds until it is said that nothing was saved
LOOK_AGAIN = 0.3  # seconds between two looks at every file

FileChange = tuple[Change, str]
Stamp = tuple[int, int, int]


def saved_below(folders: Iterable[Path]) -> Iterator[set[FileChange]]:
    """What has been saved, again and again; an empty set where nothing was for a while.

    All is watched once the first set is there. A folder that comes, goes, or has another in its place, as after
    `git checkout`, counts as saved itself, and is watched from then on.
    """
    watched, listed, news = dict[str, int](), list(folders), set[FileChange]()
    while True:
        before, watched = watched, _standing(listed)
        news |= {(Change.modified, path) for path, _ in before.items() ^ watched.items()}
        with suppress(FileNotFoundError):  # gone since we looked
            for changes in _watching(watched):
                yield changes | news
                news = {(Change.modified, path) for kind, path in changes if kind is Change.deleted and path in watched}
                if news or _standing(listed) != watched:
                    break


def _standing(folders: Iterable[Path]) -> dict[str, int]:
    """Those that are there, each with what tells it from another in its place."""
    found = {}
    for folder in folders:
        with suppress(OSError):
            found[str(folder)] = folder.stat().st_ino
    return found


def _watching(folders: Iterable[str]) -> Iterator[set[FileChange]]:
    try:
        yield from watch(
            *folders,
            debounce=5 * LOOK_EVERY,
            step=LOOK_EVERY,
            rust_timeout=PAUSE,
            yield_on_timeout=True,
            raise_interrupt=False,
        )
    except FileNotFoundError:
        raise
    except (OSError, RuntimeError) as error:  # watchfiles has errors of both kinds
        why = str(error).partition(" about ")[0]
        print(f"The system does not watch files for us ({why}): saves will show a moment later.", file=sys.stderr)
        yield from _looking(folders)


def _looking(folders: Iterable[str]) -> Iterator[set[FileChange]]:
    fits, seen = DefaultFilter(), _stamps(folders)
    changes = {(Change.modified, folder) for folder in folders}  # what was saved while nobody watched
    while True:
        yield changes
        time.sleep(LOOK_AGAIN)  # nothing tells us of a save here, so there is nothing to wait for
        before, seen = seen, _stamps(folders)
        changed = ((_kind(path, before, seen), path) for path in {path for path, _ in before.items() ^ seen.items()})
        changes = {change for change in changed if fits(*change)}


def _kind(path: str, before: Mapping[str, Stamp], seen: Mapping[str, Stamp]) -> Change:
    if path not in seen:
        return Change.deleted
    return Change.modified if path in before else Change.added


def _stamps(folders: Iterable[str]) -> dict[str, Stamp]:
    """Every file with what changes when it is saved, in whichever way. What cannot be looked at counts as not there."""
    found = {}
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in names:
                if stamp := stamp_of(Path(place, name)):
                    found[str(Path(place, name))] = stamp
    return found


def stamp_of(path: Path) -> Stamp | None:
    """None where nothing is."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino

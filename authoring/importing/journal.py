"""Changes files all or not at all, and keeps in `var/imports/<stamp>/` what taking them back needs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from authoring.importing.errors import ImportingError
from bridge.files import replace_file

JOURNAL, UNDONE, RETIRED = "journal.json", "undone.json", "retired"
_AT_ONCE = 32


@dataclass(frozen=True)
class Kept:
    """Bytes that stand elsewhere, and are read when they are written: many pictures need no memory."""

    sha256: str
    read: Callable[[], bytes]


Content = bytes | Kept | None


@dataclass(frozen=True)
class Change:
    """One file, named from the project's root, before and after; None where there is no file."""

    path: str
    before: bytes | None
    after: Content


@dataclass(frozen=True)
class Undone:
    """What taking an import back did: `kept` has been edited since and was left as it is."""

    stamp: str
    removed: tuple[str, ...]
    restored: tuple[str, ...]
    kept: tuple[str, ...]


def carry_out(
    changes: Sequence[Change], root: Path, imports: Path, now: datetime, beside: Mapping[str, bytes] | None = None
) -> Path:
    """Make all changes and return the folder of their journal; after a failure everything is as it was.

    `beside` are files that go into that folder, and with it when the import is taken back. The journal is on disk
    before the first change, so even a power cut half way can be undone.
    """
    for change in changes:
        if _bytes_of(root / change.path) != change.before:
            raise ImportingError(f"{change.path}: changed while the import was running; run it again")
    folder = new_folder(imports, now)
    try:
        for name, data in (beside or {}).items():
            replace_file(folder / name, data, durable=True)
        _keep(folder, changes)
        _put_all(root, {change.path: change.after for change in changes})
    except BaseException:
        _put_all(root, {change.path: change.before for change in changes})
        _discard(folder)
        raise
    return folder


def undo_last(root: Path, imports: Path) -> Undone:
    """Take the last import back. What was edited since stays.

    Raises ImportingError if there is none, and if it is cut off half way: said once more, it takes back the rest.
    """
    journals = sorted(imports.glob(f"*/{JOURNAL}"))
    if not journals:
        raise ImportingError("there is no import to take back")
    folder = journals[-1].parent
    removed: list[str] = []
    restored: list[str] = []
    kept: list[str] = []
    files: dict[str, Content] = {}
    for path, before, after in reversed(_entries(journals[-1])):
        now = _sum(_bytes_of(root / path))
        if now not in (before, after):
            kept.append(path)
        elif now != before:
            files[path] = (folder / RETIRED / path).read_bytes() if before else None
            (restored if before else removed).append(path)
    try:
        _put_all(root, files)
    except KeyboardInterrupt:
        raise ImportingError("stopped half way; make import-undo once more takes back the rest") from None
    if kept:
        journals[-1].rename(folder / UNDONE)
    else:
        _discard(folder)
    return Undone(folder.name, tuple(sorted(removed)), tuple(sorted(restored)), tuple(sorted(kept)))


def written_sums(imports: Path) -> dict[str, str]:
    """The checksum of every file as the imports on record wrote it, by path."""
    return {
        path: after for journal in sorted(imports.glob(f"*/{JOURNAL}")) for path, _, after in _entries(journal) if after
    }


def _keep(folder: Path, changes: Sequence[Change]) -> None:
    for change in changes:
        if change.before is not None:
            replace_file(folder / RETIRED / change.path, change.before, durable=True)
    entries = [{"path": c.path, "before": _sum(c.before), "after": _sum(c.after)} for c in changes]
    replace_file(folder / JOURNAL, (json.dumps({"changes": entries}, indent=1) + "\n").encode(), durable=True)


def _entries(journal: Path) -> list[tuple[str, str | None, str | None]]:
    try:
        changes = json.loads(journal.read_text(encoding="utf-8"))["changes"]
        return [(entry["path"], entry["before"], entry["after"]) for entry in changes]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ImportingError(f"{journal}: not the journal of an import ({error}); put it right or delete it") from None


def _put_all(root: Path, files: Mapping[str, Content]) -> None:
    """Several at a time: the disk takes up many files in the time of one, if they are given to it together."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        putting = [pool.submit(_put, root / path, data) for path, data in files.items()]
        wait(putting, return_when=FIRST_EXCEPTION)
        for each in putting:
            each.cancel()
    for each in putting:
        if not each.cancelled():
            each.result()


def _put(path: Path, content: Content) -> None:
    """Raises ImportingError where what was to be read later is another by now."""
    if content is None:
        path.unlink(missing_ok=True)
        return
    data = content.read() if isinstance(content, Kept) else content
    if _sum(data) != _sum(content):
        raise ImportingError(f"{path}: what is to stand there changed while the import was running; run it again")
    replace_file(path, data, durable=True)


def new_folder(imports: Path, now: datetime) -> Path:
    """Named by the time, so that the last import sorts last."""
    stamp = f"{now:%Y-%m-%dT%H%M%S}"
    for name in (stamp, *(f"{stamp}-{n:03}" for n in range(2, 1000))):
        try:
            (imports / name).mkdir(parents=True)
        except FileExistsError:
            continue
        return imports / name
    raise ImportingError(f"{imports}: too many imports within one second")


def _discard(folder: Path) -> None:
    """The folder, and the one of all imports if it was the last."""
    shutil.rmtree(folder)
    if not any(folder.parent.iterdir()):
        folder.parent.rmdir()


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _sum(content: Content) -> str | None:
    if isinstance(content, Kept):
        return content.sha256
    return None if content is None else sha256(content).hexdigest()

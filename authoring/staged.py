"""What is known of a finished build in staging: what it was made from, until when it holds, that nobody touched it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bridge.files import replace_file
from bridge.page_index import BUILD_DIR, build_dir

STAGED_FILE = "staged.json"
LASTING_FILE = "lasting.json"  # as plugins.lasting names it


@dataclass(frozen=True)
class Staged:
    """A finished build. `warnings` are what Pelican said of it."""

    inputs: str
    warnings: tuple[str, ...]
    begins: datetime
    ends: datetime
    read: tuple[str, ...]
    files: dict[str, list[int]]

    def holds(self, inputs: str, now: datetime, into: Path) -> bool:
        """Whether Pelican would leave exactly what stands there."""
        return self.inputs == inputs and self.begins <= now < self.ends and self.files == stamps(into)


def load_staged(into: Path) -> Staged | None:
    """What is known of the build at `into`; None if it is not known to be finished."""
    try:
        data = json.loads((build_dir(into) / STAGED_FILE).read_bytes())
        lasting = _lasting(into)
        begins, ends = (datetime.fromisoformat(lasting[name]) for name in ("from", "until"))
        return Staged(data["inputs"], tuple(data["warnings"]), begins, ends, tuple(lasting["read"]), data["files"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def save_staged(into: Path, inputs: str, warnings: list[str]) -> None:
    data = {"inputs": inputs, "warnings": warnings, "files": stamps(into)}
    replace_file(build_dir(into) / STAGED_FILE, json.dumps(data).encode())


def forget_staged(into: Path) -> None:
    for name in (STAGED_FILE, LASTING_FILE):
        (build_dir(into) / name).unlink(missing_ok=True)


def read_by(into: Path) -> list[str]:
    """The files and folders the build says it was made from; none if it says nothing."""
    try:
        return [str(name) for name in _lasting(into)["read"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _lasting(into: Path) -> dict[str, str]:
    data: dict[str, str] = json.loads((build_dir(into) / LASTING_FILE).read_bytes())
    return data


def stamps(into: Path) -> dict[str, list[int]]:
    """What changes about a file whenever anybody writes, replaces or moves it, for every file below `into`."""
    found: dict[str, list[int]] = {}
    for folder, _, files in os.walk(into):
        below = os.path.relpath(folder, into)
        found |= {f"{below}/{name}": _stamp(Path(folder, name).lstat()) for name in files}
    found.pop(f"{BUILD_DIR}/{STAGED_FILE}", None)
    return found


def _stamp(stat: os.stat_result) -> list[int]:
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]

"""What an archive says of itself: which rows and files it holds, with their checksums. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from forms_service.backup.errors import BackupError

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True)
class Held:
    """A table: how many rows, and the checksum of its lines."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`schema` is the migration the rows fit; `files` are checksums by name in the archive."""

    made_at: str
    schema: str
    tables: dict[str, Held]
    files: dict[str, str]

    @property
    def rows(self) -> int:
        return sum(held.rows for held in self.tables.values())

    def dump(self) -> bytes:
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, sort_keys=True).encode() + b"\n"


def load(data: bytes) -> Manifest:
    """Raises BackupError for anything but a manifest of ours."""
    try:
        said: dict[str, Any] = json.loads(data)
        if said["format"] != FORMAT:
            raise BackupError(
                f"the archive has format {said['format']}, this version reads {FORMAT}; use its own version"
            )
        tables = {name: Held(int(held["rows"]), str(held["sha256"])) for name, held in said["tables"].items()}
        files = {str(name): str(checksum) for name, checksum in said["files"].items()}
        return Manifest(str(said["made_at"]), str(said["schema"]), tables, files)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupError("the archive's manifest cannot be read; take another archive") from None

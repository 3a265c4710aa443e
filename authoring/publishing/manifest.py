"""What a release says about itself: its number, its files with their checksums, its essays, what it changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from authoring.check.essays import Published
from authoring.staging import names_below
from bridge.files import replace_file
from bridge.page_index import build_dir
from bridge.regions import FillError, emptied

FORMAT = 1
MANIFEST_FILE = "manifest.json"
MARKED = (".html", ".atom", ".xml", ".txt")
COPIES = (".gz", ".br")


class ManifestError(Exception):
    """A release cannot be read; the message is one line."""


@dataclass(frozen=True)
class Manifest:
    """`files` are checksums of the files as built, before any comment is put in. Numbers only grow."""

    release: str
    number: int
    made_at: datetime
    files: Mapping[str, str]
    machinery: str  # a checksum of what filling the pages needs
    essays: Mapping[str, Published] = field(default_factory=dict)
    summary: str = ""
    changes: tuple[str, ...] = ()


def save_manifest(root: Path, manifest: Manifest) -> None:
    data = {**asdict(manifest), "format": FORMAT, "made_at": manifest.made_at.isoformat()}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    replace_file(build_dir(root) / MANIFEST_FILE, text.encode(), durable=True)


def load_manifest(root: Path) -> Manifest:
    """The manifest of the release at `root`. Raises ManifestError."""
    path = build_dir(root) / MANIFEST_FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("format") != FORMAT:
            raise ValueError("another format")
        data["made_at"] = datetime.fromisoformat(data["made_at"])
        data["essays"] = {key: Published(**essay) for key, essay in data["essays"].items()}
        return Manifest(**{**data, "changes": tuple(data["changes"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(
            f"{path}: this release's manifest cannot be read ({error}); go back to another: make rollback TO=…"
        ) from None


def checksums(root: Path, wanted: Callable[[str], bool] = lambda _: True) -> dict[str, str]:
    """The checksum of every file of a build, comments left out, so that a filled page still equals its build.

    `wanted` says by its name whether a file is.
    """
    names = frozenset(names_below(root))
    return {
        name: checksum(root / name)
        for name in sorted(filter(wanted, names))
        if not (name.endswith(COPIES) and name[:-3] in names) and not name.rpartition("/")[2].startswith(".")
    }


def checksum(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix in MARKED and b"<!-- comments:" in data:
        data = without_comments(data)
    return sha256(data).hexdigest()


def without_comments(data: bytes) -> bytes:
    try:
        page = data.decode()
        return emptied(page).encode()
    except (FillError, UnicodeDecodeError):
        return data


def machinery_of(root: Path) -> str:
    """One checksum over the page index and the fragments: when they change, a release is needed too."""
    digest = sha256()
    for path in sorted([*build_dir(root).glob("fragments/*"), build_dir(root) / "page_index.json"]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()

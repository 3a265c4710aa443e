"""What a laptop has sent to the host: proved, and completed with what readers see already or what can be made here."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from authoring.publishing.local import LocalTarget
from authoring.publishing.manifest import MARKED, Manifest, checksum, machinery_of, without_comments
from authoring.publishing.target import TargetError
from authoring.search import index as search
from bridge.files import replace_file
from bridge.page_index import load_page_index


def refuse_halves(incoming: Path, manifest: Manifest) -> None:
    """What was sent must be what was built: to the last byte, since readers are to see it."""
    for name, expected in manifest.files.items():
        if (incoming / name).is_file() and checksum(incoming / name) != expected:
            raise TargetError(f"{incoming / name}: it has not arrived whole; publish again")
    if machinery_of(incoming) != manifest.machinery:
        raise TargetError(f"{incoming / '.build'}: it has not arrived whole; publish again")


def complete(incoming: Path, manifest: Manifest, current: Path | None) -> list[str]:
    """Put whatever readers see already beside what was sent, as it was built; returns what is found in neither."""
    missing = []
    for name, expected in manifest.files.items():
        if (incoming / name).is_file():
            continue
        known = current / name if current else None
        if known and known.is_file() and checksum(known) == expected:
            _as_built(known, incoming / name)
        else:
            missing.append(name)
    return missing


def _as_built(known: Path, target: Path) -> None:
    """A page without its comments; anything else is shared."""
    target.parent.mkdir(parents=True, exist_ok=True)
    data = known.read_bytes() if known.suffix in MARKED else b""
    built = without_comments(data)
    if built == data:
        os.link(known, target)
    else:
        target.write_bytes(built)


def search_made(incoming: Path, manifest: Manifest, missing: list[str]) -> list[str]:
    """Make the index of the search page here: it follows from the pages, and is much to send. What is missing still."""
    wanted = {name for name in missing if name.startswith(f"{search.FOLDER}/")}
    if not wanted or wanted != set(missing):
        return missing
    try:
        made = search.make(incoming, search.print_of(incoming))
    except search.SearchError:
        return missing
    for below, data in made.files.items():
        name = f"{search.FOLDER}/{below}"
        if name in wanted and manifest.files[name] == sha256(data).hexdigest():
            replace_file(incoming / name, data)
            wanted.remove(name)
    return sorted(wanted)


def mend(incoming: Path, manifest: Manifest, target: LocalTarget) -> None:
    """What had to be sent although readers should see it already is damaged there; pages are filled anew anyway."""
    root, known, pages = target.root(), target.plan(), load_page_index(incoming).pages
    if root is None or known is None:
        return
    for name, expected in manifest.files.items():
        here, there = incoming / name, root / name
        if known.files.get(name) == expected and name not in pages and not (there.exists() and there.samefile(here)):
            replace_file(there, here.read_bytes())

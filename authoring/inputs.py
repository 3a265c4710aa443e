"""What a build is made from, as one checksum: from equal inputs Pelican would make the same site again."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from bridge.places import KEYS, ROOT, Places

#: What a build may read of a project, and of the folder that these commands themselves come from.
CODE = ("plugins", "bridge", "forms_service/forms", "forms_service/__init__.py", "authoring/staging.py")
WORDS = ("content", "theme", "publishconf.py", "site.toml", ".env")


def inputs_of(
    places: Places, overrides: Mapping[str, object], environ: Mapping[str, str], more: Iterable[str] = ()
) -> str:
    """The checksum of everything but the moment, which the build itself judges. `more` are further files or folders."""
    told = {key: value for key, value in environ.items() if key in (*KEYS, "PYTHONPATH")}
    settings = {key: value for key, value in overrides.items() if key != "BUILD_DATE"}
    digest = sha256(json.dumps([sys.version, installed(), told, settings], sort_keys=True).encode())
    for path in files_read(places.root, more):
        digest.update(f"\0{path}\0".encode(errors="surrogateescape"))
        digest.update(sha256(_bytes_of(path)).digest())
    return digest.hexdigest()


def _bytes_of(path: Path) -> bytes:
    """Nothing where an editor has put its own mark, a link to nowhere, or has just taken it away."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def files_read(root: Path, more: Iterable[str] = ()) -> list[Path]:
    """Every file a build of the project in `root` may read, in a fixed order."""
    places = [root / name for name in (*WORDS, *CODE)] + [ROOT / name for name in CODE] + list(map(Path, more))
    return sorted({path for place in places for path in _files(place)})


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for folder, names, files in os.walk(place, followlinks=True):
        names[:] = [name for name in names if name != "__pycache__"]
        yield from (Path(folder) / name for name in files)


def installed() -> list[str]:
    """Every installed package with its version."""
    folders = [Path(entry) for entry in sys.path if entry]
    return sorted({path.name for folder in folders if folder.is_dir() for path in folder.glob("*.dist-info")})

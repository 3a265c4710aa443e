"""Reads what is to be imported: one file, or every text file of a folder."""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from authoring.importing.errors import ImportingError

#: No essay is larger; whatever is, is something else, and not read.
LARGEST = 2_000_000


@dataclass(frozen=True)
class Source:
    """A text file. `encoding` says how it was read if not as UTF-8, else it is empty."""

    path: Path
    name: str
    sha256: str
    text: str
    encoding: str


@dataclass(frozen=True)
class LeftOut:
    """Something in the folder that is no text file, and why."""

    name: str
    reason: str


def gather(place: Path) -> tuple[list[Source], list[LeftOut]]:
    """The text files at `place`, by name. Raises ImportingError if there is none, or if one cannot be opened."""
    if not place.exists():
        raise ImportingError(f"{place}: there is no such file or folder; say FROM=file-or-folder")
    if not place.is_dir():
        return [_readable(place)], []
    entries = [read(path) for path in sorted(_listing(place)) if not path.name.startswith(".")]
    found = [entry for entry in entries if isinstance(entry, Source)]
    if not found:
        raise ImportingError(f"{place}: holds no text file to import")
    return found, [entry for entry in entries if isinstance(entry, LeftOut)]


def read(path: Path) -> Source | LeftOut:
    """A text file, or why it is none. Raises ImportingError if it cannot be opened at all."""
    name = _shown(path)
    if not path.is_file():
        return LeftOut(name, "a folder; import it by itself" if path.is_dir() else "not an ordinary file")
    try:
        if path.stat().st_size > LARGEST:
            return LeftOut(name, "too large for an essay")
        data = path.read_bytes()
    except OSError as error:
        raise ImportingError(f"{path}: cannot be read: {error.strerror}") from None
    try:
        text, encoding = decode(data)
    except ValueError as error:
        return LeftOut(name, str(error))
    return Source(path, name, sha256(data).hexdigest(), text, encoding)


def decode(data: bytes) -> tuple[str, str]:
    """The text, and the encoding if it is not UTF-8. Raises ValueError, with the reason, for what is no text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16"), "UTF-16"
    if b"\0" in data:
        raise ValueError("not plain text: it holds NUL bytes")
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return _strictly(data, "cp1252"), "Windows-1252"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ValueError("not plain text: neither UTF-8 nor Windows-1252") from None


def _readable(path: Path) -> Source:
    entry = read(path)
    if isinstance(entry, LeftOut):
        raise ImportingError(f"{path}: {entry.reason}; copy the essay's words into a text file")
    return entry


def _listing(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as error:
        raise ImportingError(f"{folder}: cannot be read: {error.strerror}") from None


def _shown(path: Path) -> str:
    """The name as one line of text, whatever bytes the file system holds."""
    return " ".join(os.fsencode(path.name).decode("utf-8", "replace").split())

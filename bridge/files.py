"""Files that are whole at every instant: written beside their place, then moved into it."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4


def replace_file(path: Path, data: bytes, durable: bool = False) -> bool:
    """Make `path` hold `data`; False if it already did. `durable` waits until the disk has it.

    Never writes in place: an older release may hold the same file by a hard link, and a reader
    may be half way through it.
    """
    if _bytes_of(path) == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_beside(path)
    try:
        with temporary.open("xb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
        if durable:
            sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def sync_folder(folder: Path) -> None:
    """Have the disk know its names: a power cut must not bring back what stood there before."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def temporary_beside(path: Path) -> Path:
    """A name in the same folder, so that a rename suffices; the dot keeps servers from handing it out."""
    return path.with_name(f".{uuid4().hex}.tmp")


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None

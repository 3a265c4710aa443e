"""Which file of a built site answers an address. Reads the file system, never writes."""

from __future__ import annotations

from pathlib import Path

from werkzeug.security import safe_join


def find(root: Path, name: str) -> Path | None:
    """The file that answers `name`, the folder if a slash is missing behind it, or None.

    Names that start with a dot are never answered: they hold what filling the pages needs.
    """
    joined = safe_join(str(root), name)
    if joined is None or any(part.startswith(".") for part in name.split("/")):
        return None
    try:
        return _at(Path(joined), name == "" or name.endswith("/"))
    except (OSError, ValueError):  # longer than any file's name, or with a null byte
        return None


def _at(path: Path, is_folder: bool) -> Path | None:
    if path.is_dir():
        index = path / "index.html"
        if not index.is_file():
            return None
        return index if is_folder else path
    return path if path.is_file() and not is_folder else None

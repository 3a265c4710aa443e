"""What keeps the preview from being built, beside its last good build: left by the builder, shown by the server."""

from __future__ import annotations

from pathlib import Path

from bridge.files import replace_file
from bridge.page_index import build_dir

ERROR_FILE = "error.txt"


def leave_error(root: Path, message: str) -> None:
    """Let the built site at `root` say `message`, one line; an empty one takes back what it says. Raises OSError.

    Where no build stands, there is nobody to show it.
    """
    path = build_dir(root) / ERROR_FILE
    if message and path.parent.is_dir():
        replace_file(path, message.encode())
    else:
        path.unlink(missing_ok=True)


def standing_error(root: Path) -> str:
    """What is wrong with the sources of the built site at `root`; empty if nothing is."""
    try:
        return " ".join((build_dir(root) / ERROR_FILE).read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        return ""

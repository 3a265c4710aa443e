"""Files that two releases share: links, so that what has not changed is neither read nor written again.

Asked thousands of times in a publishing, with names as they are: making a Path of each takes longer than the link.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from os.path import dirname, isfile
from pathlib import Path


def make_folders(root: Path, names: Iterable[str]) -> None:
    """Every folder below `root` that files of these names stand in."""
    for folder in {dirname(name) for name in names}:  # noqa: PTH120  # see above
        (root / folder).mkdir(parents=True, exist_ok=True)


def share(old: str, new: str) -> bool:
    """Let `new`, whose folder is there, be the file at `old` too; False if there is none. Raises OSError."""
    try:
        os.link(old, new)
    except OSError:
        if isfile(old):  # noqa: PTH113  # see above
            raise
        return False
    return True

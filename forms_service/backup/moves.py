"""What a restore brings takes the place of what stood there, and gives it back; `var/` may be on another disk."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from forms_service.backup.errors import BackupError


class Moves:
    """Files and folders that took the place of others, and can give it back."""

    def __init__(self) -> None:
        self._done: list[tuple[Path, Path]] = []

    def replace(self, place: Path, kept: Path, brought: Path) -> None:
        """What stands at `place` goes to `kept`, and `brought`, where it is there, to `place`. Raises OSError."""
        if _is_there(place):
            _put(place, kept)
        self._done.append((place, kept))
        _discard(place)  # the original, where it was copied
        if _is_there(brought):
            _put(brought, place)

    def take_back(self) -> None:
        """All as it was. Raises BackupError, when all the rest is put back, where something cannot be."""
        left = []
        for place, kept in reversed(self._done):
            try:
                _discard(place)
                if _is_there(kept):
                    _put(kept, place)
                    _discard(kept)
            except OSError as error:
                left.append(f"{place} could not be put back: {error}; move it there by hand, it stands in {kept}")
        if left:
            raise BackupError("; ".join(left))


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _put(source: Path, target: Path) -> None:
    """Whole or not at all. From another disk it is copied, and the original stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    try:
        if source.is_symlink():
            target.symlink_to(source.readlink())
        elif source.is_dir():
            shutil.copytree(source, target, symlinks=True)
        else:
            shutil.copy2(source, target)
    except BaseException as error:
        _discard(target)
        if isinstance(error, shutil.Error):  # one reason for each file of a folder
            raise OSError(error.args[0][0][2]) from None
        raise


def _discard(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

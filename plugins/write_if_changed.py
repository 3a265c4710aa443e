"""A writer that replaces a file, whole, only when its bytes differ: times stay still where nothing changed."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import TracebackType
from typing import Any

from pelican import signals
from pelican.utils import sanitised_join
from pelican.writers import FileOverwriteFailedError, Writer

from bridge.files import replace_file

WRITER = "WRITER"  # kept in the settings, which travel through every signal


class WriteIfChanged(Writer):  # type: ignore[misc]  # Pelican has no types
    """Pelican's writer with another way of opening files; its bookkeeping of what was written stays."""

    def has_written(self, name: str) -> bool:
        """Whether a page stands at `name`, below the site's root; on several processors, whoever made it."""
        return sanitised_join(self.output_path, name) in self._written_files

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> io.StringIO:
        if filename in self._overridden_files:
            if override:
                raise FileOverwriteFailedError(f'"{filename}" is overridden twice')
            return io.StringIO()  # whoever has overridden it wins: these words go nowhere
        if filename in self._written_files and not override:
            raise FileOverwriteFailedError(f'"{filename}" is written twice')
        if override:
            self._overridden_files.add(filename)
        self._written_files.add(filename)
        return _Whole(Path(filename), encoding)


class _Whole(io.StringIO):
    """Collects what is written and puts it in its place at the end, unless something went wrong."""

    def __init__(self, path: Path, encoding: str) -> None:
        super().__init__()
        self._path, self._encoding = path, encoding

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            write_if_changed(self._path, self.getvalue().encode(self._encoding))
        super().__exit__(kind, error, traceback)


def write_if_changed(path: Path, data: bytes) -> bool:
    """Make `path` hold `data`; True if it did not. For plugins that write files of their own, too.

    An unchanged file keeps its time of modification; only its change time moves, which tells the
    build that this run made it too (see authoring.staging).
    """
    if replace_file(path, data):
        return True
    times = path.stat()
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return False


def writer(pelican: Any) -> type[Writer]:
    """Another plugin may have left a writer of this kind that does more."""
    kind: type[Writer] = pelican.settings.get(WRITER, WriteIfChanged)
    return kind


def register() -> None:
    signals.get_writer.connect(writer)

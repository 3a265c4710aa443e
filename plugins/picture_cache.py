"""Draws pictures once and keeps them: what has not changed since costs a look. Many are drawn on all processors.

Run as a program it draws what its input asks for, one JSON object a line: `{"file": …, "kind": …, "values": {…}}`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from bridge.files import replace_file
from plugins.pictures import KINDS, Picture, draw, fingerprint

AT_MOST = 4  # processes
WORTH_IT = 30  # pictures; fewer are drawn before another process has begun
ROOT = Path(__file__).resolve().parent.parent


class DrawingError(Exception):
    """Some pictures could not be drawn; the message is one line."""


class PictureCache:
    """Files in `folder`, each a line with the fingerprint of its picture and then its bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._helpers: list[subprocess.Popen[bytes]] = []

    def begin(self, pictures: Mapping[str, Picture]) -> None:
        """Start to draw those of `pictures`, by name, that are not there yet. Raises DrawingError."""
        missing = [(name, picture) for name, picture in pictures.items() if self._known(name, picture) is None]
        if len(missing) < WORTH_IT:
            for name, picture in missing:
                self._keep(name, picture)
            return
        shares = min(AT_MOST, os.cpu_count() or 1)
        self._helpers = [self._helper(missing[share::shares]) for share in range(shares)]

    def take(self, pictures: Mapping[str, Picture]) -> Iterable[tuple[str, bytes]]:
        """Every picture by its name, once all are drawn. Raises DrawingError."""
        helpers, self._helpers = self._helpers, []
        ends = [helper.wait() for helper in helpers]
        if any(ends):
            raise DrawingError(
                f"{self._folder}: pictures could not be drawn into it; look at its owner and the space left"
            )
        for name, picture in pictures.items():
            yield name, self._known(name, picture) or self._keep(name, picture)

    def _known(self, name: str, picture: Picture) -> bytes | None:
        with suppress(OSError):
            mark, _, data = (self._folder / name).read_bytes().partition(b"\n")
            if mark == fingerprint(picture).encode():
                return data
        return None

    def _keep(self, name: str, picture: Picture) -> bytes:
        try:
            return keep(self._folder / name, picture)
        except OSError as error:
            where = self._folder / name
            raise DrawingError(f"{where}: {error.strerror}; look at its owner and the space left") from None

    def _helper(self, share: Iterable[tuple[str, Picture]]) -> subprocess.Popen[bytes]:
        lines = [
            json.dumps({"file": str(self._folder / name), "kind": type(picture).__name__, "values": asdict(picture)})
            for name, picture in share
        ]
        command = [sys.executable, "-m", "plugins.picture_cache"]
        helper = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)
        if helper.stdin:
            helper.stdin.write("\n".join(lines).encode())
            helper.stdin.close()
        return helper


def keep(path: Path, picture: Picture) -> bytes:
    """Draw a picture into the cache."""
    data = draw(picture)
    replace_file(path, fingerprint(picture).encode() + b"\n" + data)
    return data


def main() -> None:
    for line in sys.stdin:
        wanted = json.loads(line)
        keep(Path(wanted["file"]), KINDS[wanted["kind"]](**wanted["values"]))


if __name__ == "__main__":
    main()

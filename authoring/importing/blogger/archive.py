"""Finds a post's pictures in what Takeout gave beside the feed, by the names of their files, wherever they lie.

Takeout writes what was uploaded to `Albums/<album>/<name>`, a second one of that name to `<name>(1)`; the address in a
post ends with the name as it was. Nothing is unpacked; whatever one name may mean twice stays where it is.
"""

from __future__ import annotations

import os
import re
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from authoring.importing.blogger.detect import Feed

ENDINGS = frozenset((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"))
LARGEST = 10_000_000  # bytes
MOST = 200_000
#: What no file's name may hold on some machine, and what Takeout therefore writes otherwise.
_ODD = re.compile(r"""[<>:"/\\|?*&%'+_\s\x00-\x1f]+""")
_COPY = re.compile(r"\(\d{1,3}\)(?=\.\w+$)")
_ASKED = re.compile(r"=(?:[swh]\d+|w\d+-h\d+)[\w-]*$")


@dataclass(frozen=True)
class Lying:
    """A file of the archive, by its name in it. `read` raises OSError where it cannot be had."""

    name: str
    read: Callable[[], bytes]


class Archive:
    """Which file a picture's address means. `home` is the blog's own folder: its album counts before others."""

    def __init__(self, files: Iterable[Lying], home: str = "") -> None:
        self._home = _key(home)
        self._called: dict[str, list[Lying]] = defaultdict(list)
        for file in files:
            name = PurePosixPath(file.name).name
            for key in {_key(name), _key(_COPY.sub("", name))}:
                self._called[key].append(file)

    def find(self, address: str) -> Lying | str | None:
        """The one file of that name; why none can be chosen, where several have it; None where none has."""
        found = next((files for name in _names(address) if (files := self._called.get(_key(name)))), [])
        at_home = [file for file in found if self._home and self._home in map(_key, PurePosixPath(file.name).parts)]
        some = at_home or found
        if len(some) > 1 and not _alike(some):
            return f"has a name that {len(some)} pictures in the archive have"
        return some[0] if some else None


def archive_of(feed: Feed) -> Archive:
    """What lies around an export: in its zip, or in the folder that was named; around a feed alone, in Takeout's."""
    if feed.inside:
        return Archive(_in_zip(feed.path), PurePosixPath(feed.inside).parent.name)
    blogs = next((parent for parent in feed.path.absolute().parents if parent.name == "Blogs"), None)
    folder = feed.around or (blogs.parent if blogs else None)
    return Archive(_in_folder(folder) if folder else (), feed.path.absolute().parent.name)


def _in_zip(path: Path) -> Iterator[Lying]:
    """The zip stays open: to read its list anew for each picture would take longer than the pictures."""
    archive = zipfile.ZipFile(path)
    for member in archive.infolist():
        if _is_picture(member.filename) and member.file_size <= LARGEST:
            yield Lying(member.filename, partial(_unpacked, archive, member))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Never more than a picture may have, whatever the zip says of it."""
    try:
        with archive.open(member) as file:
            return file.read(LARGEST + 1)
    # Damaged, cut short, packed in a way that zipfile does not know, or under a password.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise OSError(str(error)) from None


def _in_folder(folder: Path) -> Iterator[Lying]:
    """Links lead elsewhere, perhaps to what is nobody's to show: they are passed over."""
    count = 0
    for place, _, names in os.walk(folder, followlinks=False):
        for name in filter(_is_picture, names):
            path = Path(place, name)
            count += 1
            if count <= MOST and not path.is_symlink():
                yield Lying(path.relative_to(folder).as_posix(), partial(_bytes_of, path))


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _is_picture(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in ENDINGS


def _names(address: str) -> Iterator[str]:
    """The name an address ends with; some are encoded twice."""
    try:
        last = urlsplit(address).path.rpartition("/")[2]
    except ValueError:
        return
    once = unquote(_ASKED.sub("", last))
    yield from dict.fromkeys((once, unquote(once)))


def _key(name: str) -> str:
    return _ODD.sub("_", unicodedata.normalize("NFC", name)).casefold().strip("_")


def _alike(files: list[Lying]) -> bool:
    try:
        return len({file.read() for file in files}) == 1
    except OSError:
        return False

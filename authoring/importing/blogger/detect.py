"""Finds the export among what the author names: a file, the folder or the zip that Takeout gives; by content alone."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO

from authoring.importing.errors import ImportingError

BACKUP, TAKEOUT, PUBLIC = "Blogger backup", "Google Takeout", "public feed of a blog"
#: How much of a file is read to know what it is, and how large an export may be, unpacked.
HEAD, LARGEST = 65_536, 512_000_000
MOST_MEMBERS = 100_000
_MARKER = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?\n", re.MULTILINE)
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[^>]*>?", re.ASCII)
_ENCODING = re.compile(r"""<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)""")
#: In any other, what is looked for below could stand disguised.
_ENCODINGS = {"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "windows-1252"}


@dataclass(frozen=True)
class Feed:
    """An export, and where it stands; `inside` names it within a zip, `around` the folder that holds it."""

    path: Path
    form: str
    inside: str = ""
    around: Path | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        return f"{self.path}/{self.inside}" if self.inside else str(self.path)

    @property
    def short(self) -> str:
        return PurePosixPath(self.inside or self.path.as_posix()).name

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Its bytes, as they are read. Raises ImportingError, or OSError."""
        if not self.inside:
            with self.path.open("rb") as file:
                yield file
            return
        with _zip(self.path) as archive, archive.open(self.inside) as member:
            yield member


def find(place: Path) -> Feed | None:
    """The export at `place`, None where plain texts stand. Raises ImportingError for what is neither, with its name.

    A file within a zip is named as if the zip were a folder.
    """
    if place.is_dir():
        return _in_folder(place)
    if not place.is_file():
        archive = next((parent for parent in place.parents if parent.is_file() and zipfile.is_zipfile(parent)), None)
        return _in_zip(archive, place.relative_to(archive).as_posix()) if archive else None
    with place.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(place)
    form = form_of(head, place.name)
    if form and place.stat().st_size > LARGEST:
        raise ImportingError(f"{place}: larger than {LARGEST // 1_000_000} MB; this import reads no such exports")
    return Feed(place, form) if form else None


def form_of(head: bytes, name: str) -> str:
    """What the beginning of a file says it is; empty for plain text. Raises ImportingError for other formats."""
    text = _MARKER.sub("", _decoded(head)).lstrip("\ufeff \t\r\n")
    if not re.match(r"<[?!A-Za-z]", text):
        return ""
    encoding = _ENCODING.match(text)
    if encoding and encoding[1].lower() not in _ENCODINGS:
        raise ImportingError(f"{name}:1: written in {encoding[1]}, which no export of Blogger is; save it as UTF-8")
    at = 0
    while found := _PROLOG.match(text, at):
        at = found.end()
    if re.match(r"<!DOCTYPE\s+html", text[at:], re.IGNORECASE):
        return _refused(name, "html")
    if text.startswith("<!", at):
        line = text.count("\n", 0, at) + 1
        raise ImportingError(f"{name}:{line}: it declares entities of its own, which no export of Blogger does")
    root = _ROOT.match(text, at)
    return _form(text, root[1].lower() if root else "", name)


def _form(text: str, root: str, name: str) -> str:
    if root in ("feed", "rss") and "wordpress.org/export/" not in text:
        if "schemas.google.com/blogger/2018" in text:
            return TAKEOUT
        if "schemas.google.com/blogger/2008/kind#" in text:
            return BACKUP
        if "tag:blogger.com" in text or re.search(r"<generator[^>]*>\s*Blogger", text):
            return PUBLIC
    return _refused(name, root if root != "rss" or "wordpress.org/export/" in text else "feed")


def _refused(name: str, root: str) -> str:
    known = {
        "rss": "a WordPress export; this import reads Blogger's, from takeout.google.com",
        "disqus": "a Disqus export of comments; this import takes comments from Blogger's own export",
        "html": "a web page; save the essay's words as a text file, or export the blog from Blogger",
        "feed": "a feed, but none that Blogger wrote; export the blog at takeout.google.com",
    }
    if root in known:
        raise ImportingError(f"{name}:1: {known[root]}")
    if not root:
        return ""
    raise ImportingError(f"{name}:1: XML that begins with <{root}>, no export of Blogger; take feed.atom from Takeout")


def _decoded(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    return head.decode("utf-8", "replace")


def _in_folder(folder: Path) -> Feed | None:
    """Takeout's folder holds one `feed.atom` a blog; a folder may also hold one export and nothing else of XML."""
    names = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".atom", ".xml") and path.is_file())
    found = [(path.relative_to(folder).as_posix(), path) for path in names if not path.is_symlink()]
    chosen = _the_one([name for name, _ in found], str(folder))
    feed = find(dict(found)[chosen]) if chosen else None
    return replace(feed, around=folder) if feed else None


def _in_zip(path: Path, wanted: str = "") -> Feed:
    """The one export in it; of several, the one in the folder or the file that is `wanted`."""
    with _zip(path) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise ImportingError(f"{path}: a zip of {len(members):,} files is no export of Blogger")
        for member in members:
            _check_member(path, member)
        names = [m.filename for m in members if m.filename.lower().endswith((".atom", ".xml"))]
        chosen = _the_one([n for n in names if not wanted or f"{n}/".startswith(f"{wanted}/")], str(path))
        if not chosen:
            raise ImportingError(f"{path}: holds no feed.atom; choose Blogger when you ask Takeout for your data")
        with archive.open(chosen) as member_file:
            form = form_of(member_file.read(HEAD), f"{path}/{chosen}")
    if not form:
        raise ImportingError(f"{path}/{chosen}: not an export of Blogger")
    return Feed(path, form, chosen)


def _check_member(path: Path, member: zipfile.ZipInfo) -> None:
    """Nothing is unpacked onto the disk; yet a zip that tries such things comes from nobody one should trust."""
    if member.filename.startswith(("/", "\\")) or ".." in PurePosixPath(member.filename.replace("\\", "/")).parts:
        raise ImportingError(f"{path}: a file in it would be unpacked elsewhere ({member.filename[:60]!r}); refused")
    if member.file_size > LARGEST and member.filename.lower().endswith((".atom", ".xml")):
        raise ImportingError(f"{path}/{member.filename}: would unpack to {member.file_size // 1_000_000:,} MB; refused")
    if member.flag_bits & 1:
        raise ImportingError(f"{path}/{member.filename}: locked with a password; unpack it first")


def _the_one(names: list[str], place: str) -> str:
    """Takeout puts the blogs under `Blogs/`, and the author's comments elsewhere beside them."""
    feeds = [name for name in names if PurePosixPath(name).name.lower() == "feed.atom"]
    blogs = [name for name in feeds if "Blogs" in PurePosixPath(name).parts]
    found = blogs or feeds or names
    if len(found) > 1:
        listed = ", ".join(found[:5])
        raise ImportingError(f"{place}: holds {len(found)} exports ({listed}); name the one: FROM={place}/…")
    return found[0] if found else ""


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    # Damaged, packed in a way Python does not know, damaged inside a file, cut off.
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
        raise ImportingError(f"{path}: cannot be unpacked ({error}); download it again") from None

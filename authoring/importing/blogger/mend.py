"""Puts right what keeps an export from being XML, where that is safe: nothing the author wrote is touched. Pure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5

#: What exports declare; another prefix gets a name that means nothing.
_SPACES = {
    "thr": "http://purl.org/syndication/thread/1.0", "app": "http://purl.org/atom/app#",
    "gd": "http://schemas.google.com/g/2005", "openSearch": "http://a9.com/-/spec/opensearchrss/1.0/",
    "blogger": "http://schemas.google.com/blogger/2018", "georss": "http://www.georss.org/georss",
    "media": "http://search.yahoo.com/mrss/", "atom": "http://www.w3.org/2005/Atom",
}  # fmt: skip
#: Characters that XML has no place for, as bytes and as references.
_UNWRITABLE = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]"
    rb"|&#(?:x0*(?:[0-8bce-f]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));",
    re.IGNORECASE,
)
_CONFLICT = re.compile(
    rb"^<{7}(?: [^\n]*)?\n(?P<first>.*?)^(?:\|{7}[^\n]*\n.*?^)?={7}\r?\n(?P<second>.*?)^>{7}(?: [^\n]*)?(?:\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
_BARE = re.compile(rb"&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)(?:(\w+);)?")
_TAG = re.compile(rb"<(/?)([A-Za-z_][\w.-]*):[\w.-]+|[\s]([A-Za-z_][\w.-]*):[\w.-]+\s*=\s*[\"']")


def mended(data: bytes) -> Iterator[tuple[bytes, str]]:
    """The data put right in one respect more each time, with the words that say in which. Stop when it can be read."""
    if _CONFLICT.search(data):
        yield from _merged(data)
        data = _CONFLICT.sub(rb"\g<first>", data)
    for mend in (_closed, _decoded, _writable, _entities, _declared):
        data, words = mend(data)
        if words:
            yield data, words


def _merged(data: bytes) -> Iterator[tuple[bytes, str]]:
    """Both sides where both can stand; else the first. Entries that then stand twice are counted by their ids."""
    lines = ", ".join(str(data.count(b"\n", 0, found.start()) + 1) for found in _CONFLICT.finditer(data))
    yield (
        _CONFLICT.sub(rb"\g<first>\g<second>", data),
        f"took git's conflict markers out, kept both sides: line {lines}",
    )
    yield _CONFLICT.sub(rb"\g<first>", data), f"both could not stand: kept the first side at line {lines}"


def _closed(data: bytes) -> tuple[bytes, str]:
    """A file that breaks off keeps all its whole entries."""
    for root, entry in ((b"feed", b"entry"), (b"rss", b"item")):
        found = re.search(rb"<((?:\w+:)?)" + root + rb"[\s>]", data[:65_536])
        if not found or data.rstrip().endswith(b"</" + found[1] + root + b">"):
            continue
        end = b"</" + found[1] + entry + b">"
        at = data.rfind(end)
        if at < 0:
            return data, ""
        line = data.count(b"\n") + 1
        close = b"</channel></rss>" if root == b"rss" else b"</" + found[1] + root + b">"
        return data[: at + len(end)] + close, f"the file breaks off at line {line}; its whole entries were read"
    return data, ""


def _decoded(data: bytes) -> tuple[bytes, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data, ""
    try:
        data.decode()
        return data, ""
    except UnicodeDecodeError as error:
        if re.match(rb"<\?xml[^>]*encoding=[\"'](?!utf-?8)", data[:200], re.IGNORECASE):
            return data, ""
        line = data.count(b"\n", 0, error.start) + 1
        return _as_windows(data), f"bytes that are no UTF-8, the first in line {line}, were read as Windows-1252"


def _as_windows(data: bytes) -> bytes:
    codecs.register_error("as-windows", lambda error: (_windows(error), getattr(error, "end", 0)))
    return data.decode(errors="as-windows").encode()


def _windows(error: UnicodeError) -> str:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace")


def _writable(data: bytes) -> tuple[bytes, str]:
    cleaned, count = _UNWRITABLE.subn(b"", data)
    return cleaned, f"{count} control character{'s' * (count != 1)} that XML cannot hold taken out" if count else ""


def _entities(data: bytes) -> tuple[bytes, str]:
    if b"<![CDATA[" in data:
        return data, ""  # there an ampersand is an ampersand
    repaired, count = _BARE.subn(_character, data)
    return (
        repaired,
        f"{count} bare ampersand{'s' * (count != 1)} or HTML entities written as XML has them" if count else "",
    )


def _character(found: re.Match[bytes]) -> bytes:
    name = (found[1] or b"").decode("ascii", "replace")
    if character := html5.get(f"{name};") if name else None:
        return character.encode()
    return b"&amp;" + found[0][1:]


def _declared(data: bytes) -> tuple[bytes, str]:
    used = {(found[2] or found[3]).decode() for found in _TAG.finditer(data)} - {"xml", "xmlns"}
    root = re.search(rb"<(?:\w+:)?(?:feed|rss)\b", data)
    head = data[root.start() : data.index(b">", root.start())] if root and b">" in data[root.start() :] else b""
    missing = sorted(name for name in used if f"xmlns:{name}".encode() not in head)
    if not root or not missing:
        return data, ""
    added = "".join(f' xmlns:{name}="{_SPACES.get(name, f"urn:undeclared:{name}")}"' for name in missing)
    repaired = data[: root.end()] + added.encode() + data[root.end() :]
    return repaired, f"the prefix{'es' * (len(missing) > 1)} {', '.join(missing)} had not been declared"

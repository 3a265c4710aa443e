"""Which addresses in a post may stay, which name a player or a picture, and how they are written. Pure."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote, unquote_to_bytes, urlsplit

SAFE = frozenset(("http", "https", "mailto", "tel"))
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_VIDEO = re.compile(r"(?:youtube(?:-nocookie)?\.com/(?:v|embed)/|youtu\.be/)([\w-]{6,})", re.IGNORECASE)
_DATA = re.compile(r"data:([^,]*),(.*)", re.IGNORECASE | re.DOTALL)
_SERVICE = re.compile(r"(?:bp\.blogspot|(?:blogger|lh\d)\.googleusercontent|lh\d\.ggpht)\.com$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)$", re.IGNORECASE)
LONGEST = 2000


def tidy(address: str) -> str:
    """`address` as it can be written anywhere: trimmed, line ends out, what has a meaning elsewhere encoded.

    Empty if no browser should or could follow it.
    """
    address = re.sub(r"[\t\r\n]+", "", address.strip("".join(map(chr, range(33))) + "\xa0"))
    if not is_safe(address) or len(address) > LONGEST:
        return ""
    if address.lower().startswith("www."):
        address = f"http://{address}"
    return re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029\"'<>`\\^{|}*\[\]]", lambda found: quote(found[0]), address)


def is_safe(address: str) -> bool:
    bare = _SPACE.sub("", address)
    scheme = _SCHEME.match(bare)
    if scheme is None:
        return bool(bare)
    if scheme[1].lower() not in SAFE:  # "www.example.com:80/x" has no scheme, but a port
        return "." in scheme[1] and bare[scheme.end() :][:1].isdigit()
    try:
        return bool(bare[scheme.end() :].strip("/")) and urlsplit(bare) is not None
    except ValueError:
        return False


def played(address: str) -> str:
    """Where one can watch what a player at `address` would have shown."""
    address = tidy(f"https:{address.strip()}" if address.strip().startswith("//") else address)
    found = _VIDEO.search(address)
    return f"https://www.youtube.com/watch?v={found[1]}" if found else address


def shown(address: str) -> str:
    """An address as words."""
    return re.sub(r"^(?:https?:)?//(?:www\.)?", "", address)


def is_larger(address: str, picture: str) -> bool:
    """Whether a link around a picture leads to a picture again: the same one's, or one of this site."""
    try:
        there, here = urlsplit(address), urlsplit(picture)
    except ValueError:
        return False
    if _SERVICE.search(there.netloc) and _SERVICE.search(here.netloc):
        return True
    if there.netloc == here.netloc and there.path.rstrip("/") == here.path.rstrip("/"):
        return True
    return there.netloc in ("", here.netloc) and bool(_PICTURE.search(there.path))


def data_of(address: str) -> bytes | None:
    """The bytes of a data URI; None if it is none, or spoilt."""
    found = _DATA.match(address.strip())
    if not found:
        return None
    try:
        raw = unquote_to_bytes(found[2])
        return base64.b64decode(re.sub(rb"\s", b"", raw)) if "base64" in found[1].lower() else raw
    except ValueError:
        return None


def file_name(address: str) -> str:
    """The last part of an address as one word, to name a picture that has no other name."""
    try:
        last = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    except ValueError:
        return ""
    name = unquote_to_bytes(last).decode("utf-8", "replace")
    return "_".join(re.sub(r"[^\w.\-+]", " ", name).split())[:80]

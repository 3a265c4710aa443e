"""Stylesheets and drawings fetch nothing from anybody else, and drawings run nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urljoin, urlsplit

from authoring.check.finding import Finding
from authoring.check.links import file_of

TEXTS = (".css", ".svg")
IMPORTED = "images/imported/"  # brought in as they were
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOADED = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])([^"')\s]+)""", re.IGNORECASE)
_DRAWN = re.compile(r"""<(?:\w+:)?(?:image|use|feImage)\b[^>]*?\bhref\s*=\s*["']([^"']+)""", re.IGNORECASE)
_CODE = re.compile(r"""<(?:\w+:)?script\b|\son[a-z]+\s*=\s*["']|["']\s*javascript:""", re.IGNORECASE)


def asset_findings(texts: Mapping[str, str], files: frozenset[str], site: str) -> Iterator[Finding]:
    """`texts` are the stylesheets and drawings of the build by name, `files` is everything it has."""
    for name, text in texts.items():
        blocking = not name.startswith(IMPORTED)
        if name.endswith(".svg") and (code := _CODE.search(text)):
            what, remedy = "code stands in the drawing", "take it out, or save it without: browsers refuse it here"
            yield Finding(source_of(name), _line(text, code.start()), what, remedy, blocking)
        for start, address in _loaded(name, text):
            if said := _said(address, name, site, files):
                yield Finding(source_of(name), _line(text, start), *said, blocking)


def source_of(name: str) -> str:
    """Where the author finds what is built to `name`."""
    if name.startswith("theme/"):
        return name.replace("theme/", "theme/static/", 1)
    return f"content/{name}" if name.startswith("images/") else name


def _loaded(name: str, text: str) -> Iterable[tuple[int, str]]:
    """Every address that a browser follows by itself, with its place in `text`."""
    plain = _REMARK.sub(lambda remark: re.sub(r"[^\n]", " ", remark[0]), text)
    patterns = (_LOADED, _DRAWN) if name.endswith(".svg") else (_LOADED,)
    return [(found.start(1), found[1]) for pattern in patterns for found in pattern.finditer(plain)]


def _said(address: str, name: str, site: str, files: frozenset[str]) -> tuple[str, str] | None:
    """What is wrong with `address` in the file `name`, and how to mend it."""
    if address.startswith(("#", "data:")):
        return None
    try:
        whole = urljoin(f"{site}/{name}", address)
        path = unquote(urlsplit(whole).path.removeprefix(urlsplit(site).path))
    except ValueError:
        return f"it would load {address}, which is no address", "mend the address or take it away"
    if not whole.startswith(f"{site}/"):
        return f"it would load {address} from another host", "put the file beside it and name that"
    if file_of(path, files) is None:
        return f"there is no file {path}", "mend the address or take it away"
    return None


def _line(text: str, start: int) -> int:
    return text.count("\n", 0, start) + 1

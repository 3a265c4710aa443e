"""Reads an export entry by entry: each becomes one record, or is counted among what stays out, with the reason."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import IO
from urllib.parse import urlsplit

from lxml import etree

from authoring.importing.blogger.detect import LARGEST, Feed
from authoring.importing.blogger.elements import ATOM, alternate, entry_of
from authoring.importing.blogger.entries import COMMENT, PAGE, POST, TRASHED, Entry
from authoring.importing.blogger.mend import mended
from authoring.importing.errors import ImportingError

SEARCH = ("{http://a9.com/-/spec/opensearchrss/1.0/}", "{http://a9.com/-/spec/opensearch/1.1/}")

_ZONE = re.compile(r"\.settings\.BLOG_TIME_?ZONE$")


@dataclass
class Export:
    """All that was read. Every entry of the file is in `entries`, or counted in `left_out` by its reason."""

    feed: Feed
    title: str = ""
    entries: list[Entry] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    #: What was put right in the file so that it could be read.
    mended: list[str] = field(default_factory=list)
    #: How many entries the blog says it has; 0 where it does not say.
    announced: int = 0
    total: int = 0
    #: The time zone the blog was kept in, as it calls it; empty where the export does not say.
    zone: str = ""


def read_export(feed: Feed) -> Export:
    """Everything in `feed`. Raises ImportingError with file, line and reason where it cannot be read."""
    try:
        with feed.opened() as file:
            return _read(feed, _Limited(file, feed.name), Export(feed))
    except etree.XMLSyntaxError as fault:
        with feed.opened() as file:
            data = _Limited(file, feed.name).read()
        return _read_mended(feed, data, fault)


def _read_mended(feed: Feed, data: bytes, fault: etree.XMLSyntaxError) -> Export:
    said: list[str] = []
    for repaired, words in mended(data):
        said.append(words)
        with suppress(etree.XMLSyntaxError):
            export = _read(feed, BytesIO(repaired), Export(feed))
            export.mended = said
            if "breaks off" in words:
                export.left_out.append(("", "cut off where the file ends"))
                export.total += 1
            return export
    line, reason = fault.position[0], (fault.msg or "").partition(", line ")[0]
    raise ImportingError(f"{feed.name}:{line}: not well-formed XML ({reason}); export the blog again") from None


class _Limited:
    """A file that refuses to be larger than any export, whatever its zip has promised."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.file, self.name, self.size = file, name, 0

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size if size >= 0 else LARGEST + 1)
        self.size += len(data)
        if self.size > LARGEST:
            raise ImportingError(f"{self.name}: unpacks to more than {LARGEST // 1_000_000} MB; refused")
        return data


def _read(feed: Feed, file: _Limited | BytesIO, export: Export) -> Export:
    """No DOCTYPE reaches this (`detect` refuses it), so that there is no entity to expand and nothing to fetch."""
    context = etree.iterparse(
        file, events=("end",), tag=(f"{ATOM}entry", f"{ATOM}feed", "item"), resolve_entities=False, no_network=True,
        load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=True, recover=False,
    )  # fmt: skip
    seen: set[str] = set()
    for _, element in context:
        parent = element.getparent()
        if parent is None or (parent.getparent() is not None and element.tag != "item"):
            continue
        if not export.total:
            if element.getroottree().docinfo.internalDTD is not None:
                raise ImportingError(f"{feed.name}: it declares entities of its own, which no export of Blogger does")
            _about(parent, export)
        export.total += 1
        _take(element, export, seen)
        element.clear()
        while element.getprevious() is not None:
            del parent[0]
    if not export.total and (root := context.root) is not None:
        _about(root, export)
    return export


def _about(parent: etree._Element, export: Export) -> None:
    export.title = " ".join((parent.findtext(f"{ATOM}title") or parent.findtext("title") or "").split())
    for link in parent.iterfind(f"{ATOM}link"):
        if link.get("rel") == "alternate":
            export.hosts |= _host(link.get("href", ""))
    export.hosts |= _host(parent.findtext("link") or "")
    for space in SEARCH:
        with suppress(ValueError):
            export.announced = int(parent.findtext(f"{space}totalResults") or export.announced)


def _take(element: etree._Element, export: Export, seen: set[str]) -> None:
    entry = entry_of(element)
    if _ZONE.search(entry.id):
        export.zone = " ".join(entry.html.split())[:60]
    shown = entry.title or entry.id
    if entry.kind not in (POST, PAGE, COMMENT):
        words = {"template": "the old blog's template", "settings": "a setting of the old blog"}
        export.left_out.append(
            (shown, words.get(entry.kind, f"neither post, page nor comment ({entry.kind or 'no kind'})"))
        )
    elif entry.status == TRASHED:
        export.left_out.append((shown, "in the trash"))
    elif not entry.id:
        export.left_out.append((shown, "without an id"))
    elif entry.id in seen:
        export.left_out.append((shown, "the same entry a second time"))
    else:
        seen.add(entry.id)
        export.hosts |= _host(alternate(element))
        export.entries.append(entry)


def _host(address: str) -> set[str]:
    try:
        host = urlsplit(address.strip()).hostname
    except ValueError:
        return set()
    return {host.lower()} if host and host not in ("www.blogger.com", "draft.blogger.com") else set()


def with_addresses(entries: list[Entry]) -> list[Entry]:
    """The same, with what only a comment still knows: the address of its post."""
    told = {e.parent: e.address.partition("?")[0] for e in entries if e.kind == COMMENT and ".html" in e.address}
    return [replace(e, address=told.get(e.id, "")) if e.kind != COMMENT and not e.address else e for e in entries]

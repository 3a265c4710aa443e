"""Reads an export entry by entry: each becomes one record, or is counted among what stays out, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from io import BytesIO
from typing import IO
from urllib.parse import urlsplit

from lxml import etree

from authoring.importing.blogger.detect import LARGEST, Feed
from authoring.importing.blogger.entries import COMMENT, DRAFT, LIVE, PAGE, POST, REMOVED, TRASHED, Entry
from authoring.importing.blogger.mend import mended
from authoring.importing.errors import ImportingError

ATOM, RSS = "{http://www.w3.org/2005/Atom}", ""
NEW = "{http://schemas.google.com/blogger/2018}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
APPS = ("{http://purl.org/atom/app#}", "{http://www.w3.org/2007/app}")
GOOGLE = "{http://schemas.google.com/g/2005}"
SEARCH = ("{http://a9.com/-/spec/opensearchrss/1.0/}", "{http://a9.com/-/spec/opensearch/1.1/}")
_POST = re.compile(r"(tag:blogger\.com,1999:blog-\d+\.)post-(\d+)")
#: Above this libxml2 gives up on one text, unless it is told that large ones are expected.
_ORDINARY = 9_000_000


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
    raw_kind = _kind(element)
    entry = _rss(element, raw_kind) if element.tag == "item" else _entry(element, raw_kind)
    shown = entry.title or entry.id
    if raw_kind not in (POST, PAGE, COMMENT):
        words = {"template": "the old blog's template", "settings": "a setting of the old blog"}
        export.left_out.append(
            (shown, words.get(raw_kind, f"neither post, page nor comment ({raw_kind or 'no kind'})"))
        )
    elif entry.status == TRASHED:
        export.left_out.append((shown, "in the trash"))
    elif not entry.id:
        export.left_out.append((shown, "without an id"))
    elif entry.id in seen:
        export.left_out.append((shown, "the same entry a second time"))
    else:
        seen.add(entry.id)
        export.hosts |= _host(_alternate(element))
        export.entries.append(entry)


def _entry(element: etree._Element, kind: str) -> Entry:
    author = element.find(f"{ATOM}author")
    name = author.findtext(f"{ATOM}name") if author is not None else ""
    uri = author.findtext(f"{ATOM}uri") if author is not None else ""
    blog_id = (element.findtext(f"{ATOM}id") or "").strip()
    published = element.findtext(f"{ATOM}published") or element.findtext(f"{NEW}created") or ""
    return Entry(
        kind=kind,
        id=blog_id,
        title=_title(element.find(f"{ATOM}title")),
        html=_html(element.find(f"{ATOM}content"), element.find(f"{ATOM}summary")),
        published=moment(published),
        updated=moment(element.findtext(f"{ATOM}updated") or ""),
        author=" ".join((name or "").split()),
        author_url=(uri or "").strip(),
        labels=_labels(element),
        address=_path(element.findtext(f"{NEW}filename") or _alternate(element) or _replies(element)),
        status=_status(element),
        parent=_parent(element),
        reply_to=_reply_to(element, blog_id),
    )


def _rss(element: etree._Element, kind: str) -> Entry:
    author = element.findtext("author") or ""
    name = re.search(r"\(([^)]*)\)", author)
    return Entry(
        kind=kind,
        id=(element.findtext("guid") or "").strip(),
        title=" ".join((element.findtext("title") or "").split()),
        html=element.findtext("description") or "",
        published=moment(element.findtext("pubDate") or ""),
        updated=moment(element.findtext(f"{ATOM}updated") or ""),
        author=name[1] if name else "",
        author_url="",
        labels=tuple(
            dict.fromkeys((c.text or "").strip() for c in element.iterfind("category") if (c.text or "").strip())
        ),
        address=_path(_alternate(element)),
        status=LIVE,
        parent=_parent(element),
    )


def moment(text: str) -> datetime | None:
    """An aware moment of an Atom or RSS date, None if it is none."""
    text = text.strip()
    with suppress(ValueError, TypeError, OverflowError):
        read = datetime.fromisoformat(text) if "-" in text[:5] else parsedate_to_datetime(text)
        aware = read if read.tzinfo else read.replace(tzinfo=UTC)
        return aware if 1990 < aware.year < 2200 else None
    return None


def _kind(element: etree._Element) -> str:
    if new := element.findtext(f"{NEW}type"):
        return new.strip().lower()
    for category in element.iterfind(f"{ATOM}category"):
        if category.get("scheme", "").endswith("g/2005#kind"):
            return category.get("term", "").rpartition("#")[2]
    entry_id = element.findtext(f"{ATOM}id") or element.findtext("guid") or ""
    if element.find(f"{THREAD}in-reply-to") is not None:
        return COMMENT
    found = re.search(r"\.(post|page|settings|template|layout)-?", entry_id)
    return {"layout": "template"}.get(found[1], found[1]) if found else ""


def _status(element: etree._Element) -> str:
    trashed = (element.findtext(f"{NEW}trashed") or "").strip().lower()
    if trashed not in ("", "false"):
        return TRASHED
    for entry_property in element.iterfind(f"{GOOGLE}extendedProperty"):
        if entry_property.get("name") == "blogger.contentRemoved" and entry_property.get("value") == "true":
            return REMOVED
    if any((element.findtext(f"{app}control/{app}draft") or "").strip() == "yes" for app in APPS):
        return DRAFT
    return {"soft_trashed": TRASHED, "deleted": REMOVED, "emptied": REMOVED}.get(
        said := (element.findtext(f"{NEW}status") or LIVE).strip().lower(), said
    )


def _labels(element: etree._Element) -> tuple[str, ...]:
    found = (c.get("term", "") for c in element.iterfind(f"{ATOM}category") if "g/2005#" not in c.get("scheme", ""))
    return tuple(dict.fromkeys(label for term in found if (label := " ".join(term.split()))))


def _links(element: etree._Element, rel: str) -> Iterator[str]:
    for link in element.iterfind(f"{ATOM}link"):
        if link.get("rel", "alternate") == rel and link.get("type", "text/html") == "text/html":
            yield link.get("href", "")


def _alternate(element: etree._Element) -> str:
    return next(_links(element, "alternate"), "") or (element.findtext("link") or "")


def _replies(element: etree._Element) -> str:
    """Where an entry names no address of its own, the link to its comments tells it."""
    return next((href for href in _links(element, "replies") if urlsplit(href).path.endswith(".html")), "")


def _parent(element: etree._Element) -> str:
    reply = element.find(f"{THREAD}in-reply-to")
    said = element.findtext(f"{NEW}parent") or (reply.get("ref") if reply is not None else "")
    return (said or "").strip()


def _reply_to(element: etree._Element, own_id: str) -> str:
    if said := element.findtext(f"{NEW}inReplyTo"):
        return said.strip()
    for link in element.iterfind(f"{ATOM}link"):
        number = re.search(r"/comments/default/(\d+)$", link.get("href", "")) if link.get("rel") == "related" else None
        if number and (own := _POST.match(own_id)):
            return f"{own[1]}post-{number[1]}"
    return ""


def _title(element: etree._Element | None) -> str:
    text = "".join(map(str, element.itertext())) if element is not None else ""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def _html(content: etree._Element | None, summary: etree._Element | None) -> str:
    element = content if content is not None else summary
    if element is None:
        return ""
    if len(element):
        inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
        return f"{escape(element.text or '', quote=False)}{inner}"
    text = element.text or ""
    return escape(text, quote=False) if element.get("type") in ("text", "text/plain") else text


def _path(address: str) -> str:
    """What stands behind the host; what names none is left as it is, for the plan to judge."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return parts.path if parts.scheme in ("http", "https") else address.strip()


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

"""What one entry of an export says, in each of the forms that Blogger has had. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape, unescape
from urllib.parse import urlsplit

from lxml import etree

from authoring.importing.blogger.entries import COMMENT, DRAFT, LIVE, REMOVED, TRASHED, Entry

ATOM = "{http://www.w3.org/2005/Atom}"
NEW = "{http://schemas.google.com/blogger/2018}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
APPS = ("{http://purl.org/atom/app#}", "{http://www.w3.org/2007/app}")
GOOGLE = "{http://schemas.google.com/g/2005}"
_MARKS = re.compile(
    r"</?(?:a|b|big|br|center|em|font|i|s|small|span|strike|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_POST = re.compile(r"(tag:blogger\.com,1999:blog-\d+\.)post-(\d+)")


def entry_of(element: etree._Element) -> Entry:
    """One `entry` or `item` as it stands; its kind may be one that stays out."""
    return _rss(element, _kind(element)) if element.tag == "item" else _entry(element, _kind(element))


def _entry(element: etree._Element, kind: str) -> Entry:
    author = element.find(f"{ATOM}author")
    name = author.findtext(f"{ATOM}name") if author is not None else ""
    uri = author.findtext(f"{ATOM}uri") if author is not None else ""
    account = author.findtext(f"{NEW}type") if author is not None else ""
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
        address=_path(element.findtext(f"{NEW}filename") or alternate(element) or _replies(element)),
        status=_status(element),
        parent=_parent(element),
        reply_to=_reply_to(element, blog_id),
        signed_in=(account or "").strip() == "BLOGGER",
    )


def _rss(element: etree._Element, kind: str) -> Entry:
    author = element.findtext("author") or ""
    name = re.search(r"\(([^)]*)\)", author)
    return Entry(
        kind=kind,
        id=(element.findtext("guid") or "").strip(),
        title=_seen(element.findtext("title") or ""),
        html=element.findtext("description") or "",
        published=moment(element.findtext("pubDate") or ""),
        updated=moment(element.findtext(f"{ATOM}updated") or ""),
        author=name[1] if name else "",
        author_url="",
        labels=tuple(
            dict.fromkeys((c.text or "").strip() for c in element.iterfind("category") if (c.text or "").strip())
        ),
        address=_path(alternate(element)),
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


def alternate(element: etree._Element) -> str:
    return next(_links(element, "alternate"), "") or (element.findtext("link") or "")


def _replies(element: etree._Element) -> str:
    """Where an entry names no address of its own, the link to its comments tells it."""
    return next((href for href in _links(element, "replies") if _path(href).endswith(".html")), "")


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
    return _seen(text)


def _seen(title: str) -> str:
    """Blogger printed titles as HTML, and saved some with their quotation marks spelled out."""
    bare = unescape(_MARKS.sub(lambda found: " " * found[0].lower().startswith("<br"), title))
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", bare).split())


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

"""Judges feeds by their specifications, rule by rule: RFC 4287 (Atom) and JSON Feed 1.1. Each fault is one line."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
MIME = re.compile(r"[\w.+-]+/[\w.+-]+")

ONE = {"id", "title", "updated"}
AT_MOST_ONE = {
    "feed": {"generator", "icon", "logo", "rights", "subtitle"},
    "entry": {"content", "published", "rights", "source", "summary"},
}
MANY = {"author", "category", "contributor", "link"}
TEXTS, PERSONS, DATES, ADDRESSES = (
    {"title", "subtitle", "summary", "rights"}, {"author", "contributor"}, {"published", "updated"},
    {"id", "icon", "logo"},
)  # fmt: skip


def atom_faults(data: bytes) -> list[str]:
    """What in an Atom feed the specification does not allow."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error}"]
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    return [*_container(root, "feed"), *_whole_feed(root)]


def _container(element: etree._Element, kind: str) -> Iterator[str]:
    names = [etree.QName(child).localname for child in element.iterchildren(f"{ATOM}*")]
    allowed = ONE | AT_MOST_ONE[kind] | MANY | ({"entry"} if kind == "feed" else set())
    yield from (f"{kind}: {name} is not of the specification" for name in names if name not in allowed)
    yield from (f"{kind}: {names.count(name)} of {name}" for name in sorted(ONE) if names.count(name) != 1)
    yield from (f"{kind}: more than one {name}" for name in sorted(AT_MOST_ONE[kind]) if names.count(name) > 1)
    if any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
        yield f"{kind}: text between the elements"
    for child in element.iterchildren(f"{ATOM}*"):
        yield from (f"{kind}: {fault}" for fault in _child(child, etree.QName(child).localname))
    alternates = [
        (link.get("type"), link.get("hreflang"))
        for link in element.iterchildren(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    ]
    if len(alternates) != len(set(alternates)):
        yield f"{kind}: two alternate links of one kind"


def _child(element: etree._Element, name: str) -> Iterator[str]:
    text = element.text or ""
    if name == "entry":
        yield from _container(element, "entry")
    elif name in TEXTS or name == "content":
        yield from _text(element, name)
    elif name in PERSONS:
        yield from _person(element)
    elif name in DATES and not _is_date(text):
        yield f"{name} {text!r} is no date of RFC 3339"
    elif name in ADDRESSES and not urlsplit(text).scheme:
        yield f"{name} {text!r} is no whole address"
    elif name == "link":
        yield from _link(element)
    elif name == "category" and not element.get("term"):
        yield "a category without a term"


def _text(element: etree._Element, name: str) -> Iterator[str]:
    kind = element.get("type", "text")
    if kind not in ("text", "html", "xhtml"):
        yield f"{name} has the type {kind!r}"
    if kind != "xhtml" and len(element):
        yield f"{name} of type {kind} holds elements"
    if name == "title" and not "".join(element.itertext()).strip():
        yield "an empty title"


def _person(element: etree._Element) -> Iterator[str]:
    told = [(etree.QName(child).localname, child.text or "") for child in element]
    names = [name for name, _ in told]
    if names.count("name") != 1 or not dict(told)["name"].strip():
        yield "a person without one name"
    if set(names) - {"name", "uri", "email"} or len(names) != len(set(names)):
        yield f"a person with {names}"
    if "email" in names and not re.fullmatch(r".+@.+", dict(told)["email"]):
        yield "a person whose e-mail is none"


def _link(element: etree._Element) -> Iterator[str]:
    if not urlsplit(element.get("href", "")).scheme:
        yield f"a link to {element.get('href')!r}"
    if "type" in element.attrib and not MIME.fullmatch(element.get("type", "")):
        yield f"a link of type {element.get('type')!r}"
    if not re.fullmatch(r"[a-z-]+", element.get("rel", "alternate")):
        yield f"a link with rel {element.get('rel')!r}"


def _whole_feed(root: etree._Element) -> Iterator[str]:
    if not LANGUAGE.fullmatch(root.get(f"{XML}lang", "")):
        yield "no language"
    entries = root.findall(f"{ATOM}entry")
    if root.find(f"{ATOM}author") is None and not (entries and all(_has(entry, "author") for entry in entries)):
        yield "nobody has written it"
    if not [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]:
        yield "it does not name its own address"
    for entry in entries:
        alternate = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        if not alternate and not _has(entry, "content"):
            yield "an entry with neither content nor link"
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    if len(ids) != len(set(ids)):
        yield "an id stands twice"
    updated = [datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") for entry in entries]
    if updated and datetime.fromisoformat(root.findtext(f"{ATOM}updated") or "") != max(updated):
        yield "it is not as new as its newest entry"


def _has(entry: etree._Element, name: str) -> bool:
    return entry.find(f"{ATOM}{name}") is not None


def _is_date(text: str) -> bool:
    if not RFC3339.fullmatch(text):
        return False
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


FEED_KEYS = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "user_comment": str,
    "next_url": str, "icon": str, "favicon": str, "authors": list, "language": str, "expired": bool, "hubs": list,
    "items": list,
}  # fmt: skip
ITEM_KEYS = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str,
    "summary": str, "image": str, "banner_image": str, "date_published": str, "date_modified": str, "authors": list,
    "tags": list, "language": str, "attachments": list,
}  # fmt: skip


def json_feed_faults(text: str) -> list[str]:
    """What in a JSON feed the specification does not allow."""
    data = json.loads(text)
    faults = [*_keys(data, FEED_KEYS, "feed")]
    if data.get("version") != "https://jsonfeed.org/version/1.1":
        faults.append("feed: not of version 1.1")
    faults += [f"feed: no {key}" for key in ("title", "items") if key not in data]
    for author in data.get("authors", []):
        if not author or author.keys() - {"name", "url", "avatar"}:
            faults.append(f"feed: author {author}")
    if not LANGUAGE.fullmatch(data.get("language", "en")):
        faults.append("feed: language")
    ids = [item.get("id") for item in data.get("items", [])]
    faults += [f"item {name}: its id stands twice" for name in ids if ids.count(name) > 1]
    for item in data.get("items", []):
        faults += [f"item {item.get('id')}: {fault}" for fault in _item(item)]
    return faults


def _item(item: dict[str, object]) -> Iterator[str]:
    yield from _keys(item, ITEM_KEYS, "item")
    if not item.get("id"):
        yield "no id"
    if "content_html" not in item and "content_text" not in item:
        yield "no content"
    for name in ("date_published", "date_modified"):
        if name in item and not _is_date(str(item[name])):
            yield f"{name} is no date of RFC 3339"
    if not all(isinstance(tag, str) for tag in item.get("tags", [])):
        yield "tags are words"


def _keys(told: dict[str, object], known: dict[str, type], where: str) -> Iterator[str]:
    for name, value in told.items():
        if not name.startswith("_") and not isinstance(value, known.get(name, type(None))):
            yield f"{where}: {name} is {type(value).__name__}"
        is_address = name.endswith("url") or name in ("icon", "favicon", "image")
        if is_address and urlsplit(str(value)).scheme not in ("http", "https"):
            yield f"{where}: {name} is no whole address"

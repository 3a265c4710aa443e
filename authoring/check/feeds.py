"""Feeds are well-formed and never show a subscriber an old essay as new; the sitemap lists what there is. Pure."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from authoring.check.finding import Finding
from authoring.check.page import Page

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@dataclass(frozen=True)
class Entry:
    id: str
    title: str
    link: str
    published: str


def entries(xml: str) -> list[Entry]:
    """The entries of an Atom feed. Raises ParseError where it is not well-formed."""
    feed = ET.fromstring(xml)  # noqa: S314  our own build
    return [_entry(element) for element in feed.iter(f"{ATOM}entry")]


def _entry(element: ET.Element) -> Entry:
    links = {link.get("rel", "alternate"): link.get("href", "") for link in element.iter(f"{ATOM}link")}
    said = {name: element.findtext(f"{ATOM}{name}") or "" for name in ("id", "title", "published")}
    return Entry(said["id"], said["title"], links.get("alternate", ""), said["published"])


def json_entries(text: str) -> list[Entry]:
    """The items of a JSON Feed. Raises ValueError where it is none."""
    try:
        items = json.loads(text)["items"]
        return [Entry(*(str(item.get(key, "")) for key in ("id", "title", "url", "date_published"))) for item in items]
    except (KeyError, TypeError, AttributeError):
        raise ValueError("it has no items as jsonfeed.org wants them") from None


def feed_findings(name: str, text: str, before: str | None) -> Iterator[Finding]:
    """What is wrong with the feed `name`, Atom or JSON, also against what subscribers have been told `before`."""
    read = json_entries if name.endswith(".json") else entries
    try:
        listed = read(text)
    except ET.ParseError as error:
        yield Finding(name, error.position[0], f"the feed is not well-formed: {error.msg}", "look at its template")
        return
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        yield Finding(name, line, f"the feed is not well-formed: {error}", "look at the plugin that writes it")
        return
    ids = [entry.id for entry in listed]
    for entry in listed:
        if not entry.id or ids.count(entry.id) > 1:
            yield Finding(name, 0, f"the entry “{entry.title}” has no id of its own", "give its essay another Id")
    yield from _against(name, listed, _known(before, read))


def _known(before: str | None, read: Callable[[str], list[Entry]]) -> list[Entry]:
    try:
        return read(before) if before else []
    except (ET.ParseError, ValueError):
        return []


def _against(name: str, listed: Iterable[Entry], known: Iterable[Entry]) -> Iterator[Finding]:
    by_id = {entry.id: entry for entry in known}
    by_link = {entry.link: entry for entry in by_id.values()}
    for entry in listed:
        was = by_id.get(entry.id)
        if was and _moment(was.published) != _moment(entry.published):
            what = f"“{entry.title}” was published {was.published} and would be dated {entry.published}"
            yield Finding(name, 0, what, "put its old Date back; use Modified for a change")
        twin = by_link.get(entry.link)
        if twin and twin.id != entry.id:
            what = f"“{entry.title}” would appear as new to everybody who has read it"
            yield Finding(name, 0, what, f"give its essay back the line: Id: {twin.id}")


def _moment(said: str) -> datetime | str:
    """What a feed says of the time, whichever zone it says it in; words that are no time stay words."""
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return said


def sitemap_findings(xml: str, pages: Mapping[str, Page], unlisted: frozenset[str], site: str) -> Iterator[Finding]:
    """The sitemap names each page that search engines may keep, and nothing else."""
    name = "sitemap.xml"
    try:
        sitemap = ET.fromstring(xml)  # noqa: S314  our own build
    except ET.ParseError as error:
        yield Finding(
            name, error.position[0], f"it is not well-formed: {error.msg}", "look at sitemap.xml in the theme"
        )
        return
    listed = [element.text or "" for element in sitemap.iter(f"{SITEMAP}loc")]
    kept = (file for file, page in pages.items() if not (page.noindex or page.moved or file in unlisted))
    wanted = {url for file in kept for url in pages[file].canonical}
    for url in sorted(set(listed) ^ wanted):
        what = "lists no page" if url in listed else "leaves out the page"
        yield Finding(name, 0, f"it {what} {url}", "look at sitemap.xml in the theme")
    for url in sorted({url for url in listed if listed.count(url) > 1}):
        yield Finding(name, 0, f"it lists {url} twice", f"look at what else stands there: {site} has two pages of it")

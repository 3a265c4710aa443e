"""Reads HTML as somebody who only looks at it: paragraphs of words, with what is no words counted. Pure.

It shares no code with the converter, on purpose: what both got wrong in the same way would never be noticed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

ENDS_A_PARAGRAPH = frozenset((
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p", "plaintext",
    "pre", "section", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "xmp",
))  # fmt: skip
NEVER_SEEN = {
    "script": "script", "template": "script", "style": "style", "title": "head", "iframe": "player", "video": "player",
    "audio": "player",
}  # fmt: skip
_VIDEO = re.compile(r"(?:/v/|/embed/|youtu\.be/|[?&]v=)([\w-]{11})")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+")


@dataclass
class Seen:
    """`paragraphs` of words; `left_out` by rule; `shows` the pictures and players a page may name by a link."""

    paragraphs: list[list[str]]
    left_out: Counter[str]
    shows: Counter[str]

    @property
    def words(self) -> list[str]:
        return [word for paragraph in self.paragraphs for word in paragraph]


def read(html: str, ignoring: Counter[str] | None = None) -> Seen:
    """What a reader sees of `html`. `ignoring`: what links only stand in for, by address; their words are not words."""
    reader = _Reader(ignoring or Counter())
    reader.feed(html)
    reader.close()
    parts = (part for text in reader.texts for part in re.split(r"\n[ \xa0]*(?:\n[ \xa0]*)+", _visible(text)))
    paragraphs = [words for part in parts if (words := part.split())]
    return Seen(paragraphs, reader.left_out, reader.shows)


def prose(page: str) -> str | None:
    """The text of an essay within its built page; None if there is none."""
    begin = re.search(r'<div class="prose[^"]*"[^>]*>', page)
    if begin is None:
        return None
    depth = 1
    for tag in re.finditer(r"<(/?)div\b", page[begin.end() :]):
        depth += -1 if tag[1] else 1
        if not depth:
            return page[begin.end() : begin.end() + tag.start()]
    return page[begin.end() :]


def _visible(text: str) -> str:
    """A line of nothing but marks that nobody sees is empty."""
    return "\n".join("" if not _INVISIBLE.sub("", line).strip() else line for line in text.split("\n"))


def address(url: str) -> str:
    """An address as a name for the thing it shows, whichever way it is written."""
    video = _VIDEO.search(url)
    return video[1] if video else re.sub(r"^https?:|[/\s]+$|%20", "", url.strip()).replace(" ", "")


@dataclass
class _Link:
    address: str
    ignored: bool


@dataclass
class _Reader(HTMLParser):
    ignoring: Counter[str]
    texts: list[str] = field(default_factory=lambda: [""])
    left_out: Counter[str] = field(default_factory=Counter)
    shows: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    links: list[_Link] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)
        self.ignoring = Counter(self.ignoring)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._pictures(tag, given)
        if tag in NEVER_SEEN:
            self.hidden.append(tag)
            self.left_out[NEVER_SEEN[tag]] += 1
        elif self.hidden:
            return
        elif tag == "br":
            self._text("\n")
        elif tag in ENDS_A_PARAGRAPH:
            self.texts.append("")
        elif tag == "a":
            self._open(given.get("href", ""))

    def _pictures(self, tag: str, given: dict[str, str]) -> None:
        if tag == "img":
            if given.get("width") == given.get("height") == "1":
                self.left_out["tracker"] += 1
                return
            self.shows[address(given.get("src", ""))] += 1
            if self.links and self.links[-1].address:
                self.shows[self.links[-1].address] += 1
            if self.texts[-1][-1:].strip():
                self._text(" ")  # a picture is no letter
        if tag in ("iframe", "embed", "object", "video", "audio", "source"):
            self.shows[address(given.get("src") or given.get("data", ""))] += 1
        if tag == "param" and given.get("name", "").lower() in ("movie", "src", "url"):
            self.shows[address(given.get("value", ""))] += 1

    def _open(self, href: str) -> None:
        known = address(href)
        ignored = self.ignoring[known] > 0
        self.ignoring[known] -= ignored
        self.links.append(_Link(known, ignored))

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            if tag == self.hidden[-1]:
                self.hidden.pop()
        elif tag in ENDS_A_PARAGRAPH:
            self.texts.append("")
        elif tag == "a" and self.links:
            self.links.pop()

    def handle_data(self, data: str) -> None:
        if not self.hidden and not (self.links and self.links[-1].ignored):
            self._text(data.replace("\n", " ").replace("\r", " ").replace("\t", " "))

    def _text(self, text: str) -> None:
        self.texts[-1] += text

"""Reads HTML as somebody who only looks at it: paragraphs of words, with what is no words counted. Pure.

It shares no code with the converter, on purpose: what both got wrong in the same way would never be noticed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
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
#: Within these a tag is only words; in the first, character references are still read.
AS_WRITTEN = frozenset(("textarea", "xmp", "plaintext"))
#: Comments as browsers read them, the odd and the unclosed ones too; what stands in scripts and the like is none.
_COMMENT = re.compile(
    r"<(script|style|iframe|textarea|xmp|title)\b.*?(?:</\1\s*>|\Z)|<plaintext.*"
    r"|(?P<comment><!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*(?:>|\Z)|</(?=[^a-zA-Z>])[^>]*(?:>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_VIDEO = re.compile(r"(?:/v/|/embed/|youtu\.be/|[?&]v=)([\w-]{11})")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+")


@dataclass
class Seen:
    """`paragraphs` of words; `left_out` by rule; `shows` the pictures and players a page may name by a link.

    Each of those by the addresses it may go by: its own, and that of a link around it.
    """

    paragraphs: list[list[str]]
    left_out: Counter[str]
    shows: list[frozenset[str]]


def read(html: str, ignoring: Iterable[frozenset[str]] = ()) -> Seen:
    """What a reader sees of `html`. `ignoring`: what links only stand in for; their words are not words."""
    reader = _Reader(_StandIns(ignoring))
    reader.feed(_COMMENT.sub(lambda found: "" if found["comment"] else found[0], html))
    reader.close()
    if reader.cdata_elem in AS_WRITTEN:
        reader.handle_data(reader.rawdata)  # never ended: some Pythons keep it back
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
    bare = re.sub(r"^https?:|[/\s]+$|%20", "", url.strip()).replace(" ", "")
    return video[1] if video else bare or url.strip()[:1]


def _inside(known: str) -> str:
    """The same without its host."""
    return (re.sub(r"^//[^/]*", "", known) or "/") if known else ""


class _StandIns:
    """What links stand in for, each once."""

    def __init__(self, shows: Iterable[frozenset[str]]) -> None:
        self.left: dict[int, frozenset[str]] = dict(enumerate(shows))
        self.known: dict[str, list[int]] = defaultdict(list)
        for number, addresses in self.left.items():
            for each in addresses:
                self.known[each].append(number)

    def takes(self, known: str) -> bool:
        """Whether a link to `known` stands in for something that no link before it stood in for."""
        number = next((number for number in self.known.get(known, ()) if known in self.left.get(number, ())), None)
        if number is None:
            return False
        names = self.left.pop(number)
        if _inside(known) not in names:  # the picture itself; a second link may stand in for the one around it
            self.left[number] = names - {known}
        return True


@dataclass
class _Link:
    address: str
    ignored: bool


@dataclass
class _Reader(HTMLParser):
    ignoring: _StandIns
    texts: list[str] = field(default_factory=lambda: [""])
    left_out: Counter[str] = field(default_factory=Counter)
    shows: list[frozenset[str]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    links: list[_Link] = field(default_factory=list)
    in_brackets: bool = False

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

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
            if tag in AS_WRITTEN:
                self.set_cdata_mode(tag)
        elif tag == "a":
            self._open(given.get("href", ""))

    def _pictures(self, tag: str, given: dict[str, str]) -> None:
        if tag == "img":
            if given.get("width") == given.get("height") == "1":
                self.left_out["tracker"] += 1
                return
            self._shows(given.get("src", ""))
            if self.texts[-1][-1:].strip():
                self._text(" ")  # a picture is no letter
        if tag in ("iframe", "embed", "object", "video", "audio", "source"):
            self._shows(given.get("src") or given.get("data", ""), within_object=True)
        if tag == "param" and given.get("name", "").lower() in ("movie", "src", "url"):
            self._shows(given.get("value", ""), within_object=True)

    def _shows(self, url: str, within_object: bool = False) -> None:
        """A link around it that led into the blog leads there without its host now; an object names one thing twice."""
        around = self.links[-1].address if self.links else ""
        names = frozenset(filter(None, (address(url), around, _inside(around))))
        if not (within_object and names in self.shows):
            self.shows.append(names)

    def _open(self, href: str) -> None:
        known = address(href)
        self.links.append(_Link(known, self.ignoring.takes(known)))
        if self.links[-1].ignored and self.texts[-1].endswith("("):
            self.texts[-1] = self.texts[-1][:-1]
            self.in_brackets = True

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
            if self.in_brackets:  # what stood in for the link around a picture went with them
                data, self.in_brackets = data.removeprefix(")"), False
            if self.cdata_elem == "textarea" and not getattr(self, "_escapable", False):  # newer Pythons read them
                data = unescape(data)
            self._text(data.replace("\n", " ").replace("\r", " ").replace("\t", " "))

    def _text(self, text: str) -> None:
        self.texts[-1] += text

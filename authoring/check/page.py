"""Reads a built page strictly, once: its faults, and what other checks want to know of it. Pure."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from html.parser import HTMLParser

from authoring.check.finding import Fault
from plugins.text import BLOCKS

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
#: Attributes that make a browser fetch something by itself.
FETCHED = {
    "src": frozenset(("img", "script", "iframe", "video", "audio", "source", "track", "embed", "input", "frame")),
    "poster": frozenset(("video",)),
    "data": frozenset(("object",)),
    "background": frozenset(("body", "table", "thead", "tbody", "tfoot", "tr", "td", "th")),
    "href": frozenset(("image", "use", "feimage")),
    "xlink:href": frozenset(("image", "use", "feimage")),
}
FETCHING_RELS = frozenset((
    "stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest", "preconnect", "dns-prefetch", "prerender",
))  # fmt: skip
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNLABELLED = frozenset(("hidden", "submit", "button", "reset", "image"))


@dataclass(frozen=True)
class Reference:
    """An address the page names. `fetched`: the browser loads it unasked; `sent`: a form posts there."""

    value: str
    line: int
    fetched: bool = False
    sent: bool = False


@dataclass
class Page:
    """What a page holds. `faults` are those it shows by itself, without knowing other pages."""

    faults: list[Fault] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    canonical: list[str] = field(default_factory=list)
    noindex: bool = False
    moved: bool = False
    described: bool = False
    weight: int = 0  # bytes as sent, compressed


def read_page(html: str, runs_scripts: bool = False) -> Page:
    """Everything the checks want to know of a page. `runs_scripts`: files of our own may run on it."""
    reader = _Reader(runs_scripts)
    reader.feed(html)
    reader.close()
    reader.finish()
    reader.page.weight = len(gzip.compress(html.encode(), 6, mtime=0))
    return reader.page


class _Reader(HTMLParser):
    def __init__(self, runs_scripts: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.runs_scripts = runs_scripts
        self.page = Page()
        self.unclosed: list[tuple[str, int]] = []
        self.headings: list[tuple[int, int]] = []  # level and line
        self.heading_text = ""
        self.labels: set[str] = set()
        self.controls: list[tuple[str, str, int]] = []

    @property
    def line(self) -> int:
        return self.getpos()[0]

    def fault(self, what: str, remedy: str, clue: str = "", blocking: bool = True, line: int = 0) -> None:
        self.page.faults.append(Fault(line or self.line, what, remedy, clue, blocking))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._look_at_place(tag, [name for name, _ in attrs])
        self._look_at(tag, given)
        if tag in HEADINGS:
            self._heading(tag)
        if tag not in VOID:
            self.unclosed.append((tag, self.line))

    def _look_at_place(self, tag: str, names: list[str]) -> None:
        """What a browser reads otherwise than it is written: it ends a paragraph or a link by itself."""
        inside = {name for name, _ in self.unclosed}
        if tag in BLOCKS and "p" in inside:
            self.fault(f"<{tag}> stands inside a paragraph", "write </p> before it", f"<{tag}")
        if tag == "a" and "a" in inside:
            self.fault("a link stands inside a link", "write </a> before it", "<a")
        if twice := next((name for name in names if names.count(name) > 1), ""):
            self.fault(f"<{tag}> says {twice} twice", "keep one of them", f"{twice}=")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if self.unclosed and self.unclosed[-1][0] == tag:
            self.unclosed.pop()
        elif tag in [name for name, _ in self.unclosed]:
            while self.unclosed[-1][0] != tag:
                self._unclosed(*self.unclosed.pop())
            self.unclosed.pop()
        else:
            self.fault(f"</{tag}> closes nothing", f"take it away or open <{tag}> before it", f"</{tag}")

    def finish(self) -> None:
        while self.unclosed:
            self._unclosed(*self.unclosed.pop())
        firsts = [line for level, line in self.headings if level == 1]
        if not firsts:
            self.fault("the page has no main heading", "give it one h1", line=1)
        for doubled in sorted({i for i in self.page.ids if self.page.ids.count(i) > 1}):
            self.fault(f"the id {doubled!r} stands twice", "let every id stand once", f'"{doubled}"', line=1)
        for name, identifier, line in self.controls:
            if identifier not in self.labels:
                remedy = "put a <label for=…> with its id before it"
                self.fault(f"a field without a label: <{name}>", remedy, f"<{name}", line=line)

    def _unclosed(self, tag: str, line: int) -> None:
        self.fault(f"<{tag}> is never closed", f"write </{tag}> where it ends", f"<{tag}", line=line)

    def _heading(self, tag: str) -> None:
        level, before = int(tag[1]), self.headings[-1][0] if self.headings else 0
        if level == 1 and any(known == 1 for known, _ in self.headings):
            self.fault("a second main heading", "use ## or less: the title is the h1", "^# \n<h1")
        elif before and level > before + 1:
            remedy = f"use {'#' * (before + 1)} here"
            self.fault(f"a heading of level {level} follows one of level {before}", remedy, f"^{'#' * level} \n<{tag}")
        self.headings.append((level, self.line))

    def _look_at(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            self.page.ids.append(given["id"])
        if tag == "html" and not given.get("lang"):
            self.fault("the page does not say its language", 'write <html lang="…"> in its template')
        if (tag == "img" and "alt" not in given) or (tag == "img" and not given["alt"] and "role" not in given):
            clue = given.get("src", "").rpartition("/")[2]
            remedy = 'say what it shows: ![words](…), or <img … alt="" role="presentation"> for mere decoration'
            self.fault("an image without a description", remedy, clue)
        self._look_for_code(tag, given)
        self._note_head(tag, given)
        self._note_references(tag, given)
        self._note_controls(tag, given)

    def _look_for_code(self, tag: str, given: dict[str, str]) -> None:
        allowed = given.get("type") == "application/ld+json" or (self.runs_scripts and given.get("src"))
        if tag == "script" and not allowed:
            self.fault("a script stands in the page", "take it out: readers' pages have none", "<script")
        if tag in ("style", "iframe", "object", "embed", "base"):
            self.fault(f"<{tag}> is not allowed in a page", "take it out; looks belong into theme/static", f"<{tag}")
        for name, value in given.items():
            if name.startswith("on"):
                self.fault(f"code in the attribute {name}", "take it out: browsers refuse it here", f"{name}=")
            if name == "style":
                self.fault("looks in the attribute style", "use a class of site.css: browsers refuse it here", "style=")
            if name == "ping":
                self.fault("the attribute ping tells others who follows a link", "take it out", "ping=")
            if value.strip().lower().startswith("javascript:"):
                self.fault(f"code in the address {value[:40]}", "link to a page instead", "javascript:")

    def _note_head(self, tag: str, given: dict[str, str]) -> None:
        page = self.page
        if tag == "meta":
            page.noindex |= given.get("name") == "robots" and "noindex" in given.get("content", "")
            page.described |= given.get("name") == "description" and bool(given.get("content"))
            self._note_refresh(given.get("http-equiv", "").lower())
        if tag == "link" and given.get("rel") == "canonical":
            page.canonical.append(given.get("href", ""))

    def _note_refresh(self, said: str) -> None:
        """A signpost says so in its head; in an essay's words it takes readers away unasked."""
        if said == "refresh" and "body" in [name for name, _ in self.unclosed]:
            self.fault("it sends its readers elsewhere by itself", "write a link instead", "http-equiv")
        elif said == "refresh":
            self.page.moved = True

    def _note_references(self, tag: str, given: dict[str, str]) -> None:
        for name, tags in FETCHED.items():
            if tag in tags and name in given:
                self.page.references.append(Reference(given[name], self.line, fetched=True))
        for candidate in given.get("srcset", "").split(","):
            if candidate.split():
                self.page.references.append(Reference(candidate.split()[0], self.line, fetched=True))
        if tag in ("a", "area", "link") and "href" in given and given.get("rel") != "canonical":
            fetched = tag == "link" and bool(FETCHING_RELS & set(given.get("rel", "").lower().split()))
            self.page.references.append(Reference(given["href"], self.line, fetched=fetched))
        if tag == "form" or "formaction" in given:
            address = given.get("action" if tag == "form" else "formaction", "")
            self.page.references.append(Reference(address, self.line, sent=True))

    def _note_controls(self, tag: str, given: dict[str, str]) -> None:
        if tag == "label":
            self.labels.add(given.get("for", ""))
        typed = tag in ("select", "textarea") or (tag == "input" and given.get("type", "text") not in UNLABELLED)
        if typed and "aria-label" not in given and "label" not in [name for name, _ in self.unclosed]:
            self.controls.append((tag, given.get("id", ""), self.line))

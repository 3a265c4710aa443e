"""Walks the tree of a post once and gathers its blocks; containers within containers only so deep. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from authoring.importing.blogger.html import addresses, pictures, rules, tables
from authoring.importing.blogger.html.lines import BREAK, STANDS_ALONE, paragraphs, without
from authoring.importing.blogger.html.model import (
    PLAIN,
    Attributes,
    Block,
    Cell,
    Formats,
    Heading,
    Image,
    Line,
    Listing,
    Paragraph,
    Placed,
    Quote,
    Rule,
    Run,
    Table,
    Terms,
    Verbatim,
)
from authoring.importing.blogger.html.tags import BLOCKS, LISTS, VERBATIM, linked, marked
from authoring.importing.blogger.html.tree import SIGN

DEEPEST = 20  # quotes in lists in quotes …; what stands deeper loses its frame and nothing else
ANCHOR = "in-"  # before the names of places within a post: the page has names of its own
UNSEEN = {
    "script": rules.SCRIPT, "template": rules.SCRIPT, "style": rules.STYLE, "title": rules.HEAD, "meta": rules.HEAD,
    "link": rules.HEAD, "base": rules.HEAD, "input": rules.FORM,
}  # fmt: skip
PLAYERS = frozenset(("iframe", "embed", "object", "video", "audio", "applet"))
Container = Quote | Listing | Terms | Table


@dataclass
class _Level:
    """An open container, and where the blocks within it go; for a list, a table: None until a part of it opens."""

    container: Container | None
    blocks: list[Block] | None


@dataclass
class Builder:
    """`finish()` gives the blocks. `places`: the names within the post that a link of it leads to."""

    link: Callable[[str], str | None]
    image: Callable[[Image], Placed]
    places: frozenset[str] = frozenset()
    removed: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.levels = [_Level(None, self.blocks)]
        self.runs: list[Run] = []
        self.formats: list[Formats] = [PLAIN]
        self.heading = 0
        self.verbatim = 0
        self.named: set[str] = set()
        self.pending: list[Run] = []
        self.played: list[str] = []

    # words

    def text(self, words: str | None) -> None:
        if words:
            self.runs.append(Run(words, self.formats[-1]))

    def flush(self) -> None:
        """End the paragraph."""
        if self.verbatim or not self.runs:
            return
        runs, self.runs = self.runs, []
        anchors = [run for run in runs if run.mark == "anchor"]
        found = paragraphs([*self.pending, *runs])
        self.pending = [] if found else [*self.pending, *anchors]
        for lines in found:
            self.add(*self._as_heading(lines) if self.heading else [Paragraph(lines)])

    def _as_heading(self, lines: list[Line]) -> list[Block]:
        line = lines[0]
        for more in lines[1:]:
            line = [*line, BREAK, *more]
        if all(run.mark for run in line):
            return [Paragraph(lines)]
        if len(self.levels) > 1 and not self._in_quotes():
            bold = [[Run(r.text, r.formats | {("strong", "")}, r.mark, r.placed) for r in each] for each in lines]
            return [Paragraph(bold)]
        return [Heading(self.heading, without(line, "strong"))]

    def _in_quotes(self) -> bool:
        return all(isinstance(level.container, Quote) for level in self.levels[1:])

    def add(self, *blocks: Block) -> None:
        level = self.levels[-1]
        if level.blocks is not None:
            level.blocks += blocks
        elif isinstance(level.container, Listing):
            if level.container.items:
                level.container.items[-1] += blocks
            else:
                level.container.items.append([*blocks])
        elif isinstance(level.container, Terms):
            level.container.parts.append(("dd", [*blocks]))
        elif isinstance(level.container, Table):
            level.container.rows.append([Cell(False, blocks=[*blocks])])

    # containers

    def enter(self, container: Container, blocks: list[Block] | None = None) -> None:
        self.levels.append(_Level(container, blocks))

    def leave(self) -> None:
        self.flush()
        level = self.levels.pop()
        if level.container is not None and level.blocks is None:
            self._close(level.container)
        elif isinstance(level.container, Quote) and level.container.blocks:
            self._quote(level.container)

    def _close(self, container: Container) -> None:
        if isinstance(container, Table):
            self.add(*tables.settled(container))
        elif isinstance(container, Terms):
            container.parts = [part for part in container.parts if part[1]]
            self.add(*([container] if container.parts else []))
        elif isinstance(container, Listing):
            container.items = [item for item in container.items if item]
            if container.items:
                self._listing(container)

    def _listing(self, listing: Listing) -> None:
        """Items that stand in no list are one list, as long as nothing comes between."""
        blocks = self.levels[-1].blocks
        if listing.loose and blocks and isinstance(last := blocks[-1], Listing) and last.loose:
            last.items += listing.items
        else:
            self.add(listing)

    def _quote(self, quote: Quote) -> None:
        blocks = self.levels[-1].blocks
        if blocks and isinstance(last := blocks[-1], Quote):
            last.blocks += quote.blocks  # to Markdown, two quotes without a word between are one
        else:
            self.add(quote)

    # elements: each start says how it ends

    def start(self, tag: str, attributes: Attributes) -> str:
        """Returns what `end` is to be told."""
        if SIGN in attributes:
            self._part(attributes[SIGN])
        self._look_at(attributes)
        formats = marked(self.formats[-1], tag, attributes)
        if tag == "a":
            formats = linked(formats, self._address(attributes.get("href", "")))
        self.formats.append(formats)
        if tag == "br":
            self.runs.append(BREAK)
        if tag not in BLOCKS:
            self._inline(tag, attributes)
            return ""
        if self.verbatim:
            self.runs += (BREAK, BREAK)
            self.verbatim += tag in VERBATIM
            return "verbatim" if tag in VERBATIM else "line"
        self.flush()
        if tag in VERBATIM:
            self.verbatim = 1
            return "verbatim"
        if tag == "hr":
            self.add(Rule())
        return self._container(tag, attributes) if len(self.levels) < DEEPEST else "block"

    def _part(self, sign: str) -> None:
        """One line ends, another begins: at either end of a heading, or of a block that is nothing but a block."""
        if self.verbatim:
            self.runs += (BREAK, BREAK)
            return
        self.flush()
        if sign[-2:-1] == "h":
            self.heading = 0 if sign.startswith("/") else int(sign[-1])

    def _inline(self, tag: str, attributes: Attributes) -> None:
        if tag == "img" and SIGN not in attributes:
            if run := pictures.picture(attributes, self.image, self.removed, self.formats[-1]):
                self.runs.append(run)
        elif tag in PLAYERS:
            self._player(tag, attributes)

    def _player(self, tag: str, attributes: Attributes) -> None:
        address = addresses.played(attributes.get("src", "") or attributes.get("data", ""))
        if not address or address in self.played:
            return
        self.played.append(address)
        words = " ".join(attributes.get("title", "").split()) or addresses.shown(address)
        self.runs.append(Run("", PLAIN, "player", Placed(href=address, words=words)))

    def _container(self, tag: str, attributes: Attributes) -> str:
        inside = self.levels[-1]
        within, blocks = inside.container, inside.blocks
        if tag == "blockquote":
            quote = Quote()
            self.enter(quote, quote.blocks)
        elif tag in LISTS:
            self.enter(_listing(tag, attributes))
        elif tag == "dl":
            self.enter(Terms())
        elif tag == "table":
            self.enter(Table())
        elif tag == "li":
            return self._item(within if blocks is None else None)
        elif tag in ("dt", "dd") and isinstance(within, Terms) and blocks is None:
            within.parts.append((tag, []))
            self.enter(within, within.parts[-1][1])
        elif tag == "tr" and isinstance(within, Table) and blocks is None:
            within.rows.append([])
            return "block"
        elif tag in ("td", "th") and isinstance(within, Table) and blocks is None:
            self._cell(within, tag, attributes)
        else:
            return "block"
        return "close"

    def _item(self, within: Container | None) -> str:
        if isinstance(within, Listing):
            within.items.append([])
            self.enter(within, within.items[-1])
            return "close"
        self.enter(Listing(loose=True, items=[[]]))
        listing = self.levels[-1].container
        if isinstance(listing, Listing):
            self.enter(listing, listing.items[0])
        return "close twice"

    def _cell(self, table: Table, tag: str, attributes: Attributes) -> None:
        cell = Cell(tag == "th", _number(attributes.get("colspan"), 1), _number(attributes.get("rowspan"), 1))
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(cell)
        self.enter(table, cell.blocks)

    def end(self, how: str) -> None:
        """What `start` said."""
        if how == "line":
            self.runs += (BREAK, BREAK)
        elif how == "verbatim":
            self._end_verbatim()
        elif how:
            self.flush()
            if how.startswith("close"):
                self.leave()
            if how == "close twice":
                self.leave()
        self.formats.pop()

    def _end_verbatim(self) -> None:
        self.verbatim -= 1
        if self.verbatim:
            return
        runs, self.runs = self.runs, []
        if self.heading or any(run.mark in STANDS_ALONE for run in runs):
            self.runs = [part for run in runs for part in _at_line_ends(run)]
            self.flush()
            return
        for part in _parted(runs):
            if any(run.text.strip() for run in part):
                self.add(Verbatim(_verbatim(part)))

    def finish(self) -> list[Block]:
        self.flush()
        while len(self.levels) > 1:
            self.leave()
        return self.blocks

    # attributes

    def _look_at(self, attributes: Attributes) -> None:
        for name, value in attributes.items():
            if name.startswith("on"):
                self.removed[rules.HANDLER] += 1
            elif name in ("id", "name"):
                self._name(value)

    def _name(self, value: str) -> None:
        if value in self.places and value not in self.named:
            self.named.add(value)
            self.runs.append(Run("", PLAIN, "anchor", Placed(href=place(value))))

    def _address(self, href: str) -> str:
        if not href.strip():
            return ""
        if href.strip().startswith("#"):
            return f"#{place(href.strip()[1:])}" if href.strip()[1:] in self.places else ""
        address = addresses.tidy(href)
        if not address:
            self.removed[rules.ADDRESS] += 1
            self.notes.append(f"a link to {' '.join(href.split())[:60]} was left out, its words stay")
            return ""
        ours = self.link(address)
        address = addresses.tidy(ours) if ours else address
        self.links.append(address)
        return address


def build(root: etree._Element, builder: Builder) -> list[Block]:
    """All blocks of the tree; what `builder` has learnt on the way stays with it."""
    ends: list[str] = []
    steps = etree.iterwalk(root, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, element in steps:
        if event == "end":
            if element is skipped:
                skipped = None
            else:
                builder.end(ends.pop())
            builder.text(element.tail)
            continue
        tag = str(element.tag).lower()
        attributes = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        if _is_unseen(tag, element, attributes, builder):
            skipped = element
            steps.skip_subtree()
            continue
        ends.append(builder.start(tag, attributes))
        builder.text(element.text)
    return builder.finish()


def _is_unseen(tag: str, element: etree._Element, attributes: Attributes, builder: Builder) -> bool:
    if tag in UNSEEN:
        parent = element.getparent()
        drawn = tag == "title" and parent is not None and parent.tag == "svg"
        builder.removed[UNSEEN[tag]] += not drawn
        return not drawn
    if tag in PLAYERS:
        builder.removed[rules.PLAYER] += tag != "embed" or next(element.iterancestors("object"), None) is None
        if tag in ("object", "applet"):  # what stands in for it is seen, now that nothing plays it any more
            source = next(filter(None, map(_played, element.iter("param", "embed"))), "")
            builder.start("embed", {"src": attributes.get("data") or source, "title": attributes.get("title", "")})
            builder.formats.pop()
            return False
        source = next(filter(None, (e.get("src") for e in element.iter("source"))), "")
        builder.start(tag, {"src": source, **attributes})
        builder.formats.pop()
        return True
    return False


def _played(element: etree._Element) -> str:
    if str(element.tag) == "embed":
        return element.get("src") or ""
    return (element.get("value") or "") if (element.get("name") or "").lower() in ("movie", "src", "url") else ""


def named_places(root: etree._Element) -> frozenset[str]:
    """Names within the post that a link of the same post leads to."""
    led_to = {(a.get("href") or "").strip()[1:] for a in root.iter("a") if (a.get("href") or "").strip()[:1] == "#"}
    names = {str(e.get(key)) for e in root.iter() for key in ("id", "name") if e.get(key)} if led_to else set()
    return frozenset(led_to & names)


def place(name: str) -> str:
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)
    return safe if safe.startswith(ANCHOR) else ANCHOR + safe


def _listing(tag: str, attributes: Attributes) -> Listing:
    if tag != "ol":
        return Listing()
    kind = attributes.get("type", "")
    return Listing(True, _number(attributes.get("start"), 1), kind if kind in ("a", "A", "i", "I") else "")


def _number(said: str | None, otherwise: int) -> int:
    text = (said or "").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    return number or otherwise


def _parted(runs: list[Run]) -> Iterator[list[Run]]:
    """What stands between two line ends said by tags: there a paragraph ends, even here."""
    part: list[Run] = []
    breaks = 0
    for run in runs:
        if run.mark == "break":
            breaks += 1
            part.append(Run("\n"))
        elif run.mark or run.text.strip(" \xa0\n\t\r"):
            if breaks > 1:
                yield part
                part = []
            breaks = 0
            part.append(run)
        else:
            part.append(run)
    yield part


def _at_line_ends(run: Run) -> Iterator[Run]:
    if run.mark:
        yield run
        return
    for number, text in enumerate(re.split(r"[ \r]*\n\s*", run.text)):
        if number:
            yield BREAK
        yield Run(text, run.formats)


def _verbatim(runs: list[Run]) -> Line:
    """Lines without white space at their ends, none empty at either end of the whole."""
    plain = frozenset((("strong", ""), ("code", "")))
    kept = [Run(r.text.replace("\t", "    ").replace("\r", ""), r.formats - plain) for r in runs if not r.mark]
    if not any(run.formats for run in kept):
        lines = [line.rstrip() for line in "".join(run.text for run in kept).split("\n")]
        return [Run("\n".join(lines).strip("\n"))]
    return kept

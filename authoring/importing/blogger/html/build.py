"""Gathers the blocks of a post from what begins and ends in it; containers within containers only so deep. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from authoring.importing.blogger.html import addresses, pictures, rules
from authoring.importing.blogger.html.levels import Levels
from authoring.importing.blogger.html.lines import BREAK, STANDS_ALONE, paragraphs, without
from authoring.importing.blogger.html.model import (
    PLAIN,
    Attributes,
    Block,
    Formats,
    Heading,
    Image,
    Line,
    Paragraph,
    Placed,
    Rule,
    Run,
    Verbatim,
)
from authoring.importing.blogger.html.places import place, within
from authoring.importing.blogger.html.tags import BLOCKS, PLAYERS, VERBATIM, linked, marked
from authoring.importing.blogger.html.tree import SIGN
from authoring.importing.blogger.html.verbatim import at_line_ends, kept_lines, parted

DEEPEST = 20  # quotes in lists in quotes …; what stands deeper loses its frame and nothing else


@dataclass
class Builder:
    """`finish()` gives the blocks. `places`: the names within the post that a link of it leads to."""

    link: Callable[[str], str | None]
    image: Callable[[Image], Placed]
    places: frozenset[str] = frozenset()
    removed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.levels = Levels(self.blocks)
        self.runs: list[Run] = []
        self.formats: list[Formats] = [PLAIN]
        self.heading = 0
        self.verbatim = 0
        self.named: set[str] = set()
        self.pending: list[Run] = []
        self.played: set[str] = set()

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
        found = paragraphs([*self.pending, *runs]) if any(map(_shows, runs)) else []
        if found:
            self.pending = []
        else:
            self.pending += anchors  # they wait for words
        for lines in found:
            self.levels.add(*self._as_heading(lines) if self.heading else [Paragraph(lines)])

    def _as_heading(self, lines: list[Line]) -> list[Block]:
        line = [run for more in lines for run in (BREAK, *more)][1:]
        if all(run.mark for run in line):
            return [Paragraph(lines)]
        if not self.levels.only_quotes:
            bold = [[Run(r.text, r.formats | {("strong", "")}, r.mark, r.placed) for r in each] for each in lines]
            return [Paragraph(bold)]
        return [Heading(self.heading, without(line, "strong"))]

    def _leave(self) -> None:
        self.flush()
        self.levels.leave()

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
            self.levels.add(Rule())
        return self.levels.begin(tag, attributes) if len(self.levels) < DEEPEST else "block"

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
            self.runs += pictures.picture(attributes, self.image, self.removed, self.formats[-1])
        elif tag in PLAYERS:
            self._player(tag, attributes)

    def _player(self, tag: str, attributes: Attributes) -> None:
        address = addresses.played(attributes.get("src", "") or attributes.get("data", ""))
        if not address or address in self.played:
            return
        self.played.add(address)
        words = " ".join(attributes.get("title", "").split()) or addresses.shown(address)
        self.runs.append(Run("", PLAIN, "player", Placed(href=address, words=words)))

    def end(self, how: str) -> None:
        """What `start` said."""
        if how == "line":
            self.runs += (BREAK, BREAK)
        elif how == "verbatim":
            self._end_verbatim()
        elif how:
            self.flush()
            if how.startswith("close"):
                self._leave()
            if how == "close twice":
                self._leave()
        self.formats.pop()

    def _end_verbatim(self) -> None:
        self.verbatim -= 1
        if self.verbatim:
            return
        runs, self.runs = self.runs, []
        if self.heading or any(run.mark in STANDS_ALONE for run in runs):
            self.runs = [part for run in runs for part in at_line_ends(run)]
            self.flush()
            return
        for part in parted(runs):
            if any(run.text.strip() for run in part):
                self.levels.add(Verbatim(kept_lines(part)))

    def finish(self) -> list[Block]:
        self.flush()
        while len(self.levels) > 1:
            self._leave()
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
        name = within(href)
        if name in self.places:
            return f"#{place(name)}"
        if href.strip().startswith("#"):
            return ""
        address = addresses.tidy(href)
        if not address:
            self.removed[rules.ADDRESS] += 1
            self.notes.append(f"a link to {' '.join(href.split())[:60]} was left out, its words stay")
            return ""
        ours = self.link(address)
        return addresses.tidy(ours) if ours else address


def _shows(run: Run) -> bool:
    return run.mark != "anchor" if run.mark else not run.text.isspace()

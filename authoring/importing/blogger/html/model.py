"""What a post is made of, whatever its HTML looked like: blocks of lines of runs. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

#: What marks words: a tag's name and, for those that have one, its value (a link's address, an abbreviation's meaning).
Format = tuple[str, str]
Formats = frozenset[Format]
PLAIN: Formats = frozenset()


@dataclass(frozen=True)
class Image:
    """A picture as the post has it. `data` holds the bytes of a data URI, else None; sizes are 0 where none is said."""

    src: str
    alt: str
    data: bytes | None = None
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Placed:
    """What stands in a picture's place: the picture at `src` of this site, or a link to `href` that reads `words`.

    Neither: nothing stands there, and it is counted as left out. `around`: it is where the link around a picture led,
    which is said in brackets, for two links side by side that lead to one place would be one.
    """

    src: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0
    href: str = ""
    words: str = ""
    around: bool = False


class Run(NamedTuple):
    """Words that are marked alike. `mark`: an inline thing of its own ("picture", "player", "anchor"), not words."""

    text: str
    formats: Formats = PLAIN
    mark: str = ""
    placed: Placed | None = None


Line = list[Run]


@dataclass
class Paragraph:
    lines: list[Line]


@dataclass
class Heading:
    level: int
    line: Line


@dataclass
class Quote:
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Listing:
    """A list. `start` is 1 unless it counts from elsewhere; `kind` is the type of its numbers ("a", "i"), or empty.

    `loose`: gathered from items that stood in no list. `backwards`: it counts down. `values` are the numbers that items
    were given, by their place.
    """

    ordered: bool = False
    start: int = 1
    kind: str = ""
    loose: bool = False
    backwards: bool = False
    values: dict[int, int] = field(default_factory=dict)
    items: list[list[Block]] = field(default_factory=list)


@dataclass
class Terms:
    """A list of definitions: "dt" or "dd", and what it holds."""

    parts: list[tuple[str, list[Block]]] = field(default_factory=list)


@dataclass
class Cell:
    head: bool
    across: int = 1
    down: int = 1
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Table:
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass
class Verbatim:
    """Lines whose white space matters."""

    runs: Line


@dataclass
class Rule:
    pass


Block = Paragraph | Heading | Quote | Listing | Terms | Table | Verbatim | Rule
Attributes = Mapping[str, str]

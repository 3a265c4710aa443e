"""Reads one essay out of plain text: date, title, paragraphs, and how to reach its author. Pure; invents nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from authoring.importing.contacts import Contacts, find_contacts
from authoring.importing.dates import read_date
from authoring.importing.errors import ImportingError
from authoring.importing.footer import check_middle, strip_footer
from authoring.importing.reflow import join, reflow

LONGEST_TITLE = 150
_MARKUP = re.compile(r"\s*<(\?xml|!doctype|html|feed|rss|body|div|p)\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

Block = list[str]


@dataclass(frozen=True)
class Draft:
    """What a text says of itself. `title` and `date` are None where it says nothing."""

    title: str | None
    date: date | None
    paragraphs: tuple[str, ...]
    contacts: Contacts
    #: Lines of the old blog that were taken off, in reading order.
    removed: tuple[str, ...]
    #: True if the paragraphs were found by the length of the lines, there being no blank ones.
    reflowed: bool

    @property
    def opening(self) -> str:
        return self.paragraphs[0]

    @property
    def closing(self) -> str:
        return self.paragraphs[-1]


def read_draft(text: str) -> Draft:
    """The essay that `text` holds. Raises ImportingError if it holds none, or more than one."""
    _check_plain(text)
    lines, removed = strip_footer([line.strip() for line in text.splitlines()])
    check_middle(lines)
    on, title, blocks = _header(_blocks(lines))
    if not blocks:
        raise ImportingError("there is no text in it")
    reflowed = len(blocks) == 1 and len(blocks[0]) > 1
    paragraphs = tuple(reflow(blocks[0]) if reflowed else map(join, blocks))
    return Draft(title, on, paragraphs, find_contacts(paragraphs[-1]), removed, reflowed)


def without_title(draft: Draft, title: str) -> tuple[str, ...]:
    """The paragraphs, less a first one that only repeats the title the author has given."""
    rest = draft.paragraphs[1:]
    return rest if rest and draft.opening.casefold() == title.casefold() else draft.paragraphs


def _check_plain(text: str) -> None:
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise ImportingError(f"line {line} holds the control character U+{ord(found[0]):04X}; it is not plain text")
    if _MARKUP.match(text):
        raise ImportingError(
            "it is HTML or XML; this import takes plain text, so copy the essay's words into a text file"
        )


def _blocks(lines: Sequence[str]) -> list[Block]:
    """What stands between blank lines."""
    blocks: list[Block] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _header(blocks: list[Block]) -> tuple[date | None, str | None, list[Block]]:
    """The date and the title above the text, in whichever order they stand, and the rest."""
    on, blocks = _take_date(blocks)
    title, rest = _take_title(blocks, dated=on is not None)
    if title and on is None:
        on, rest = _take_date(rest)
    return (on, title, rest) if rest else (on, None, blocks)


def _take_date(blocks: list[Block]) -> tuple[date | None, list[Block]]:
    on = read_date(blocks[0][0]) if blocks else None
    if on is None:
        return None, blocks
    return on, [blocks[0][1:], *blocks[1:]] if blocks[0][1:] else blocks[1:]


def _take_title(blocks: list[Block], dated: bool) -> tuple[str | None, list[Block]]:
    """A short line standing alone above the text is a title; or alone but for the date below it."""
    if not blocks:
        return None, blocks
    first, *more = blocks[0]
    alone = not more or (len(more) == 1 and not dated and read_date(more[0]) is not None)
    if not alone or not _could_be_title(first, dated):
        return None, blocks
    return join([first]), [more, *blocks[1:]] if more else blocks[1:]


def _could_be_title(line: str, dated: bool) -> bool:
    """A title ends no sentence. Below a date it may ask or exclaim; without one that may be an opening line."""
    closed = (".", ",", ";", ":") if dated else (".", ",", ";", ":", "!", "?", "…", "”", '"')
    return len(line) <= LONGEST_TITLE and (not line.endswith(closed) or (dated and line.endswith("...")))

"""The containers open while a post is read, quotes, lists, tables, and where a block goes within them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from authoring.importing.blogger.html import tables
from authoring.importing.blogger.html.model import Attributes, Block, Cell, Listing, Quote, Table, Terms
from authoring.importing.blogger.html.tags import LISTS

Container = Quote | Listing | Terms | Table


@dataclass
class _Level:
    """An open container, and where the blocks within it go; for a list, a table: None until a part of it opens."""

    container: Container | None
    blocks: list[Block] | None


class Levels:
    """`add` puts a block where the innermost container wants it; the outermost are the post's own `blocks`."""

    def __init__(self, blocks: list[Block]) -> None:
        self._open = [_Level(None, blocks)]

    def __len__(self) -> int:
        """How many are open, the post itself included."""
        return len(self._open)

    @property
    def only_quotes(self) -> bool:
        """Whether whatever is open is a quote."""
        return all(isinstance(level.container, Quote) for level in self._open[1:])

    def add(self, *blocks: Block) -> None:
        level = self._open[-1]
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

    def enter(self, container: Container, blocks: list[Block] | None = None) -> None:
        self._open.append(_Level(container, blocks))

    def leave(self) -> None:
        level = self._open.pop()
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
            _settle_numbers(container)
            if container.items:
                self._listing(container)

    def _listing(self, listing: Listing) -> None:
        """Items that stand in no list are one list, as long as nothing comes between."""
        blocks = self._open[-1].blocks
        if listing.loose and blocks and isinstance(last := blocks[-1], Listing) and last.loose:
            last.items += listing.items
        else:
            self.add(listing)

    def _quote(self, quote: Quote) -> None:
        blocks = self._open[-1].blocks
        if blocks and isinstance(last := blocks[-1], Quote):
            last.blocks += quote.blocks  # to Markdown, two quotes without a word between are one
        else:
            self.add(quote)

    def begin(self, tag: str, attributes: Attributes) -> str:
        """Enter what `tag` opens here; returns how it ends: `close`, `close twice`, or only a `block`."""
        inside = self._open[-1]
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
            return self._item(within if blocks is None else None, _integer(attributes.get("value")))
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

    def _item(self, within: Container | None, value: int | None) -> str:
        if isinstance(within, Listing):
            if within.ordered and value is not None:
                within.values[len(within.items)] = value
            within.items.append([])
            self.enter(within, within.items[-1])
            return "close"
        self.enter(Listing(loose=True, items=[[]]))
        listing = self._open[-1].container
        if isinstance(listing, Listing):
            self.enter(listing, listing.items[0])
        return "close twice"

    def _cell(self, table: Table, tag: str, attributes: Attributes) -> None:
        cell = Cell(tag == "th", _number(attributes.get("colspan"), 1), _number(attributes.get("rowspan"), 1))
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(cell)
        self.enter(table, cell.blocks)


def _listing(tag: str, attributes: Attributes) -> Listing:
    if tag != "ol":
        return Listing()
    kind = attributes.get("type", "")
    start = _integer(attributes.get("start"))
    kind = kind if kind in ("a", "A", "i", "I") else ""
    return Listing(True, 1 if start is None else start, kind, backwards="reversed" in attributes)


def _settle_numbers(listing: Listing) -> None:
    """Without items that hold nothing, and with no number but those that counting does not give anyway."""
    items, values, next_number = listing.items, listing.values, listing.start
    listing.items, listing.values = [], {}
    for place, item in enumerate(items):
        number = values.get(place, next_number)
        if not item:
            continue
        if number != next_number and not listing.items and not listing.backwards:
            listing.start = number
        elif number != next_number or (listing.backwards and place in values):
            listing.values[len(listing.items)] = number
        next_number = number + 1
        listing.items.append(item)


def _integer(said: str | None) -> int | None:
    found = re.match(r"\s*([+-]?\d{1,5})", said or "", re.ASCII)
    return int(found[1]) if found else None


def _number(said: str | None, otherwise: int) -> int:
    text = (said or "").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    return number or otherwise

"""Writes blocks as HTML, for what Markdown cannot carry: few tags, no looks, everything closed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape as entities

from authoring.importing.blogger.html.inline import as_html
from authoring.importing.blogger.html.model import (
    Block,
    Cell,
    Heading,
    Line,
    Listing,
    Paragraph,
    Quote,
    Table,
    Terms,
    Verbatim,
)


def block(one: Block) -> str:
    """One block, without an empty line in it: to Markdown an empty line may end what it leaves alone."""
    match one:
        case Paragraph():
            return f"<p>{lines(one.lines)}</p>"
        case Heading():
            return f"<h{one.level}>{as_html(one.line)}</h{one.level}>"
        case Quote():
            return f"<blockquote>\n{blocks(one.blocks)}\n</blockquote>"
        case Listing():
            return _listing(one)
        case Terms():
            parts = (f"<{name}>{_inside(held)}</{name}>" for name, held in one.parts)
            return "<dl>\n" + "\n".join(parts) + "\n</dl>"
        case Table():
            return _table(one)
        case Verbatim():
            return f"<pre>{as_html(one.runs)}</pre>"
        case _:
            return "<hr>"


def blocks(listed: Sequence[Block]) -> str:
    return "\n".join(map(block, listed))


def lines(listed: Sequence[Line]) -> str:
    return "<br>\n".join(map(as_html, listed))


def _inside(listed: Sequence[Block]) -> str:
    """A paragraph alone in its place needs no tag of its own."""
    first, rest = listed[0], listed[1:]
    if isinstance(first, Paragraph) and not any(isinstance(each, Paragraph) for each in rest):
        return lines(first.lines) + (f"\n{blocks(rest)}" if rest else "")
    return blocks(listed)


def _listing(listing: Listing) -> str:
    name = "ol" if listing.ordered else "ul"
    start = f' start="{listing.start}"' if listing.ordered and listing.start != 1 else ""
    kind = f' type="{entities(listing.kind)}"' if listing.kind else ""
    down = " reversed" * listing.backwards
    values = {place: f' value="{value}"' for place, value in listing.values.items()}
    items = "\n".join(f"<li{values.get(place, '')}>{_inside(item)}</li>" for place, item in enumerate(listing.items))
    return f"<{name}{start}{kind}{down}>\n{items}\n</{name}>"


def _table(table: Table) -> str:
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    return f"<table>\n{rows}\n</table>"


def _cell(cell: Cell) -> str:
    name = "th" if cell.head else "td"
    across = f' colspan="{cell.across}"' if cell.across > 1 else ""
    down = f' rowspan="{cell.down}"' if cell.down > 1 else ""
    return f"<{name}{across}{down}>{_inside(cell.blocks) if cell.blocks else ''}</{name}>"

"""Writes blocks as Markdown that the site reads back as the same blocks; what it could not read back, as HTML. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from authoring.importing import escape
from authoring.importing.blogger.html import markup
from authoring.importing.blogger.html.inline import as_markdown
from authoring.importing.blogger.html.lines import plain
from authoring.importing.blogger.html.model import (
    Block,
    Heading,
    Line,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
    Verbatim,
)

#: Longer than this, a paragraph is left to HTML, and a list of more items: Markdown's time grows with the square of it.
LONGEST_PARAGRAPH, COST = 40_000, 20
MOST_ITEMS = 1_000
DEEPEST = 6
APART = "<!-- -->"  # between two lists, which would be one
_METADATA = re.compile(r"([A-Za-z0-9_-]+):")


def written(one: Block) -> str:
    """One block; as HTML what Markdown cannot carry."""
    return "\n".join(_block(one)) if is_simple(one) else markup.block(one)


def document(blocks: Sequence[Block], texts: Sequence[str]) -> str:
    """All blocks, each as `texts` has it written."""
    parts: list[str] = []
    for number, text in enumerate(texts):
        if number and isinstance(blocks[number], Listing) and isinstance(blocks[number - 1], Listing):
            parts.append(APART)
        parts.append(text)
    whole = "\n\n".join(parts)
    return _METADATA.sub(r"\1&#58;", whole, count=1) if _METADATA.match(whole) else whole  # no head stands above it yet


def is_simple(block: Block, depth: int = 0, listed: bool = False) -> bool:
    """Whether Markdown can carry the block; `listed`: within a list."""
    match block:
        case Paragraph():
            return sum(len(run.text) + COST for line in block.lines for run in line) < LONGEST_PARAGRAPH
        case Heading():
            return not listed and len(plain(block.line)) < LONGEST_PARAGRAPH
        case Quote():
            return not listed and depth < DEEPEST and _all_simple(block.blocks, depth + 1, listed)
        case Listing():
            plainly = block.start == 1 and not (block.kind or block.backwards or block.values)
            counted = plainly and len(block.items) < MOST_ITEMS
            return counted and depth < DEEPEST and all(_is_simple_item(item, depth) for item in block.items)
        case Table():
            return depth == 0 and len(block.rows) < MOST_ITEMS and _is_simple_table(block)
        case Verbatim():
            return depth == 0 and not any(run.formats for run in block.runs) and "```" not in block.runs[0].text
        case Rule():
            return not listed
    return False


def _all_simple(blocks: Sequence[Block], depth: int, listed: bool) -> bool:
    lists = any(isinstance(a, Listing) and isinstance(b, Listing) for a, b in pairwise(blocks))
    return not lists and all(is_simple(block, depth, listed) for block in blocks)


def _is_simple_item(item: Sequence[Block], depth: int) -> bool:
    return isinstance(item[0], Paragraph) and _all_simple(item, depth + 1, listed=True)


def _is_simple_table(table: Table) -> bool:
    """A row of headings, and every cell a line."""
    cells = [cell for row in table.rows for cell in row]
    first, *rest = table.rows
    return (
        all(cell.across == cell.down == 1 for cell in cells)
        and all(len(row) == len(first) for row in rest)
        and all(cell.head for cell in first)
        and not any(cell.head for row in rest for cell in row)
        and all(isinstance(block, Paragraph) and len(block.lines) == 1 for cell in cells for block in cell.blocks)
    )


def _block(block: Block) -> list[str]:
    """The lines of a block that is simple."""
    match block:
        case Paragraph():
            return _lines(block.lines)
        case Heading():
            text = as_markdown(block.line)
            return [f"{'#' * block.level} {text[:-1]}&#35;" if text.endswith("#") else f"{'#' * block.level} {text}"]
        case Quote():
            return [f"> {line}" if line else ">" for line in _apart(block.blocks)]
        case Listing():
            return _listing(block)
        case Table():
            return _table(block)
        case Verbatim():
            return ["```", *block.runs[0].text.split("\n"), "```"]
        case _:
            return ["* * *"]


def _lines(lines: Sequence[Line]) -> list[str]:
    written = [escape.line(as_markdown(line), first=number == 0) for number, line in enumerate(lines)]
    return [f"{line}  " for line in written[:-1]] + written[-1:]


def _apart(blocks: Sequence[Block]) -> list[str]:
    """Blocks with an empty line between two."""
    found: list[str] = []
    for block in blocks:
        found += [*([""] if found else []), *_block(block)]
    return found


def _listing(listing: Listing) -> list[str]:
    loose = any(sum(isinstance(block, Paragraph) for block in item) > 1 for item in listing.items)
    found: list[str] = []
    for number, item in enumerate(listing.items, 1):
        marker = f"{number}." if listing.ordered else "-"
        inner = _apart(item) if loose else [line for block in item for line in _block(block)]
        first, *rest = inner
        found += [""] if loose and found else []
        found += [f"{marker:<3} {first}", *(f"    {line}" if line else "" for line in rest)]
    return found


def _table(table: Table) -> list[str]:
    head, *rest = ([_cell(cell.blocks) for cell in row] for row in table.rows)
    return [_row(head), _row(["---"] * len(head)), *map(_row, rest)]


def _cell(blocks: Sequence[Block]) -> str:
    first = blocks[0] if blocks else None
    return as_markdown(first.lines[0]).replace("|", "&#124;") if isinstance(first, Paragraph) else ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"

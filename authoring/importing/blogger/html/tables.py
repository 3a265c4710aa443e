"""Tells tables that hold data from tables that only held a layout together. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.importing.blogger.html.lines import plain
from authoring.importing.blogger.html.model import Block, Cell, Paragraph, Table

LONGEST_CELL = 300


def settled(table: Table) -> Iterator[Block]:
    """The table if it holds data, else what it holds, cell after cell."""
    rows = [row for row in table.rows if any(cell.blocks for cell in row)]
    if len(rows) > 1 and all(len(row) > 1 for row in rows) and all(_is_data(cell) for row in rows for cell in row):
        yield Table(rows)
    else:
        yield from (block for row in rows for cell in row for block in cell.blocks)


def _is_data(cell: Cell) -> bool:
    """A line or two of words, and no pictures."""
    if len(cell.blocks) > 1 or not all(isinstance(block, Paragraph) for block in cell.blocks):
        return False
    lines = [line for block in cell.blocks if isinstance(block, Paragraph) for line in block.lines]
    marks = any(run.mark in ("picture", "player") for line in lines for run in line)
    return not marks and sum(len(plain(line)) for line in lines) <= LONGEST_CELL

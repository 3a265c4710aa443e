"""Sets the headings of a post below its title, without gaps between their levels. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from authoring.importing.blogger.html.model import Block, Heading, Quote

HIGHEST, LOWEST = 2, 6


def level(blocks: Sequence[Block]) -> None:
    """Give every heading of `blocks`, which holds the levels as the post had them, the level it has on the page."""
    open_: list[int] = []
    for heading in _headings(blocks):
        while open_ and open_[-1] >= heading.level:
            open_.pop()
        said, heading.level = heading.level, min(HIGHEST + len(open_), LOWEST)
        open_.append(said)


def _headings(blocks: Sequence[Block]) -> list[Heading]:
    found: list[Heading] = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(block)
        elif isinstance(block, Quote):
            found += _headings(block.blocks)
    return found

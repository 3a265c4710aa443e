"""Takes a post's words over: without the old template's footer, its closing recognised. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from authoring.importing.blogger.closing import COMPONENT, closing_of
from authoring.importing.blogger.html.convert import Image, Placed, convert
from authoring.importing.blogger.pieces import Words
from authoring.importing.footer import strip_footer

#: Of the old blog's lines only these prove that the template stands there: an essay may well end with "Home".
_PROOF = re.compile(r"no comments:?|post a comment|subscribe to: .*|posted by .*", re.IGNORECASE)


def take_over(html: str, link: Callable[[str], str | None], image: Callable[[Image], Placed], closing: str) -> Words:
    """`closing` is what shall become of the words that invite to answer: KEEP or COMPONENT."""
    converted = convert(html, link, image)
    blocks, footer = without_footer(converted.markdown.split("\n\n"))
    number = closing_of(blocks)
    inviting = tuple(blocks[len(blocks) - number :])
    body = blocks[: len(blocks) - number] if closing == COMPONENT else blocks
    markdown = "\n\n".join(body)
    return Words(
        markdown=markdown,
        removed=dict(converted.removed),
        notes=tuple(converted.notes),
        closing=inviting,
        closing_kept=closing != COMPONENT,
        footer=footer,
        count=len(markdown.split()),
    )


def without_footer(blocks: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs without the old template's, and those. Nothing is looked for above: there an export has none."""
    (_, *rest), removed = strip_footer(["the essay", *blocks])
    return (rest, removed) if any(_PROOF.fullmatch(line) for line in removed) else (blocks, ())

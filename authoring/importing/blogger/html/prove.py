"""Reads Markdown as the site does, and tells which blocks would lose a word on the way. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from markdown import Markdown

from authoring.importing.blogger.html import markdown, markup
from authoring.importing.blogger.html.model import Block

#: As `publishconf.py` has it; a test holds one against the other.
EXTENSIONS = ("markdown.extensions.extra", "markdown.extensions.meta")
_LINE_END = re.compile(
    r"<br\s*/?>\s*|</?(?:p|div|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|pre|table|t[rhd]|thead|tbody|hr)\b[^>]*>"
)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
LARGE = 200_000


class Proof:
    """One parser for many posts: it takes a while to make."""

    def __init__(self) -> None:
        self._parser = Markdown(extensions=list(EXTENSIONS))

    def written(self, blocks: Sequence[Block]) -> str:
        """The Markdown of `blocks`, each as HTML that would not come back as it went."""
        text = markdown.document(blocks)
        if len(text) < LARGE and self._reads(text) == seen(markup.blocks(blocks)):
            return text
        spelled = frozenset(n for n, block in enumerate(blocks) if markdown.is_simple(block) and not self._keeps(block))
        text = markdown.document(blocks, spelled)
        if len(text) >= LARGE or self._reads(text) == seen(markup.blocks(blocks)):
            return text
        return markdown.document(blocks, frozenset(range(len(blocks))))

    def _keeps(self, block: Block) -> bool:
        return self._reads(markdown.document([block])) == seen(markup.block(block))

    def _reads(self, text: str) -> list[str]:
        self._parser.reset()
        return seen(self._parser.convert(f"Title: -\n\n{text}"))


def seen(html: str) -> list[str]:
    """The lines of clean HTML as a reader sees them, white space aside."""
    lines = _TAG.sub("", _LINE_END.sub("\n\n", html.replace("\n", " "))).split("\n\n")
    return [words for line in lines if (words := " ".join(unescape(line).split()))]

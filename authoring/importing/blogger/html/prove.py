"""Reads Markdown as the site does, and tells which blocks would lose a word on the way. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from markdown import Markdown

from authoring.importing.blogger.html import markdown, markup
from authoring.importing.blogger.html.model import Block

#: As `publishconf.py` has it; a test holds one against the other.
EXTENSIONS = ("markdown.extensions.extra", "markdown.extensions.meta")
_LINE_END = re.compile(
    r"<br\s*/?>\s*|</?(?:p|div|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|pre|table|t[rhd]|thead|tbody|hr)\b[^>]*>"
)
#: A letter to begin with, and no sign that could mean anything: no second line, no mark, no bracket, no entity.
_CERTAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ \xa0.,;:!?'\"’‘“”…–—/%$()-])*")
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
#: A longer text is read in pieces of so many characters: Markdown's time grows faster than what it reads.
LARGE, PIECE = 200_000, 20_000


@dataclass
class _Post:
    """Blocks, each as it is to be written and as HTML."""

    blocks: Sequence[Block]
    texts: list[str]
    spelled: Sequence[str]

    def markdown(self, numbers: Sequence[int]) -> str:
        """Of some blocks, as they would follow each other."""
        return markdown.document([self.blocks[n] for n in numbers], [self.texts[n] for n in numbers])

    def is_doubtful(self, number: int) -> bool:
        return self.texts[number] != self.spelled[number] and not is_certain(self.texts[number])

    def pieces(self) -> Iterator[list[int]]:
        """The doubtful, some PIECE characters at a time."""
        piece: list[int] = []
        length = 0
        for number in filter(self.is_doubtful, range(len(self.blocks))):
            piece.append(number)
            length += len(self.spelled[number])
            if length >= PIECE:
                yield piece
                piece, length = [], 0
        if piece:
            yield piece


class Proof:
    """One parser for many posts: it takes a while to make."""

    def __init__(self) -> None:
        self._parser = Markdown(extensions=list(EXTENSIONS))

    def written(self, blocks: Sequence[Block]) -> str:
        """The Markdown of `blocks`, each as HTML that would not come back as it went."""
        post = _Post(blocks, list(map(markdown.written, blocks)), list(map(markup.block, blocks)))
        whole = range(len(blocks))
        text = post.markdown(whole)
        if len(text) >= LARGE:
            for piece in post.pieces():
                if not self._comes_back(post, piece):
                    self._spell(post, piece)
            return post.markdown(whole)
        if self._comes_back(post, whole):
            return text
        self._spell(post, whole)
        return post.markdown(whole) if self._comes_back(post, whole) else markdown.document(blocks, post.spelled)

    def _spell(self, post: _Post, numbers: Iterable[int]) -> None:
        for number in filter(post.is_doubtful, numbers):
            if not self._comes_back(post, [number]):
                post.texts[number] = post.spelled[number]

    def _comes_back(self, post: _Post, numbers: Sequence[int]) -> bool:
        return self._reads(post.markdown(numbers)) == seen("\n".join(post.spelled[n] for n in numbers))

    def _reads(self, text: str) -> list[str]:
        self._parser.reset()
        return seen(self._parser.convert(f"Title: -\n\n{text}"))


def is_certain(text: str) -> bool:
    """Whether a block is a line of words in which Markdown sees nothing of its own, so that it need not be read."""
    return _CERTAIN.fullmatch(text) is not None


def seen(html: str) -> list[str]:
    """The lines of clean HTML as a reader sees them, white space aside."""
    lines = _TAG.sub("", _LINE_END.sub("\n\n", html.replace("\n", " "))).split("\n\n")
    return [words for line in lines if (words := " ".join(unescape(line).split()))]

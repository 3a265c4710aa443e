"""An essay's file read as prose: its paragraphs by line, without markup, its sentences and its words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from authoring.importing.article_file import parted

#: What is not prose: code, addresses, tags, comments. Replaced by spaces, so that lines stay where they are.
_UNSPOKEN = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|<!--.*?-->|<[^<>]*>|\]\([^)\n]*\)|\]\[[^\]\n]*\]|^\[[^\]\n]+\]:.*?$"
    r"|\bhttps?://\S+|\bwww\.\S+|\S+@\S+|\{[^}\n]*\}|&\w+;",
    re.DOTALL | re.MULTILINE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[”\"’')\]*_]*\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")


@dataclass(frozen=True)
class Paragraph:
    """`line` is that of its first word in the file."""

    line: int
    text: str

    @property
    def sentences(self) -> list[str]:
        return [sentence for sentence in _SENTENCE_END.split(self.text) if _WORD.search(sentence)]


def paragraphs(file_text: str) -> list[Paragraph]:
    """The paragraphs below the front matter."""
    head, body = parted(file_text)
    plain = _UNSPOKEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body)
    return list(_blocks(plain, head.count("\n") + 1))


def _blocks(plain: str, first_line: int) -> Iterator[Paragraph]:
    start, words = 0, ""
    for number, line in enumerate([*plain.split("\n"), ""], first_line):
        if line.strip():
            start = start or number
            words += f" {line}"
        elif start:
            yield Paragraph(start, " ".join(words.split()).lstrip("#>-*+ "))
            start, words = 0, ""


def words(text: str) -> list[str]:
    return _WORD.findall(text)

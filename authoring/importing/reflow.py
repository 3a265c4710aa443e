"""Finds the paragraphs of a text whose lines were cut to a width and which has no blank lines. Pure.

Whoever wraps text breaks a line only where the next word no longer fits. So a line that ends a sentence
although the next word would have fitted ends its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

#: A line that ends so may end a paragraph. Closing quotes and brackets may follow.
SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|Jr|Sr|vs|e\.g|i\.e|[A-Z])\.$")
#: Words that may follow a hyphen left hanging: "pre- and post-war".
_HANGING = ("and", "or", "to")
#: Of a wrapped text, this share of the lines keeps to the width. Nobody wraps wider than printers' paper.
_MOST, _WIDEST = 0.8, 132


def reflow(lines: Sequence[str]) -> list[str]:
    """The paragraphs that `lines`, none of them blank, were cut from."""
    width = wrap_width(lines)
    starts = range(1, len(lines)) if width is None else _starts(lines, width)
    bounds = [0, *starts, len(lines)]
    return [join(lines[a:b]) for a, b in pairwise(bounds)]


def join(lines: Sequence[str]) -> str:
    """One paragraph on one line, white space made single; a word cut at its own hyphen becomes whole again."""
    text = ""
    for line in lines:
        words = line.split()
        cut = re.search(r"\w-$", text) and words and words[0] not in _HANGING
        text += ("" if cut or not text else " ") + " ".join(words)
    return text


def wrap_width(lines: Sequence[str]) -> int | None:
    """The width that most lines keep to and that explains most breaks inside sentences; None if nothing was wrapped.

    A break is explained by the widths from the line's own length to just before the next word fits too.
    Counting explanations passes over the odd line that is too long or was cut short.
    """
    breaks = [
        (len(line), len(line) + len(_first_word(after))) for line, after in pairwise(lines) if not ends_sentence(line)
    ]

    def explained(width: int) -> int:
        return sum(shortest <= width <= longest for shortest, longest in breaks)

    def kept_to(width: int) -> bool:
        return width <= _WIDEST and sum(len(line) <= width for line in lines) >= _MOST * len(lines)

    widths = [width for width in {len(line) for line in lines} if kept_to(width) and explained(width)]
    return max(widths, key=lambda width: (explained(width), width), default=None)


def ends_sentence(line: str) -> bool:
    return bool(SENTENCE_END.search(line)) and not _ABBREVIATION.search(line)


def _starts(lines: Sequence[str], width: int) -> list[int]:
    """The lines that open a paragraph, all but the first."""
    ends = [i for i in range(len(lines) - 1) if ends_sentence(lines[i])]
    certain = [i + 1 for i in ends if _has_room(lines, i, width)]
    if not _opens_short(lines, [0, *certain], width):
        return certain
    return [i + 1 for i in ends if _has_room(lines, i, width) or _cut_short(lines, i + 1, width)]


def _opens_short(lines: Sequence[str], starts: Sequence[int], width: int) -> bool:
    """Whether paragraphs of this text open with a line cut short, as they do in text saved from an old blog.

    Its wrapping counted the invisible markup before the first word. Where that is the habit, it also betrays
    a paragraph whose predecessor happens to fill its last line.
    """
    return len(starts) > 2 and sum(_cut_short(lines, i, width) for i in starts) >= _MOST * len(starts)


def _cut_short(lines: Sequence[str], i: int, width: int) -> bool:
    return i + 1 < len(lines) and not ends_sentence(lines[i]) and _has_room(lines, i, width)


def _has_room(lines: Sequence[str], i: int, width: int) -> bool:
    """Whether the next line's first word would still have fitted into line `i`."""
    return len(lines[i]) + 1 + len(_first_word(lines[i + 1])) <= width


def _first_word(line: str) -> str:
    return line.split(maxsplit=1)[0]

"""Visitors' words in a plain-text mail: recognisable as theirs, unable to pass for the mail's own. Pure."""

from __future__ import annotations

import textwrap
import unicodedata

#: Columns of a mail. Narrow enough that no mail program wraps a quoted line into an unquoted one.
WIDTH = 72
#: Marks that turn the reading direction round; they could make a line read as it does not stand.
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKING = frozenset({"Cc", "Zl", "Zp", "Cs"})


def one_line(text: str, longest: int = 200) -> str:
    """`text` as one tidy line of at most `longest` characters, safe in a header."""
    kept = "".join(" " if unicodedata.category(c) in _BREAKING else c for c in text if c not in _TURNING)
    return clip(" ".join(kept.split()), longest)


def clip(text: str, longest: int) -> str:
    """The beginning of `text`, an ellipsis behind it where something is missing; no character is torn."""
    if len(text) <= longest:
        return text
    end = longest - 1
    while end > 0 and _belongs_to_the_one_before(text, end):
        end -= 1
    return text[:end].rstrip() + "…"


def quoted(text: str) -> str:
    """`text` behind a mark on every line, as mail programs quote: nothing in it can look like our words."""
    lines = [line for paragraph in text.splitlines() for line in _wrapped(paragraph)]
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(f"> {line}".rstrip() for line in lines) or ">"


def wrapped(text: str) -> str:
    """Our own prose, paragraph by paragraph, at the width of a mail; long addresses stay whole."""
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def lined(text: str) -> str:
    """`text` line by line, each indented as it was; long ones go on below themselves."""
    return "\n".join(_one_or_more(line) for line in text.rstrip().splitlines())


def _one_or_more(line: str) -> str:
    text = one_line(line, longest=len(line) + 1)
    indent = line[: len(line) - len(line.lstrip(" "))]
    return textwrap.fill(
        text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _wrapped(paragraph: str) -> list[str]:
    # A word longer than the line is cut: unbroken, a mail program would wrap it past the quote mark.
    line = one_line(paragraph, longest=len(paragraph) + 1)
    return textwrap.wrap(line, WIDTH - 2, break_on_hyphens=False) or [""]


def _belongs_to_the_one_before(text: str, at: int) -> bool:
    """True inside one visible character: accents, joined emoji, skin tones, variation marks."""
    joined = "\u200d" in (text[at], text[at - 1])
    tone = "\U0001f3fb" <= text[at] <= "\U0001f3ff"
    return joined or tone or unicodedata.category(text[at]) in ("Mn", "Mc", "Me")

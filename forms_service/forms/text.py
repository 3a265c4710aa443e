"""How typed text is tidied: line ends, control characters, blanks. Pure."""

from __future__ import annotations

import unicodedata

NUL = "\x00"
_BREAKS = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"), " ")


def one_line(text: str | None) -> str:
    """`text` on one line: breaks become blanks, other control characters go (NUL stays, to be refused)."""
    kept = (c for c in (text or "").translate(_BREAKS) if c == NUL or unicodedata.category(c) != "Cc")
    return "".join(kept).strip()


def paragraphs(text: str | None) -> str:
    """`text` with the line ends that were typed: a form sends each as CR LF."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def as_sent(raw: str) -> str:
    """`raw` as it is kept for good: line ends as they were typed, and a mark where a null byte stood.

    A null byte inside JSON would make PostgreSQL refuse every later look into it.
    """
    return raw.replace("\r\n", "\n").replace(NUL, "\N{REPLACEMENT CHARACTER}")


def is_blank(text: str) -> bool:
    """True if nobody could see anything of it: only blanks, format and combining characters."""
    return all(unicodedata.category(c)[0] in "CZM" for c in text)

"""A visitor's plain text as paragraphs, lines and links: the only shape it ever takes on a page. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

#: What XML 1.0 cannot hold, not even escaped; HTML has no use for it either.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Characters that turn the direction of writing around, for the text behind them too.
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINK = re.compile('(?<!\\w)https?://[^\\s<>"\u202a-\u202e\u2066-\u2069\ufffd]+', re.IGNORECASE)
_TRAILING = ".,;:!?'\"’”»…*_"
_PAIRS = {")": "(", "]": "["}


@dataclass(frozen=True)
class Piece:
    """A run of text; a link when `href` is set."""

    text: str
    href: str | None = None


Line = list[Piece]
Paragraph = list[Line]


def clean(text: str) -> str:
    """`text` with the replacement character for whatever no page and no feed can hold."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """`text` for a title or a label: no line breaks, and nothing that turns what follows around."""
    return " ".join(DIRECTION.sub("", clean(text)).split())


def initial(name: str) -> str:
    """The letter for the circle beside a name."""
    shown = one_line(name)
    return next((c for c in shown if c.isalnum()), shown[:1] or "?").upper()[:1]


def paragraphs(text: str) -> list[Paragraph]:
    """Blank lines part paragraphs, line breaks are kept, addresses of pages become links."""
    unified = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    blocks = (block.strip("\n") for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", unified))
    return [[pieces(line.strip()) for line in block.split("\n")] for block in blocks if block.strip()]


def pieces(line: str) -> Line:
    """`line` cut into text and links; put together again it is the same line."""
    found: Line = []
    done = 0
    for match in _LINK.finditer(line):
        address = _without_trailing(match[0])
        if not _is_address(address):
            continue
        if match.start() > done:
            found.append(Piece(line[done : match.start()]))
        found.append(Piece(address, address))
        done = match.start() + len(address)
    if done < len(line):
        found.append(Piece(line[done:]))
    return found


def _without_trailing(address: str) -> str:
    """Without the full stop or the bracket that belongs to the sentence around it."""
    unopened = {last: address.count(last) - address.count(first) for last, first in _PAIRS.items()}
    end = len(address)
    while end:
        last = address[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]


def is_page(address: str) -> bool:
    """True for the whole address of a page, http or https: what the link of a name may be."""
    match = _LINK.fullmatch(address)
    return match is not None and clean(address) == address and _is_address(address)


def _is_address(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False

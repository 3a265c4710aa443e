"""Plain words as Markdown that shows exactly these words. Pure.

Every character that Markdown or HTML would take for its own is disarmed; an e-mail address or a web address
becomes a link that reads as it did.
"""

from __future__ import annotations

import re

from authoring.importing.contacts import EMAIL

#: What ends a sentence does not belong to the address before it.
_URL = re.compile(r"(?<![\w@])https?://[\w\-.~:/?#@!$&()+,=%]*[\w\-~/#&+=%]", re.ASCII | re.IGNORECASE)
_SPECIAL = re.compile(r"[\\`*_{}\[\]<]|&(?=#?\w+;)")
_AT_START = re.compile(r"(?P<number>\d+)\.(?=\s|$)|(?P<sign>[#>+-])|(?P<entity>:(?=\s|$)|~~~)")
#: What the second line of a paragraph could make of the first: a heading, the head of a table.
_BELOW = re.compile(r"(?P<entity>[=:|])")


def paragraph(text: str) -> str:
    """One line of Markdown for one paragraph of plain text on one line."""
    pieces, at = [], 0
    for found in _links(text):
        pieces += [_plain(text[at : found.start()]), _link(found[0])]
        at = found.end()
    return _start("".join((*pieces, _plain(text[at:]))))


def words(text: str) -> str:
    """The same for some words within a line; addresses among them stay words.

    A second bracket is spelled out: in a page of this site `[[author]]` stands for a name.
    """
    return _plain(text).replace("\\[\\[", "\\[&#91;")


def line(markdown: str, first: bool = True) -> str:
    """A line made of `words`, marks and links, so that it begins nothing; `first` of its paragraph or not."""
    if not first and _BELOW.match(markdown):
        return f"&#{ord(markdown[0])};{markdown[1:]}"
    return _start(markdown)


def _links(text: str) -> list[re.Match[str]]:
    urls = list(_URL.finditer(text))
    mails = [m for m in EMAIL.finditer(text) if not any(u.start() < m.end() and m.start() < u.end() for u in urls)]
    return sorted(urls + mails, key=lambda found: found.start())


def _link(address: str) -> str:
    """Mail gets a link spelled out: of `<a@b.example>` Markdown makes a puzzle of entities, unreadable to a search."""
    return f"<{address}>" if "://" in address else f"[{_plain(address)}](mailto:{address})"


def _plain(text: str) -> str:
    return _SPECIAL.sub(_disarm, text)


def _disarm(found: re.Match[str]) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(found[0], f"\\{found[0]}")


def _start(line: str) -> str:
    """Some characters mean something only where a line begins."""
    found = _AT_START.match(line)
    if not found:
        return line
    if found["number"]:
        return f"{found['number']}\\.{line[found.end() :]}"
    first = f"\\{line[0]}" if found["sign"] else f"&#{ord(line[0])};"
    return first + line[1:]

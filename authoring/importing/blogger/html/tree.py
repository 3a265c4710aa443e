"""Reads HTML of any kind into a tree, and keeps every word of it: none too deep, none after the end. Pure."""

from __future__ import annotations

import re

from lxml import etree

#: lxml gives up on what stands deeper than about 2,000 elements, and everything after it is lost.
DEEPEST = 500
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][^\s/>]*)([^<>]*)>", re.DOTALL)
#: What ends a document early, and what would be taken for frames in place of a text.
_FRAME = re.compile(r"<(?:/?(?:body|html|frameset|noframes|head)\b[^<>]*|!doctype[^<>]*)>", re.IGNORECASE)
#: Blocks that only part one line from the next become signs between lines, start and end alike: posts close them in any
#: order or not at all, and a tree would then end a paragraph, or a bold word, where no reader sees an end.
SIGN = "import-sign"
_PARTING = re.compile(
    r"<(/?)(p|div|center|section|article|aside|header|footer|main|nav|address|form|fieldset|legend|figure|figcaption"
    r"|details|summary|hgroup|dialog|option|optgroup|h[1-6])(?=[\s/>])",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"</(?:blockquote|li|ul|ol|dl|dd|dt|td|th|caption|table|pre|textarea)\s*>", re.IGNORECASE)
#: Nobody closes these, and they do not nest.
_SHALLOW = frozenset((
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta",
    "param", "source", "track", "wbr", "p", "li", "tr", "td", "th", "dt", "dd", "option", "thead", "tbody", "tfoot",
    "colgroup",
))  # fmt: skip
_WITHIN_LINES = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
))  # fmt: skip
_BREAK = "<br><br>"
_UNREAD = dict.fromkeys([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
#: Line ends of other systems: white space to a reader.
_UNREAD |= dict.fromkeys([0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0x2028, 0x2029], " ")


def parse(html: str) -> etree._Element | None:
    """The tree of `html`; None if there is nothing in it."""
    whole = _CLOSED.sub(rf'\g<0><img {SIGN}="">', _FRAME.sub(" ", clean(html)))
    whole = flattened(_PARTING.sub(_sign, whole))
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True, recover=True)
    try:
        return etree.fromstring(f"<html><body>{whole}".encode(), parser)
    except etree.XMLSyntaxError:
        return None


def _sign(found: re.Match[str]) -> str:
    return f'<img {SIGN}="{found[1]}{found[2].lower()}"'


def clean(text: str) -> str:
    """Without what no file can hold."""
    return text.translate(_UNREAD)


def flattened(html: str) -> str:
    """`html` with everything deeper than DEEPEST lifted to there: paragraphs stay apart, words stay in order."""
    if html.count("<") < DEEPEST:
        return html
    depth = lifted = 0
    pieces: list[str] = []
    at = 0
    for found in _TAG.finditer(html):
        name = (found[2] or "").lower()
        if not name or name in _SHALLOW or (found[3].endswith("/") and ":" in name):
            continue
        if not found[1]:
            depth += 1
            lift = depth > DEEPEST
            lifted += lift
        else:
            lift = lifted > 0
            lifted -= lift
            depth = max(0, depth - 1)
        if lift:
            pieces += [html[at : found.start()], "" if name in _WITHIN_LINES else _BREAK]
            at = found.end()
    return "".join((*pieces, html[at:])) if pieces else html

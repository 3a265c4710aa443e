"""What the tags of HTML mean to a reader: where a paragraph ends, how words are marked. Pure."""

from __future__ import annotations

import re

from authoring.importing.blogger.html.model import Attributes, Format, Formats

#: A tag that begins a line of its own, and ends one.
BLOCKS = frozenset((
    "blockquote", "caption", "dd", "dir", "dl", "dt", "hr", "li", "listing", "menu", "ol", "plaintext", "pre",
    "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "xmp",
))  # fmt: skip
LISTS = frozenset(("ul", "ol", "dir", "menu"))
VERBATIM = frozenset(("pre", "listing", "xmp", "plaintext"))
PLAYERS = frozenset(("iframe", "embed", "object", "video", "audio", "applet"))

_MARKS: dict[str, str] = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "cite", "dfn": "dfn", "u": "u", "s": "s",
    "strike": "s", "del": "del", "ins": "ins", "sub": "sub", "sup": "sup", "small": "small", "mark": "mark", "q": "q",
    "code": "code", "tt": "code", "samp": "samp", "kbd": "kbd", "var": "var",
    "ruby": "ruby", "rt": "rt", "rp": "rp",
}  # fmt: skip
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_UPRIGHT = re.compile(r"font-style\s*:\s*normal", re.IGNORECASE)
_LINED = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bunderline", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through", re.IGNORECASE)


def marked(formats: Formats, tag: str, attributes: Attributes) -> Formats:
    """How words are marked within this tag, if they are marked by `formats` around it."""
    name = _MARKS.get(tag)
    if name:
        formats |= {(name, "")}
    elif tag in ("abbr", "acronym") and attributes.get("title", "").strip():
        formats = _without(formats, "abbr") | {("abbr", " ".join(attributes["title"].split()))}
    return styled(formats, tag, attributes.get("style", "")) if "style" in attributes else formats


def styled(formats: Formats, tag: str, style: str) -> Formats:
    """Editors of old wrote bold and italics as styles of a span, and took them back the same way."""
    if _BOLD.search(style):
        formats |= {("strong", "")}
    elif _LIGHT.search(style):
        formats = _without(formats, "strong")
    if _SLANTED.search(style):
        formats |= {("em", "")}
    elif _UPRIGHT.search(style):
        formats = _without(formats, "em")
    if _LINED.search(style) and tag != "a" and not any(name == "a" for name, _ in formats):
        formats |= {("u", "")}
    return formats | {("s", "")} if _STRUCK.search(style) else formats


def linked(formats: Formats, address: str) -> Formats:
    without: Formats = _without(formats, "a")
    return without | {("a", address)} if address else without


def _without(formats: Formats, name: str) -> Formats:
    kept: set[Format] = {each for each in formats if each[0] != name}
    return frozenset(kept)

"""Writes a line of marked words, as Markdown or as HTML; marks are nested so that the longest stands outside. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as entities

from authoring.importing import escape
from authoring.importing.blogger.html.model import PLAIN, Format, Formats, Line, Placed, Run

_RANK = ("a", "strong", "em")
_PLAIN_ADDRESS = re.compile(r"https?://[\w\-.~/?=%#+,;:@]+", re.ASCII)
_BARE_CODE = re.compile(r"[^`<>&\\\s\[\]](?:[^`<>&\\\n\[\]]*[^`<>&\\\s\[\]])?")
_SPELLED = re.compile(r"&(?=#?\w+;)")


@dataclass(frozen=True)
class _Node:
    format: Format
    inner: list[_Node | Run]


def as_html(line: Line) -> str:
    return "".join(map(_html, _nested(line, PLAIN)))


def as_markdown(line: Line) -> str:
    """Without the escapes a line needs where it begins: see `escape.line`."""
    return _markdown(_nested(line, PLAIN), starred=False)


def _nested(line: Sequence[Run], taken: Formats) -> list[_Node | Run]:
    found: list[_Node | Run] = []
    at = 0
    while at < len(line):
        rest = line[at].formats - taken
        if not rest:
            found.append(line[at])
            at += 1
            continue
        ends = {each: _end(line, at, each) for each in rest}
        outer = max(rest, key=lambda each: (ends[each], -_rank(each), each))
        found.append(_Node(outer, _nested(line[at : ends[outer]], taken | {outer})))
        at = ends[outer]
    return found


def _end(line: Sequence[Run], at: int, format_: Format) -> int:
    return next((i for i in range(at, len(line)) if format_ not in line[i].formats), len(line))


def _rank(format_: Format) -> int:
    return _RANK.index(format_[0]) if format_[0] in _RANK else len(_RANK)


def _html(node: _Node | Run) -> str:
    if isinstance(node, Run):
        return _mark(node) if node.mark else entities(node.text, quote=False)
    begin, end = _tags(node.format)
    return f"{begin}{''.join(map(_html, node.inner))}{end}"


def _tags(format_: Format) -> tuple[str, str]:
    name, value = format_
    attribute = {"a": f' href="{entities(value)}"', "abbr": f' title="{entities(value)}"'}.get(name, "")
    return f"<{name}{attribute}>", f"</{name}>"


def _mark(run: Run) -> str:
    """What is no words: the end of a line, a place that links lead to, a picture."""
    if run.mark == "break":
        return "<br>"
    placed = run.placed or Placed()
    if run.mark == "anchor":
        return f'<a id="{entities(placed.href)}"></a>'
    if placed.href:
        return _within(placed, f'<a href="{entities(placed.href)}">{entities(placed.words, quote=False)}</a>')
    return image(placed)


def _within(placed: Placed, link: str) -> str:
    return f"({link})" if placed.around else link


def image(placed: Placed) -> str:
    said = f' alt="{entities(placed.alt)}"' if placed.alt else ' alt="" role="presentation"'
    size = f' width="{placed.width}" height="{placed.height}"' if placed.width and placed.height else ""
    return f'<img src="{entities(placed.src)}"{said}{size}>'


def _markdown(nodes: Iterable[_Node | Run], starred: bool) -> str:
    """`starred`: within stars, where others would be mistaken for their end."""
    written: list[str] = []
    last = ""
    for node in nodes:
        piece = _piece(node, starred or last.endswith("*"))
        last = piece or last
        written.append(piece)
    return "".join(written)


def _piece(node: _Node | Run, starred: bool) -> str:
    if isinstance(node, Run):
        return _marked(node) if node.mark else escape.words(node.text)
    name, value = node.format
    if name == "a":
        return _link(node.inner, value, starred)
    if name == "code" and (text := _bare(node.inner)) and _BARE_CODE.fullmatch(text):
        return f"`{text}`"
    if name in ("strong", "em") and not starred:
        stars = "**" if name == "strong" else "*"
        return f"{stars}{_markdown(node.inner, starred=True)}{stars}"
    begin, end = _tags(node.format)
    return f"{begin}{_markdown(node.inner, starred)}{end}"


def _marked(run: Run) -> str:
    if run.placed and run.placed.href and run.mark != "anchor":
        return _within(run.placed, f"[{escape.words(run.placed.words)}]({_target(run.placed.href)})")
    return _mark(run)


def _link(inner: list[_Node | Run], address: str, starred: bool) -> str:
    if _bare(inner) == address and _PLAIN_ADDRESS.fullmatch(address):
        return f"<{address}>"
    if any(_holds_picture(node) for node in inner):
        return f'<a href="{entities(address)}">{_markdown(inner, starred)}</a>'
    return f"[{_markdown(inner, starred)}]({_target(address)})"


def _holds_picture(node: _Node | Run) -> bool:
    return node.mark == "picture" if isinstance(node, Run) else any(map(_holds_picture, node.inner))


def _bare(inner: list[_Node | Run]) -> str:
    """The words, if they are nothing but words."""
    only = inner[0] if len(inner) == 1 else None
    return only.text if isinstance(only, Run) and not only.mark else ""


def _target(address: str) -> str:
    """As Markdown reads it: brackets only where they match."""
    depth = 0
    for char in address:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            break
    if depth:
        address = address.replace("(", "%28").replace(")", "%29")
    return _SPELLED.sub("&amp;", address)

"""Walks the tree of a post once and tells a builder what begins and ends; what nobody sees is counted. Pure."""

from __future__ import annotations

from lxml import etree

from authoring.importing.blogger.html import rules
from authoring.importing.blogger.html.build import Builder
from authoring.importing.blogger.html.model import Attributes, Block
from authoring.importing.blogger.html.tags import PLAYERS

UNSEEN = {
    "script": rules.SCRIPT, "template": rules.SCRIPT, "style": rules.STYLE, "title": rules.HEAD, "meta": rules.HEAD,
    "link": rules.HEAD, "base": rules.HEAD, "input": rules.FORM,
}  # fmt: skip


def build(root: etree._Element, builder: Builder) -> list[Block]:
    """All blocks of the tree; what `builder` has learnt on the way stays with it."""
    ends: list[str] = []
    steps = etree.iterwalk(root, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, element in steps:
        if event == "end":
            if element is skipped:
                skipped = None
            else:
                builder.end(ends.pop())
            builder.text(element.tail)
            continue
        tag = str(element.tag).lower()
        attributes = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        if _is_unseen(tag, element, attributes, builder):
            skipped = element
            steps.skip_subtree()
            continue
        ends.append(builder.start(tag, attributes))
        builder.text(element.text)
    return builder.finish()


def _is_unseen(tag: str, element: etree._Element, attributes: Attributes, builder: Builder) -> bool:
    if tag in UNSEEN:
        builder.removed[UNSEEN[tag]] += 1
        return True
    if tag in PLAYERS:
        builder.removed[rules.PLAYER] += tag != "embed" or next(element.iterancestors("object"), None) is None
        if tag in ("object", "applet"):  # what stands in for it is seen, now that nothing plays it any more
            source = next(filter(None, map(_played, element.iter("param", "embed"))), "")
            builder.start("embed", {"src": attributes.get("data") or source, "title": attributes.get("title", "")})
            builder.formats.pop()
            return False
        source = next(filter(None, (e.get("src") for e in element.iter("source"))), "")
        builder.start(tag, {"src": source, **attributes})
        builder.formats.pop()
        return True
    return False


def _played(element: etree._Element) -> str:
    if str(element.tag) == "embed":
        return element.get("src") or ""
    return (element.get("value") or "") if (element.get("name") or "").lower() in ("movie", "src", "url") else ""

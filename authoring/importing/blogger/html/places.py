"""The names of places within a post, and which of them its own links lead to. Pure."""

from __future__ import annotations

import re

from lxml import etree

#: Before what an editor made of a link within the post: the address it had itself, or that of the author's own disk.
_EDITOR = re.compile(r"\s*(?:file:|(?:https?:)?//(?:www|draft)\.blogger\.com/)[^#]*#", re.IGNORECASE)
_NOTE = re.compile(r"[^#]*#(?=_(?:ftn|edn)(?:ref)?\d+$)")
ANCHOR = "in-"  # before the names of places within a post: the page has names of its own


def named_places(root: etree._Element) -> frozenset[str]:
    """Names within the post that a link of the same post leads to."""
    led_to = set(filter(None, (within(a.get("href") or "") for a in root.iter("a"))))
    names = {str(e.get(key)) for e in root.iter() for key in ("id", "name") if e.get(key)} if led_to else set()
    return frozenset(led_to & names)


def within(href: str) -> str:
    """The name of a place that a link leads to if it leads to one in its own post; empty if it leads elsewhere.

    A footnote of a word processor is one wherever its link seems to lead: whether the post has it is for others to see.
    """
    href = href.strip()
    begin = _EDITOR.match(href) or _NOTE.match(href)
    return href[1:] if href.startswith("#") else href[begin.end() :] if begin else ""


def place(name: str) -> str:
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)
    return safe if safe.startswith(ANCHOR) else ANCHOR + safe

"""The names of places within a post, and which of them its own links lead to. Pure."""

from __future__ import annotations

from lxml import etree

ANCHOR = "in-"  # before the names of places within a post: the page has names of its own


def named_places(root: etree._Element) -> frozenset[str]:
    """Names within the post that a link of the same post leads to."""
    led_to = {(a.get("href") or "").strip()[1:] for a in root.iter("a") if (a.get("href") or "").strip()[:1] == "#"}
    names = {str(e.get(key)) for e in root.iter() for key in ("id", "name") if e.get(key)} if led_to else set()
    return frozenset(led_to & names)


def place(name: str) -> str:
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)
    return safe if safe.startswith(ANCHOR) else ANCHOR + safe

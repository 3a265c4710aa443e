"""Signposts that lead to one another and never to a page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from authoring.check.finding import Finding
from authoring.check.links import file_of
from authoring.check.page import Page

TABLE = "content/redirects.txt"


def circles(table: str, pages: Mapping[str, Page]) -> Iterator[Finding]:
    """`table` are lines of an old address and a new one; where a page stands at the old one, they count for nothing."""
    leads = {old: (new, number) for old, new, number in _signposts(table, frozenset(pages)) if pages[old].moved}
    for start, (_, number) in leads.items():
        here, steps = start, 0
        while here in leads and steps <= len(leads):
            here, steps = leads[here][0], steps + 1
            if here == start:
                what, remedy = f"/{start} leads round in a circle", "name a page that is there, or take the line away"
                yield Finding(TABLE, number, what, remedy)
                break


def _signposts(table: str, names: frozenset[str]) -> Iterator[tuple[str, str, int]]:
    for number, line in enumerate(table.splitlines(), 1):
        words = line.partition("#")[0].split()
        files = [file_of(unquote(urlsplit(word).path), names) for word in words]
        if len(files) == 2 and files[0] and files[1]:
            yield files[0], files[1], number

"""Puts the author into the site's own pages: `[[author]]` in a page becomes what `site.toml` says.

So no page names anybody, and an identity is written once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape
from pelican import signals

from bridge.identity import Identity

MARK = re.compile(r"\[\[(\w+)\]\]")


class UnknownPlaceholderError(Exception):
    """A page asks for something `site.toml` does not have; the message says which page and what."""


def values(site: Identity) -> dict[str, Markup]:
    """What each placeholder stands for, as HTML."""
    return {
        "author": escape(site.author),
        "site": escape(site.name),
        "email": Markup('<a href="mailto:{0}">{0}</a>').format(site.email),
    }


def filled(text: str, site: Identity, where: str) -> str:
    """`text` (HTML) with every placeholder replaced. Raises UnknownPlaceholderError."""
    known = values(site)

    def value(mark: re.Match[str]) -> str:
        if mark[1] not in known:
            raise UnknownPlaceholderError(f"{where}: {mark[0]} is not known; known are {', '.join(sorted(known))}")
        return str(known[mark[1]])

    return MARK.sub(value, text)


def fill_pages(generators: Iterable[Any]) -> None:
    """Works on the unread text: whatever has been read once is kept by Pelican as it was."""
    for generator in generators:
        for page in getattr(generator, "pages", []):
            site = generator.settings["SITE"]
            page._content = filled(page._content, site, page.relative_source_path)
            for name in ("title", "summary"):
                if name in page.metadata:
                    _fill_plain(page, name, site)


def _fill_plain(page: Any, name: str, site: Identity) -> None:
    """Titles and summaries are plain text; the template escapes them."""
    text = Markup(filled(str(escape(page.metadata[name])), site, page.relative_source_path)).striptags()
    page.metadata[name] = text
    if name == "title":
        page.title = text


def register() -> None:
    signals.all_generators_finalized.connect(fill_pages)

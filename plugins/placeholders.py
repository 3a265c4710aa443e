"""Puts the author into the site's own pages: `[[author]]` in a page becomes what `site.toml` says.

So no page names anybody, and an identity is written once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import escape
from pelican import signals
from pelican.contents import Page

from bridge.identity import Identity
from plugins.essays import every_page
from plugins.standby import read_again

MARK = re.compile(r"\[\[(\w+)\]\]")


class UnknownPlaceholderError(Exception):
    """A page asks for something `site.toml` does not have; the message says which page and what."""


def plain_values(site: Identity) -> dict[str, str]:
    """What each placeholder stands for in plain text."""
    return {"author": site.author, "site": site.name, "email": site.email}


def html_values(site: Identity) -> dict[str, str]:
    """The same in HTML: escaped, and the address a link."""
    values = {name: str(escape(value)) for name, value in plain_values(site).items()}
    return values | {"email": '<a href="mailto:{0}">{0}</a>'.format(values["email"])}


def filled(text: str, values: Mapping[str, str], where: str) -> str:
    """`text` with every placeholder replaced. Raises UnknownPlaceholderError."""

    def value(mark: re.Match[str]) -> str:
        if mark[1] not in values:
            raise UnknownPlaceholderError(f"{where}: {mark[0]} is not known; known are {', '.join(sorted(values))}")
        return values[mark[1]]

    return MARK.sub(value, text)


def fill_pages(generators: Iterable[Any]) -> None:
    """Works on the unread text: whatever has been read once is kept by Pelican as it was."""
    for generator in generators:
        for page in every_page(generator):
            _fill(page, generator.settings["SITE"])


def _fill(page: Any, site: Identity) -> None:
    where = page.relative_source_path
    page._content = filled(page._content, html_values(site), where)
    page.title = filled(page.title, plain_values(site), where)
    if "summary" in page.metadata:
        page.metadata["summary"] = filled(page.metadata["summary"], plain_values(site), where)


def fill_again(content: Any) -> None:
    if isinstance(content, Page):
        _fill(content, content.settings["SITE"])


def register() -> None:
    signals.all_generators_finalized.connect(fill_pages)
    read_again.connect(fill_again)

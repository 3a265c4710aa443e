"""Works out every essay's and page's address once, after all has been read; Pelican would do it at every mention."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals

from plugins.essays import every_essay, every_page


def settle(generators: Iterable[Any]) -> None:
    """From here on nothing that an address is made of changes."""
    for generator in generators:
        for content in (*every_essay(generator), *every_page(generator)):
            content.get_url_setting = {"url": content.url, "save_as": content.save_as}.__getitem__


def register() -> None:
    signals.all_generators_finalized.connect(settle)

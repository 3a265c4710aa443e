"""Tells every essay which one came before it and which one after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals

from plugins.essays import every_essay


def link(generators: Iterable[Any]) -> None:
    """Every essay gets `older` and `newer`: an essay or None. `articles` run from the newest to the oldest."""
    for generator in generators:
        for article in every_essay(generator):
            article.older = article.newer = None
        articles = getattr(generator, "articles", [])
        around = [None, *articles, None]
        for place, article in enumerate(articles):
            article.newer, article.older = around[place], around[place + 2]


def register() -> None:
    signals.all_generators_finalized.connect(link)

"""Tells every essay which one came before it and which one after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals


def link(generators: Iterable[Any]) -> None:
    """Every essay gets `older` and `newer`: an essay or None. `articles` run from the newest to the oldest."""
    for generator in generators:
        articles = getattr(generator, "articles", [])
        for article in (*getattr(generator, "drafts", []), *getattr(generator, "hidden_articles", [])):
            article.older = article.newer = None
        around = [None, *articles, None]
        for place, article in enumerate(articles):
            article.newer, article.older = around[place], around[place + 2]


def register() -> None:
    signals.all_generators_finalized.connect(link)

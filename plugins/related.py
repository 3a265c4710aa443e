"""Gives every essay up to three others that speak of the same things and are not linked from it anyway."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals

from plugins.essays import every_essay
from plugins.likeness import Text, related, words_in


def text_of(article: Any) -> Text:
    words = words_in(f"{article.title} {article.content}")
    tags = frozenset(tag.slug for tag in getattr(article, "tags", []))
    return Text(article.save_as, words, tags, frozenset(_linked(article)))


def _linked(article: Any) -> Iterable[str]:
    """Those that stand before and after it, and the other parts of its series."""
    beside = (article.older, article.newer, article.continues_from, article.continues_in)
    parts = article.series.articles if article.series else ()
    return (other.save_as for other in (*beside, *parts) if other is not None)


def link(generators: Iterable[Any]) -> None:
    """Every essay gets `related`: essays, the most alike first. Drafts are compared with nothing."""
    for generator in generators:
        for article in every_essay(generator):
            article.related = []
        articles = {article.save_as: article for article in getattr(generator, "articles", [])}
        for id, found in related([text_of(article) for article in articles.values()]).items():
            articles[id].related = [articles[other] for other in found]


def register() -> None:
    # After series, neighbours and continues, which say what is linked already.
    signals.all_generators_finalized.connect(link)

"""Picks the essays a newcomer may begin with: those whose front matter says `Start: yes`, the newest three."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pelican import signals

from plugins.essays import says_yes

MOST = 3


def chosen(articles: Sequence[Any]) -> list[Any]:
    """From `articles`, newest first. The very newest stands at the top of the page anyway."""
    return [article for article in articles[1:] if says_yes(article, "start")][:MOST]


def offer(generators: Iterable[Any]) -> None:
    for generator in generators:
        generator.context["START_HERE"] = chosen(generator.context.get("articles", []))


def register() -> None:
    signals.all_generators_finalized.connect(offer)

"""Finds which essay continues which: one week apart, and one of the two says "last week" or "next week"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pelican import signals

from plugins.essays import every_essay
from plugins.text import paragraphs

WEEK = timedelta(days=7)
LAST_WEEK = re.compile(r"\blast\s+week\b", re.IGNORECASE)
NEXT_WEEK = re.compile(r"\bnext\s+week\b", re.IGNORECASE)


@dataclass(frozen=True)
class Essay:
    """What the rule needs to know: the day in the site's zone, the first and the last paragraph."""

    id: str
    on: date
    opening: str
    closing: str


def continuations(essays: Iterable[Essay]) -> dict[str, str]:
    """The earlier essay's id by the later one's. Nothing continues two essays or is continued by two."""
    by_day: dict[date, list[Essay]] = defaultdict(list)
    for essay in sorted(essays, key=lambda essay: essay.id):
        by_day[essay.on].append(essay)
    found: dict[str, str] = {}
    for day in sorted(by_day):
        earlier = list(by_day.get(day - WEEK, ()))
        for later in by_day[day]:
            if match := next((essay for essay in earlier if _continues(later, essay)), None):
                earlier.remove(match)
                found[later.id] = match.id
    return found


def _continues(later: Essay, earlier: Essay) -> bool:
    return bool(LAST_WEEK.search(later.opening) or NEXT_WEEK.search(earlier.closing))


def essay_of(article: Any) -> Essay:
    texts = paragraphs(article.content) or [""]
    return Essay(article.save_as, article.date.date(), texts[0], texts[-1])


def link(generators: Iterable[Any]) -> None:
    """Every essay gets `continues_from` and `continues_in`: an essay or None."""
    for generator in generators:
        articles = {article.save_as: article for article in getattr(generator, "articles", [])}
        for article in every_essay(generator):
            article.continues_from = article.continues_in = None
        for later, earlier in continuations(map(essay_of, articles.values())).items():
            articles[later].continues_from = articles[earlier]
            articles[earlier].continues_in = articles[later]


def register() -> None:
    # Not before: reading an essay's text earlier would freeze links that are not resolved yet.
    signals.all_generators_finalized.connect(link)

"""Finds which essay continues which: the parts of a series, and essays a week apart that speak of each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from plugins.essays import every_essay
from plugins.last_words import last_words
from plugins.text import paragraphs

WEEK = timedelta(days=7)
PATIENCE = timedelta(days=14)  # after that nobody is told any longer that a sequel comes
LAST_WEEK = re.compile(r"\blast\s+week\b", re.IGNORECASE)
NEXT_WEEK = re.compile(r"\bnext\s+week\b", re.IGNORECASE)


@dataclass(frozen=True)
class Essay:
    """What the rule needs to know: the day in the site's zone, its first paragraph and its last words.

    `after` is the id of the part before this one in its series, empty where there is none.
    """

    id: str
    on: date
    opening: str
    closing: str
    after: str = ""


def continuations(essays: Iterable[Essay]) -> dict[str, str]:
    """The earlier essay's id by the later one's. Nothing continues two essays or is continued by two.

    What the author has put into one series follows part by part; only what is free then is read for "last week".
    """
    by_day: dict[date, list[Essay]] = defaultdict(list)
    found: dict[str, str] = {}
    for essay in sorted(essays, key=lambda essay: essay.id):
        by_day[essay.on].append(essay)
        if essay.after:
            found[essay.id] = essay.after
    continued = set(found.values())
    for day in sorted(by_day):
        earlier = [essay for essay in by_day.get(day - WEEK, ()) if essay.id not in continued]
        for later in (essay for essay in by_day[day] if essay.id not in found):
            if match := next((essay for essay in earlier if _continues(later, essay)), None):
                earlier.remove(match)
                found[later.id] = match.id
    return found


def _continues(later: Essay, earlier: Essay) -> bool:
    return bool(LAST_WEEK.search(later.opening) or NEXT_WEEK.search(earlier.closing))


def promises(essay: Essay, today: date) -> bool:
    """Whether its closing words still promise a sequel. Ask it of essays that have none."""
    return bool(NEXT_WEEK.search(essay.closing)) and today <= essay.on + PATIENCE


def essay_of(article: Any) -> Essay:
    texts, series = paragraphs(article.content) or [""], article.series
    after = series.before.save_as if series and series.before else ""
    return Essay(article.save_as, article.date.date(), texts[0], " ".join(last_words(texts)), after)


def link(generators: Iterable[Any]) -> None:
    """Every essay gets `continues_from` and `continues_in`, an essay or None.

    `sequel_promised` says that another is to come, `sequel_late` that its day is past. Both follow the build's date.
    """
    for generator in generators:
        articles = {article.save_as: article for article in getattr(generator, "articles", [])}
        for article in every_essay(generator):
            article.continues_from = article.continues_in = None
            article.sequel_promised = article.sequel_late = False
        essays = [essay_of(article) for article in articles.values()]
        for later, earlier in continuations(essays).items():
            articles[later].continues_from = articles[earlier]
            articles[earlier].continues_in = articles[later]
        for essay in essays:
            _promise(articles[essay.id], essay, generator.settings["BUILD_DATE"])


def _promise(article: Any, essay: Essay, today: date) -> None:
    article.sequel_promised = article.continues_in is None and promises(essay, today)
    article.sequel_late = article.sequel_promised and today >= essay.on + WEEK


def register() -> None:
    from pelican import signals  # only here: the check of promises uses the rule without waiting for Pelican

    # Not before: reading an essay's text earlier would freeze links that are not resolved yet.
    signals.all_generators_finalized.connect(link)

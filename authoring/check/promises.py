"""Essays that closed with "next week" and whose sequel never came. Pure.

Asked of the last two months only: an old promise is history, and nagging about it for ever helps nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from authoring.check.finding import Finding
from authoring.check.prose import paragraphs
from authoring.check.sources import Source
from plugins.continues import NEXT_WEEK, PATIENCE, Essay, continuations
from plugins.last_words import last_words

FORGOTTEN = timedelta(days=60)


def broken_promises(essays: Iterable[Source], now: datetime) -> Iterator[Finding]:
    """`essays` are all that readers see; the plugin that links sequels says what counts as one."""
    recent = [essay for essay in essays if now - FORGOTTEN < essay.moment]
    kept = set(continuations(map(_read, recent)).values())
    for essay in recent:
        told = paragraphs(essay.text)
        ending = last_words([paragraph.text for paragraph in told])
        promise = next((p for p in told[len(told) - len(ending) :] if NEXT_WEEK.search(p.text)), None)
        if promise and essay.page not in kept and essay.moment < now - PATIENCE:
            days = (now - essay.moment).days
            what = f"it promised something for “next week” {days} days ago, and nothing has followed"
            remedy = "write it, beginning with “Last week”, or take the promise back"
            yield Finding(essay.name, promise.line, what, remedy, blocking=False)


def _read(essay: Source) -> Essay:
    texts = [paragraph.text for paragraph in paragraphs(essay.text)] or [""]
    return Essay(essay.page, essay.moment.date(), texts[0], " ".join(last_words(texts)), essay.after)

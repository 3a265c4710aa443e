"""What the templates may ask of an essay, a date or an address. Pure; no clock and no locale."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from bridge.browser_rules import meta_policy
from bridge.dates import MONTHS, WEEKDAYS, long_date, short_date
from plugins.text import paragraphs, shortened, words

WORDS_PER_MINUTE = 230


def medium_date(day: date) -> str:
    """Oct 11, 2015."""
    return f"{short_date(day)}, {day.year}"


def clock_time(moment: datetime) -> str:
    """7:00."""
    return f"{moment.hour}:{moment.minute:02}"


def iso_date(moment: datetime) -> str:
    """The moment as a machine reads it, to the second."""
    return moment.isoformat(timespec="seconds")


def period_name(period: tuple[int, ...]) -> str:
    """(2015,) is "2015" and (2015, 10) is "October 2015"."""
    return str(period[0]) if len(period) == 1 else f"{MONTHS[period[1] - 1]} {period[0]}"


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def month_name(month: int) -> str:
    return MONTHS[month - 1]


def reading_minutes(html: str) -> int:
    return max(1, math.ceil(words(html) / WORDS_PER_MINUTE))


def description(content: Any) -> str:
    """The summary the author wrote, or how the text begins: plain text, on one line."""
    if content.metadata.get("summary"):
        return " ".join(str(content.metadata["summary"]).split())
    opening = paragraphs(content.content)
    return shortened(opening[0]) if opening else ""


def first_paragraph(html: str) -> str:
    """The first `<p>` with words in it, markup kept; nothing where there is none."""
    for found in re.finditer(r"<p\b[^>]*>.*?</p>", html, re.DOTALL | re.IGNORECASE):
        if paragraphs(found[0]):
            return found[0]
    return ""


def address(output_file: str) -> str:
    """The address, behind the site's, of the file a page was written to."""
    return quote(re.sub(r"(^|/)index\.html$", r"\1", output_file))


def last_change(content: Any) -> datetime | None:
    """When a text was last written to, as its front matter says; most pages name no day."""
    moment: datetime | None = getattr(content, "modified", None) or getattr(content, "date", None)
    return moment


def latest_change(articles: list[Any]) -> datetime | None:
    return max(filter(None, map(last_change, articles)), default=None)


def newest_first(article: Any) -> tuple[float, str]:
    """Sorting key: files are found in no order, and two essays of one minute must not swap places."""
    return -article.date.timestamp(), article.slug


FILTERS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        long_date, medium_date, short_date, iso_date, period_name, month_name, weekday, reading_minutes, description,
        first_paragraph, address, last_change, latest_change, clock_time,
        meta_policy,
    )
}  # fmt: skip

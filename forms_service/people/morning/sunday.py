"""What a Sunday asks for: this week's essay, and a word to who commented. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bridge.dates import WEEKDAYS, short_date
from forms_service.people.morning.telling import Telling
from forms_service.people.today_words import Row

NEW_ESSAY_AFTER = timedelta(days=6)
SUNDAY = 6


def essay_due(newest: datetime | None, told: Telling) -> list[Row]:
    """On a Sunday without a new essay: since when the newest has stood."""
    zone = told.who.zone
    if told.moment.astimezone(zone).weekday() != SUNDAY or newest is None or told.moment - newest < NEW_ESSAY_AFTER:
        return []
    stands = f"The newest is from {short_date(newest.astimezone(zone))}, and this Sunday’s is not out yet"
    reason = f"{stands}. This row goes by itself: once the essay is out, or when Sunday is over"
    return [Row("essay", "This Sunday’s essay", None, reason)]


def is_for_comments(now: datetime, days_off: Collection[str], zone: ZoneInfo) -> bool:
    """True on Sunday; where that is off, on the first day after it that is not."""
    today = now.astimezone(zone).weekday()
    since_sunday = [*WEEKDAYS[SUNDAY:], *WEEKDAYS[:today]] if today != SUNDAY else []
    return WEEKDAYS[today] not in days_off and set(since_sunday) <= set(days_off)

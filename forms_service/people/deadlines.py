"""By when an answer is due. Pure: hours count only on days that are not off, whatever the clocks do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bridge.dates import WEEKDAYS
from forms_service.people.days import midnight

Span = tuple[datetime, datetime]
#: What has just come in has all its hours left, although a mail about it takes a moment to write.
GRACE = timedelta(minutes=1)
#: What is due within this time is due soon.
SOON = timedelta(hours=6)


def due_at(received_at: datetime, hours: int, days_off: Collection[str], zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which `hours` have passed on working days of `zone`."""
    left = timedelta(hours=hours)
    for start, end in _working_spans(received_at, days_off, zone):
        if end - start >= left:
            return start + left
        left -= end - start
    raise AssertionError("the spans never end")


def counted_between(start: datetime, end: datetime, days_off: Collection[str], zone: ZoneInfo) -> timedelta:
    """How much time from `start` to `end` falls on working days; negative when `end` comes first."""
    if end < start:
        return -counted_between(end, start, days_off, zone)
    total = timedelta()
    for opens, closes in _working_spans(start, days_off, zone):
        if opens >= end:
            return total
        total += min(closes, end) - opens
    raise AssertionError("the spans never end")


def time_left(now: datetime, due: datetime, days_off: Collection[str], zone: ZoneInfo) -> timedelta:
    """The working time left before `due`, or past it as a negative value."""
    return counted_between(now, due, days_off, zone)


def in_words(left: timedelta) -> str:
    """What the author reads: whole hours, rounded so that they promise a minute too much at most."""
    if left < timedelta(0):
        late = int(-left / timedelta(hours=1))
        return f"overdue by {_hours(late)}" if late else "just overdue"
    hours = int((left + GRACE) / timedelta(hours=1))
    return f"{_hours(hours)} left" if hours else "less than an hour left"


def _hours(number: int) -> str:
    if number >= 48:
        return f"{number // 24} days"
    return "1 hour" if number == 1 else f"{number} hours"


def _working_spans(moment: datetime, days_off: Collection[str], zone: ZoneInfo) -> Iterator[Span]:
    """The stretches of working time from `moment` on, in UTC: each day is as long as its clocks make it."""
    # Somebody who takes every day off still wants to see what waits.
    off = set(days_off) if set(days_off) < set(WEEKDAYS) else set()
    moment = moment.astimezone(UTC)
    first = moment.astimezone(zone).date()
    for day in (first + timedelta(days=number) for number in count()):
        start, end = max(midnight(day, zone), moment), midnight(day + timedelta(days=1), zone)
        if WEEKDAYS[day.weekday()] not in off and start < end:
            yield start, end

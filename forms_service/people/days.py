"""The author's day: where it begins and ends, whatever the clocks do, and whether it is off. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bridge.dates import WEEKDAYS


@dataclass(frozen=True)
class Day:
    """The moments that matter, in UTC: now, and where the author's today begins, ends, and tomorrow ends."""

    now: datetime
    begins: datetime
    ends: datetime
    tomorrow_ends: datetime


def day_of(now: datetime, zone: ZoneInfo) -> Day:
    """The day that `now` falls on by the clocks of `zone`; it may have 23 or 25 hours."""
    today = now.astimezone(zone).date()
    begins, ends, tomorrow_ends = (midnight(today + timedelta(days=number), zone) for number in range(3))
    return Day(now, begins, ends, tomorrow_ends)


def is_day_off(now: datetime, days_off: Collection[str], zone: ZoneInfo) -> bool:
    """Somebody who takes every day off still wants his mornings."""
    return set(days_off) < set(WEEKDAYS) and WEEKDAYS[now.astimezone(zone).weekday()] in days_off


def morning_after(now: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The beginning of the day so many days from now: what is put off comes back with that morning."""
    return midnight(now.astimezone(zone).date() + timedelta(days=days), zone)


def morning_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """The beginning of the day that `moment` falls on."""
    return midnight(moment.astimezone(zone).date(), zone)


def noon(day: date, zone: ZoneInfo) -> datetime:
    """The moment that stands for a whole day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone).astimezone(UTC)


def on_day(moment: datetime, clock: time, zone: ZoneInfo) -> datetime:
    """That time of the day that `moment` falls on. What the clocks skip comes as much later; of two, the first."""
    day = moment.astimezone(zone).date()
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of `day`, in UTC; where the clocks skip midnight, the moment they skip it."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)

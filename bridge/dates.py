"""Days and moments in words, alike on pages, in mails and in the dashboard. Pure; no clock and no locale."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(day: date) -> str:
    """October 11, 2015."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def long_date(day: date) -> str:
    """Sunday, October 11, 2015."""
    return f"{WEEKDAYS[day.weekday()]}, {day_in_words(day)}"


def short_date(day: date) -> str:
    """Oct 11."""
    return f"{MONTHS[day.month - 1][:3]} {day.day}"


def time_of_day(moment: datetime) -> str:
    """3:04 PM."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"


def moment_in_words(moment: datetime, zone: tzinfo) -> str:
    """Sunday, October 11, 2015, 3:04 PM, by the clocks of `zone`."""
    local = moment.astimezone(zone)
    return f"{long_date(local)}, {time_of_day(local)}"

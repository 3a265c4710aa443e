"""Reads the dates people write above an essay. Pure; what can be read two ways is refused, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from authoring.importing.errors import ImportingError

#: When an essay appears whose date says no hour.
DEFAULT_TIME = time(7, 0)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SPELLED = tuple(
    re.compile(rf"(?:{_WEEKDAY})?{form},?\s+(?P<year>\d{{4}})\.?", re.IGNORECASE | re.ASCII)
    for form in (rf"{_MONTH}\s+(?:the\s+)?{_DAY}", rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}")
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_CLOCK = re.compile(r"(?P<rest>.*\S)[ T]+(?P<hour>\d{1,2}):(?P<minute>\d{2})", re.ASCII)


def read_date(line: str) -> date | None:
    """The day a line names and nothing else, or None. Raises ImportingError if it can be read two ways."""
    line = line.strip()
    if found := _ISO.fullmatch(line):
        return _day(int(found["year"]), int(found["month"]), int(found["day"]))
    for form in _SPELLED:
        if found := form.fullmatch(line):
            return _day(int(found["year"]), MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"]))
    if found := _NUMBERS.fullmatch(line):
        return _numbers(line, int(found[1]), int(found[3]), int(found[4]))
    return None


def read_moment(text: str) -> datetime | None:
    """A day with or without `HH:MM` behind it, as the site's clock shows it."""
    if day := read_date(text):
        return datetime.combine(day, DEFAULT_TIME)
    found = _CLOCK.fullmatch(text.strip())
    day = read_date(found["rest"]) if found else None
    if not found or not day or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        return None
    return datetime.combine(day, time(int(found["hour"]), int(found["minute"])))


def spoken(day: date) -> str:
    """As the page will say it, in English whatever the machine's language: `Sunday, October 11, 2015`."""
    weekday = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]
    month = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )[day.month - 1]  # fmt: skip
    return f"{weekday}, {month} {day.day}, {day.year}"


def _numbers(line: str, first: int, second: int, year: int) -> date | None:
    readings = {day for day in (_day(year, first, second), _day(year, second, first)) if day}
    if len(readings) > 1:
        choices = " or ".join(day.isoformat() for day in sorted(readings))
        raise ImportingError(f"the date {line} can be read two ways; write {choices} instead")
    return readings.pop() if readings else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

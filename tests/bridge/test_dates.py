"""Days and moments in words: the same on every machine, whatever its language."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bridge.dates import day_in_words, long_date, moment_in_words, short_date, time_of_day

NEW_YORK = ZoneInfo("America/New_York")
SUNDAY = datetime(2015, 10, 11, 15, 4, tzinfo=NEW_YORK)


def test_a_day_is_spoken_out():
    assert day_in_words(SUNDAY) == "October 11, 2015"
    assert long_date(SUNDAY) == "Sunday, October 11, 2015"
    assert short_date(SUNDAY) == "Oct 11"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "12:00 AM"), (0, 5, "12:05 AM"), (11, 59, "11:59 AM"), (12, 0, "12:00 PM"), (15, 4, "3:04 PM")],
)
def test_midnight_and_noon_are_twelve(hour: int, minute: int, words: str):
    assert time_of_day(SUNDAY.replace(hour=hour, minute=minute)) == words


def test_a_moment_is_told_by_the_clocks_of_its_zone():
    moment = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)
    assert moment_in_words(moment, NEW_YORK) == "Wednesday, November 18, 2026, 10:00 PM"
    assert moment_in_words(moment, ZoneInfo("Asia/Tokyo")) == "Thursday, November 19, 2026, 12:00 PM"

"""When an answer is due: hours count on working days only, over every change of the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.dates import WEEKDAYS
from forms_service.people.deadlines import counted_between, due_at, in_words, time_left

NEW_YORK = ZoneInfo("America/New_York")
WEEKEND = ("Saturday", "Sunday")
zones = st.sampled_from(
    [
        ZoneInfo(name)
        for name in ("UTC", "America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia", "America/Havana")
    ]
)
moments = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
some_days_off = st.sets(st.sampled_from(WEEKDAYS), max_size=6)


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=NEW_YORK)


def test_without_days_off_the_hours_just_pass():
    assert due_at(at(2026, 11, 18, 10), 24, (), NEW_YORK) == at(2026, 11, 19, 10)


def test_a_weekend_off_moves_a_fridays_deadline_to_monday():
    assert due_at(at(2026, 11, 20, 10), 24, WEEKEND, NEW_YORK) == at(2026, 11, 23, 10)


def test_what_comes_in_on_a_day_off_starts_counting_after_it():
    assert due_at(at(2026, 11, 22, 15), 24, WEEKEND, NEW_YORK) == at(2026, 11, 24)


def test_the_long_sunday_in_autumn_has_its_extra_hour():
    assert due_at(at(2026, 10, 31, 22), 26, ("Saturday",), NEW_YORK) == at(2026, 11, 2, 1)


def test_the_short_sunday_in_spring_lacks_one():
    assert due_at(at(2026, 3, 8), 24, (), NEW_YORK) == at(2026, 3, 9, 1)


def test_nobody_can_take_every_day_off():
    assert due_at(at(2026, 11, 18, 10), 24, WEEKDAYS, NEW_YORK) == at(2026, 11, 19, 10)


@settings(max_examples=60)
@given(moments, st.integers(1, 200), some_days_off, zones)
def test_until_the_deadline_exactly_the_hours_are_counted(received, hours, days_off, zone):
    due = due_at(received, hours, days_off, zone)
    assert counted_between(received, due, days_off, zone) == timedelta(hours=hours)


@settings(max_examples=60)
@given(moments, st.integers(1, 100), some_days_off, zones)
def test_what_came_in_later_is_never_due_earlier(received, hours, days_off, zone):
    later = received + timedelta(minutes=37)
    assert due_at(received, hours, days_off, zone) <= due_at(later, hours, days_off, zone)


@settings(max_examples=60)
@given(moments, moments, some_days_off, zones)
def test_counting_backwards_is_the_same_below_zero(one, other, days_off, zone):
    near = one + (other - one) / 100
    assert counted_between(one, near, days_off, zone) == -counted_between(near, one, days_off, zone)


def test_a_day_off_stops_the_clock():
    due = due_at(at(2026, 11, 20, 10), 24, WEEKEND, NEW_YORK)
    assert time_left(at(2026, 11, 21, 9), due, WEEKEND, NEW_YORK) == timedelta(hours=10)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (23.99, "24 hours left"),
        (23.9, "23 hours left"),
        (1, "1 hour left"),
        (0.5, "less than an hour left"),
        (-0.5, "just overdue"),
        (-1.5, "overdue by 1 hour"),
        (-47, "overdue by 47 hours"),
        (-72, "overdue by 3 days"),
        (72, "3 days left"),
    ],
)
def test_the_time_left_is_said_in_words(hours: float, words: str):
    assert in_words(timedelta(hours=hours)) == words

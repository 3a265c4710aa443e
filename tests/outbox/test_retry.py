"""Trying again: soon at first, hourly later, and a day in all."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from forms_service.outbox.retry import next_attempt

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)


def attempts() -> list[datetime]:
    """When a mail that never goes out is tried."""
    at, times = NOW, []
    while at is not None:
        times.append(at)
        at = next_attempt(len(times), at)
    return times


def test_the_first_failure_is_tried_again_within_a_minute():
    assert next_attempt(1, NOW) == NOW + timedelta(minutes=1)


def test_waits_never_get_shorter_and_never_exceed_an_hour():
    waits = [after - before for before, after in pairwise(attempts())]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=1)


def test_a_mail_is_given_up_after_a_day_of_trying():
    times = attempts()
    assert times[-1] - times[0] == timedelta(days=1)

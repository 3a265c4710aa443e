"""One moment decides what is today and what is still to come."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from plugins.clock import moment

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # still Saturday in New York


@pytest.mark.parametrize("silent", [None, ""])
def test_silence_means_now_in_the_sites_zone(silent):
    assert moment(silent, NEW_YORK, NOW).date() == date(2026, 11, 21)


@pytest.mark.parametrize("given", ["2026-11-22", date(2026, 11, 22)])
def test_a_day_counts_to_its_end(given):
    assert moment(given, NEW_YORK, NOW) > datetime(2026, 11, 22, 23, 59, tzinfo=NEW_YORK)
    assert moment(given, NEW_YORK, NOW).date() == date(2026, 11, 22)


def test_an_hour_is_read_in_the_sites_zone_unless_it_says_its_own():
    assert moment("2026-11-22T07:00", NEW_YORK, NOW) == datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert moment("2026-11-22T07:00+00:00", NEW_YORK, NOW).hour == 2

"""A build holds until the next essay is due, and never past midnight where the author lives."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from plugins.lasting import end_of

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 21, 20, 0, tzinfo=ZONE)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("dates", "end"),
    [
        ([], datetime(2026, 11, 22, 0, 0, tzinfo=ZONE)),
        ([NOW - HOUR, NOW], datetime(2026, 11, 22, 0, 0, tzinfo=ZONE)),
        ([NOW + 2 * HOUR, NOW + HOUR], NOW + HOUR),
        ([NOW + 50 * HOUR], datetime(2026, 11, 22, 0, 0, tzinfo=ZONE)),
    ],
)
def test_it_ends_with_the_first_thing_to_come(dates: list[datetime], end: datetime):
    assert end_of(NOW, dates, ZONE) == end


def test_the_day_is_the_authors_wherever_the_machine_stands():
    assert end_of(NOW.astimezone(UTC), [], ZONE) == datetime(2026, 11, 22, 0, 0, tzinfo=ZONE)

"""The dates above an essay."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.importing.dates import read_date, read_moment, spoken
from authoring.importing.errors import ImportingError


@pytest.mark.parametrize(
    "line",
    [
        "October 11, 2015",
        "Sunday, October 11, 2015",
        "Oct. 11, 2015",
        "oct 11 2015",
        "October 11th, 2015",
        "11 October 2015",
        "the 11th of October, 2015",
        "2015-10-11",
        "  2015-10-11 ",
    ],
)
def test_common_forms_are_read(line: str) -> None:
    assert read_date(line) == date(2015, 10, 11)


@pytest.mark.parametrize(
    "line",
    ["October 32, 2015", "2015-13-01", "October 2015", "On October 11, 2015 we met", "May we begin?", "10/11/15", ""],
)
def test_what_is_no_date_is_left_alone(line: str) -> None:
    assert read_date(line) is None


def test_numbers_that_can_be_read_one_way_are_read() -> None:
    assert read_date("10/25/2015") == read_date("25.10.2015") == date(2015, 10, 25)


def test_numbers_that_can_be_read_two_ways_are_refused() -> None:
    with pytest.raises(ImportingError, match="10/11/2015 can be read two ways; write 2015-10-11 or 2015-11-10"):
        read_date("10/11/2015")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_reads_back_as_it_is_spoken(day: date) -> None:
    assert read_date(spoken(day)) == day


def test_a_day_without_an_hour_is_at_seven_in_the_morning() -> None:
    assert read_moment("October 18, 2015") == datetime(2015, 10, 18, 7, 0)  # noqa: DTZ001  # the site's clock


@pytest.mark.parametrize("text", ["2015-10-18 9:05", "2015-10-18T09:05", "October 18, 2015 09:05"])
def test_an_hour_may_follow_the_day(text: str) -> None:
    moment = read_moment(text)
    assert moment
    assert moment.isoformat() == "2015-10-18T09:05:00"


@pytest.mark.parametrize("text", ["2015-10-18 25:00", "2015-10-18 07:60", "next Sunday", "07:00", "YYYY-MM-DD"])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_moment(text) is None

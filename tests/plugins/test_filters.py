"""What the templates ask for."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from plugins.filters import (
    FILTERS,
    address,
    description,
    first_paragraph,
    latest_change,
    long_date,
    medium_date,
    newest_first,
    period_name,
    reading_minutes,
)

DAY = date(2015, 10, 11)


def test_dates_are_spoken_in_english():
    assert long_date(DAY) == "Sunday, October 11, 2015"
    assert medium_date(DAY) == "Oct 11, 2015"


@pytest.mark.parametrize(("period", "name"), [((2015,), "2015"), ((2015, 10), "October 2015")])
def test_periods_are_named(period: tuple[int, ...], name: str):
    assert period_name(period) == name


@pytest.mark.parametrize(("count", "minutes"), [(0, 1), (1, 1), (230, 1), (231, 2), (560, 3)])
def test_reading_takes_whole_minutes(count: int, minutes: int):
    assert reading_minutes("word " * count) == minutes


@pytest.mark.parametrize(
    ("file", "where"),
    [
        ("index.html", ""),
        ("archive/index.html", "archive/"),
        ("2026/11/a.html", "2026/11/a.html"),
        ("2026/11/index.html", "2026/11/"),
        ("2026/11/myindex.html", "2026/11/myindex.html"),
        ("tags/感/index.html", "tags/%E6%84%9F/"),
    ],
)
def test_an_address_is_the_file_as_links_write_it(file: str, where: str):
    assert address(file) == where


def test_the_authors_summary_is_the_description():
    essay = SimpleNamespace(metadata={"summary": "What it\n says."}, content="<p>Words.</p>")
    assert description(essay) == "What it says."


def test_without_a_summary_the_opening_is_the_description():
    essay = SimpleNamespace(metadata={}, content="<p>How it <em>opens</em>.</p><p>More.</p>")
    assert description(essay) == "How it opens."


def test_the_first_paragraph_keeps_its_markup_and_passes_over_empty_ones():
    assert first_paragraph("<h2>A</h2><p> </p><p>One <em>two</em>.</p><p>Three.</p>") == "<p>One <em>two</em>.</p>"


def test_a_text_without_paragraphs_has_no_first_one():
    assert first_paragraph("One.<br><br>Two.") == ""


def test_the_latest_change_counts_edits():
    at = [datetime(2026, 11, day, tzinfo=UTC) for day in (1, 8, 15)]
    essays = [SimpleNamespace(date=at[0], modified=at[2]), SimpleNamespace(date=at[1])]
    assert latest_change(essays) == at[2]
    assert latest_change([]) is None


def test_the_newest_essay_comes_first_and_slugs_part_the_rest():
    at = datetime(2026, 11, 8, tzinfo=UTC)
    essays = [SimpleNamespace(date=at, slug=slug) for slug in "cab"]
    essays.append(SimpleNamespace(date=at.replace(day=9), slug="z"))
    assert [essay.slug for essay in sorted(essays, key=newest_first)] == ["z", "a", "b", "c"]


def test_templates_know_the_filters_by_their_names():
    assert FILTERS["long_date"] is long_date

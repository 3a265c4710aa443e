"""Essays that belong together: which series there are, and the place of each part."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify as pelican_slug

from plugins.series import Part, series_of

SUNDAY = datetime(2026, 11, 1, 12, tzinfo=UTC)


def slugify(name: str) -> str:
    return pelican_slug(name, DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"])


def essay(week: int, series: str | None = "The Van", slug: str = "an-essay") -> SimpleNamespace:
    metadata = {} if series is None else {"series": series}
    return SimpleNamespace(date=SUNDAY + timedelta(weeks=week), slug=slug, metadata=metadata)


def test_parts_run_from_the_oldest_to_the_newest():
    third, first, second = essay(3), essay(1), essay(2)
    (series,) = series_of([third, first, second], slugify)
    assert series.articles == [first, second, third]
    assert (series.name, series.url, series.of) == ("The Van", "series/the-van/", 3)


def test_an_essay_that_names_no_series_is_in_none():
    assert series_of([essay(1, None), essay(2, "  ")], slugify) == []


def test_names_that_differ_in_case_and_blanks_are_one_series_named_as_its_first_part_has_it():
    (series,) = series_of([essay(2, "the van"), essay(1, " The  Van ")], slugify)
    assert (series.name, series.of) == ("The Van", 2)


def test_series_stand_in_the_order_of_their_names():
    found = series_of([essay(1, "Winter"), essay(2, "autumn"), essay(3, "Spring")], slugify)
    assert [series.name for series in found] == ["autumn", "Spring", "Winter"]


def test_only_a_later_part_has_one_before_it():
    (series,) = series_of([essay(1), essay(2)], slugify)
    assert Part(series, 1).before is None
    assert Part(series, 2).before is series.articles[0]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("abc"), st.sampled_from("XY")), unique=True), st.randoms())
def test_order_of_files_decides_nothing(given_essays, random):
    essays = [essay(week, series, slug) for week, slug, series in given_essays]
    shuffled = list(essays)
    random.shuffle(shuffled)
    assert series_of(shuffled, slugify) == series_of(essays, slugify)

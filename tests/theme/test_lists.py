"""Sixty Sundays: every essay is in every list it belongs to, once, and every count is true."""

import gzip
import re
from collections import Counter
from datetime import date, timedelta

import pytest

from tests.support.site import Site, build, content, essay

SUNDAYS = [date(2025, 9, 7) + timedelta(weeks=week) for week in range(60)]
TAGS = ("Bread", "Letters", "Karma", "Trust")


def address(day: date) -> str:
    return f"/{day:%Y/%m}/essay-{day:%m-%d}.html"


def tags(day: date) -> set[str]:
    return {TAGS[day.toordinal() // 7 % 4], TAGS[day.month % 4]}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("lists")
    essays = {
        f"{day}": essay(f"On {day:%B} {day.day}", f"{day} 07:00", Slug=f"essay-{day:%m-%d}", Tags=", ".join(tags(day)))
        for day in SUNDAYS
    }
    return build(folder / "site", content(folder / "content", **essays), BUILD_DATE='"2026-11-20"')


def rows(site: Site, where: str) -> list[str]:
    """The essays that a list names, in its order."""
    return [link for link in site.page(where).links if re.fullmatch(r"/\d{4}/\d\d/essay-.*", link)]


@pytest.mark.parametrize("where", ["/archive/", "/search/"])
def test_all_essays_stand_on_one_page_the_newest_first(site: Site, where: str):
    assert rows(site, where) == [address(day) for day in reversed(SUNDAYS)]


def test_every_essay_is_in_its_year_once_and_in_no_other(site: Site):
    for year in (2025, 2026):
        assert rows(site, f"/{year}/") == [address(day) for day in reversed(SUNDAYS) if day.year == year]


def test_every_essay_is_in_its_month_once_and_in_no_other(site: Site):
    for month in {(day.year, day.month) for day in SUNDAYS}:
        expected = [address(day) for day in reversed(SUNDAYS) if (day.year, day.month) == month]
        assert rows(site, f"/{month[0]}/{month[1]:02}/") == expected


def test_every_tag_shows_all_its_essays_and_its_count_is_their_number(site: Site):
    counted = Counter(tag for day in SUNDAYS for tag in tags(day))
    shown = dict(re.findall(r'/tags/\w+/">(\w+)</a>\s*<span[^>]*>\(?(\d+)', site.text("/tags/")))
    for tag, number in counted.items():
        listed = rows(site, f"/tags/{tag.lower()}/")
        assert len(listed) == len(set(listed)) == number == int(shown[tag])


def test_search_counts_what_its_narrowing_will_find(site: Site):
    options = dict(re.findall(r'<option value="(\w+)">\w+ \((\d+)\)', site.text("/search/")))
    assert options["2025"] == str(len([day for day in SUNDAYS if day.year == 2025]))
    assert options["Karma"] == str(len([day for day in SUNDAYS if "Karma" in tags(day)]))


@pytest.mark.parametrize("where", ["/archive/", "/search/"])
def test_a_row_weighs_so_little_that_730_fit_into_25_kilobytes(site: Site, where: str):
    frame = re.sub(r"(?s)<li[^>]*>\s*<time.*?</li>", "", site.text(where))
    weight, without = (len(gzip.compress(text.encode(), 9)) for text in (site.text(where), frame))
    titles = 14 * 730  # bytes for titles of usual length, which are the author's
    assert without + (weight - without) / len(SUNDAYS) * 730 + titles < 25 * 1024

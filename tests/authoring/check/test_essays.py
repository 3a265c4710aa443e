"""No published essay moves or is dated anew; what is named to be put back is what helps."""

import pytest

from authoring.check.essays import Published, essay_findings
from authoring.check.sources import Sources
from tests.authoring.check.test_advice import source


def said(date: str, before: str = "2026-11-08T07:00:00-08:00", page: str = "2026/11/one.html") -> list[str]:
    """What is said of an essay that was published `before` and would now be published as of `date`."""
    essay = source(date=date, page=page, text="Title: One\nDate: a Sunday\n")
    published = {essay.id: Published(essay.file, "2026/11/one.html", before, essay.title)}
    return [str(finding) for finding in essay_findings(Sources({essay.page: essay}, ()), published, may_move=False)]


def test_an_essay_of_the_same_moment_is_left_alone():
    assert said("2026-11-08T07:00:00-08:00") == []


def test_the_same_moment_in_another_time_zone_is_the_same_moment():
    assert said("2026-11-08T16:00:00+01:00") == []


@pytest.mark.parametrize(("before", "date", "put_back"), [
    ("2026-11-08T07:00:00-08:00", "2026-11-09T07:00:00-08:00", "2026-11-08 07:00 and would be dated anew"),
    ("2026-11-08T07:00:30-08:00", "2026-11-09T07:00:00-08:00", "2026-11-08 07:00:30 and would be dated anew"),
    ("2026-11-08T07:00:00-08:00", "2026-11-08T07:00:00+01:00", "2026-11-08 07:00 -0800 and would be dated anew"),
])  # fmt: skip
def test_an_essay_dated_anew_hears_the_date_that_helps(before: str, date: str, put_back: str):
    (line,) = said(date, before)
    assert line.startswith(f"content/articles/one.md:2: it was published as of {put_back}; put that Date back")


def test_an_essay_that_its_date_moves_hears_the_same():
    (line,) = said("2026-12-01T07:00:00+01:00", page="2026/12/one.html")
    assert "would move to /2026/12/one.html; put back: Date: 2026-11-08 07:00 -0800 (or say" in line

"""The two sample essays: short, dated, marked, and nobody's but ours."""

import re
from datetime import datetime, timedelta

import pytest

from tests.conftest import ROOT

FILES = sorted((ROOT / "content" / "articles").glob("*.md"))


def front(text: str) -> dict[str, str]:
    return dict(re.findall(r"^(\w+): (.*)$", text.split("\n\n")[0], re.MULTILINE))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def text(request) -> str:
    return request.param.read_text(encoding="utf-8")


def test_they_are_a_letter_long(text: str):
    assert 450 <= len(text.split("\n\n", 1)[1].split()) <= 650


def test_they_say_that_they_are_samples(text: str):
    assert front(text)["Sample"] == "yes"


def test_they_name_no_author(text: str):
    assert "Author" not in front(text)


def test_their_summaries_fit_a_search_page(text: str):
    assert 100 <= len(front(text)["Summary"]) <= 160


def test_files_are_named_by_day_and_slug():
    for path in FILES:
        values = front(path.read_text(encoding="utf-8"))
        assert path.stem == f"{values['Date'][:10]}-{values['Slug']}"


def test_they_are_two_consecutive_sundays():
    days = [datetime.fromisoformat(front(path.read_text(encoding="utf-8"))["Date"]) for path in FILES]
    assert [day.strftime("%A") for day in days] == ["Sunday", "Sunday"]
    assert days[1] - days[0] == timedelta(days=7)

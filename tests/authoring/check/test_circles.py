"""A reader who follows a signpost arrives somewhere."""

import pytest

from authoring.check.circles import circles
from authoring.check.page import Page

SIGNPOST, PAGE = Page(moved=True), Page()


def said(table: str, **pages: Page) -> list[int]:
    named = {f"{name}.html": page for name, page in pages.items()}
    return [finding.line for finding in circles(table, {"about/index.html": PAGE, **named})]


@pytest.mark.parametrize(
    "table", ["", "/a.html /about/", "/a.html /b.html\n/b.html /about/#top # twice", "nonsense", "/a.html /c.html"]
)
def test_signposts_to_a_page_are_fine(table: str):
    assert said(table, a=SIGNPOST, b=SIGNPOST) == []


@pytest.mark.parametrize(("table", "lines"), [
    ("/a.html /a.html", [1]), ("/a.html /b.html\n\n/b.html /a.html", [1, 3]),
    ("/about.html /about/\n/c.html /a.html\n/a.html /b.html\n/b.html /a.html?x=1", [3, 4]),
])  # fmt: skip
def test_signposts_to_each_other_are_named(table: str, lines: list[int]):
    assert said(table, a=SIGNPOST, b=SIGNPOST, c=SIGNPOST) == lines


def test_where_an_essay_stands_again_its_old_signpost_counts_for_nothing():
    assert said("/a.html /b.html\n/b.html /a.html", a=PAGE, b=SIGNPOST) == []

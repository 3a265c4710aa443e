"""Each limit holds to the byte, and what the specification leaves out of the count is left out."""

import pytest

from authoring.check import budget
from authoring.check.page import Page, Reference
from tests.authoring.check.test_advice import source

FILES = frozenset(("theme/site.css", "theme/icon.svg", "images/loaf.jpg", "archive/index.html", "2026/11/one.html"))
LOADS = [Reference(f"https://example.com/{name}", 3, fetched=True) for name in sorted(FILES) if "." in name[-5:]]


def faults(page: Page, words: int = 500, name: str = "2026/11/one.html", essays: int = 1, each: int = 0) -> list[str]:
    essay = source("word " * words) if name.startswith("2026") else None
    return [fault.what for fault in budget.page_faults(name, page, essay, essays, FILES, lambda _: each)]


def test_an_essay_may_weigh_twelve_kilobytes():
    assert faults(Page(weight=budget.ESSAY_HTML)) == []
    assert faults(Page(weight=budget.ESSAY_HTML + 100)) == [
        "the page weighs 12.1 KB compressed, and 12 KB is the limit"
    ]


def test_a_long_essay_weighs_what_it_weighs():
    assert faults(Page(weight=60_000), words=1600) == []


def test_with_all_it_loads_a_page_may_weigh_twenty_five():
    page = Page(weight=budget.ESSAY_HTML, references=LOADS)
    assert faults(page, each=6 * 1024) == []
    assert faults(page, each=7 * 1024) == [
        "the page with all it loads weighs 26.0 KB compressed, and 25 KB is the limit"
    ]


def test_the_authors_pictures_and_links_are_not_counted():
    page = Page(references=[*LOADS, Reference("/theme/site.css", 3)])
    assert budget.loaded(page, FILES) == {"theme/site.css", "theme/icon.svg"}


@pytest.mark.parametrize(("essays", "heavy"), [(730, True), (1460, False)])
def test_the_archive_of_730_essays_may_weigh_twenty_five(essays: int, heavy: bool):
    page = Page(weight=30 * 1024)
    assert bool(faults(page, name="archive/index.html", essays=essays)) == heavy


def test_a_stylesheet_may_weigh_six_and_the_dashboards_more():
    heavy = {"theme/site.css": 1, "theme/dashboard.css": 1, "theme/print.css": 1}
    found = budget.file_findings(heavy, lambda name: 6 * 1024 + (name != "theme/print.css") * 103)
    assert [str(finding) for finding in found] == [
        "theme/site.css: it weighs 6.1 KB compressed, and 6 KB is the limit; take something out of it"
    ]


def test_a_heavy_picture_is_advice_with_the_authors_own_file():
    found = list(budget.file_findings({"images/loaf.jpg": 300 * 1024, "images/b.png": 200 * 1024}, lambda _: 0))
    assert [str(f) for f in found] == [
        "content/images/loaf.jpg: the picture has 300 KB; make it smaller: 200 KB are plenty"
    ]
    assert not found[0].blocking

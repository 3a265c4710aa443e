"""Pages and stylesheets are what the specifications ask for, strictly: nothing is left for a browser to mend."""

import re
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from tests.theme.conftest import Visited
from tools.judges import Judge, judging

#: What a browser reads as a day, or as a moment with its zone.
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?")


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    with judging() as judge:
        yield judge


def test_a_page_is_valid(visited: Visited, judge: Judge):
    assert judge(f"{visited.kind.name}.html", visited.sent) == []


def test_machines_can_read_every_day_and_hour(visited: Visited):
    moments = re.findall(r'datetime="([^"]*)"', visited.sent)
    assert [moment for moment in moments if not MOMENT.fullmatch(moment)] == []


@pytest.mark.parametrize("name", ["site.css", "dashboard.css"])
def test_a_stylesheet_is_valid(judge: Judge, name: str):
    assert judge(name, (ROOT / "theme" / "static" / name).read_text(encoding="utf-8")) == []


def test_the_judges_notice_a_fault(judge: Judge):
    page = "<!doctype html>\n<html lang=en><head><title>A</title></head><body><p><p></b><img src=a></body></html>\n"
    assert any("alt" in fault for fault in judge("a.html", page))
    assert any("</b>" in fault or "close-order" in fault for fault in judge("a.html", page))
    assert any("colour" in fault for fault in judge("a.css", "p { colour: red }"))
    assert any("width" in fault for fault in judge("a.css", "p { width: 1 px }"))

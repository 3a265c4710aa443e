"""A built site whose essays belong together: what a reader of one is told of the others."""

import xml.etree.ElementTree as ET

import pytest

from tests.support.site import Site, build, content, essay

BREAD = "The baker, her van, the mechanic and the florist talked about bread, yeast and flour before sunrise."
LETTERS = "A card with a stamp, an envelope, a pen and a line of ink were lying in the drawer for years."


def sunday(day: str, slug: str, text: str, **more: str) -> str:
    return essay(slug.title(), f"{day} 07:00", text, Slug=slug, **more)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A series with another essay between its parts, a draft of its next part, and a promise for Sunday the 22nd."""
    folder = tmp_path_factory.mktemp("together")
    essays = {
        "a": sunday("2026-09-06", "yeast", BREAD, Series="On Bread", Tags="Bread"),
        "b": sunday("2026-09-13", "between", f"Last week we baked. {LETTERS}"),
        "c": sunday("2026-09-20", "flour", BREAD, Series="On Bread", Tags="Bread"),
        "d": sunday("2026-10-04", "crust", BREAD, Tags="Bread"),
        "e": sunday("2026-10-18", "ink", LETTERS),
        "f": sunday("2026-10-31", "broken", f"{LETTERS}\n\nMore next week."),
        "g": sunday("2026-11-08", "alone", "Nothing of that."),
        "h": sunday("2026-11-10", "late", "Something else.\n\nMore next week."),
        "i": sunday("2026-11-15", "promising", "Words.\n\nMore next week."),
        "j": sunday("2026-11-16", "unfinished", BREAD, Series="On Bread", Status="draft"),
    }
    return build(folder / "site", content(folder / "content", **essays), BUILD_DATE='"2026-11-20"')


def told(site: Site, address: str) -> str:
    return " ".join(" ".join(note.text for note in site.page(address).all("p", class_="note")).split())


def test_a_part_names_its_series_its_place_and_all_parts(site: Site):
    page = site.page("/2026/09/flour.html")
    assert page.one("p", class_="eyebrow").text == "On Bread, part 2 of 2"
    parts = page.one("ol", class_="parts")
    assert parts.text.split() == ["Yeast", "Sep", "6,", "2026", "Flour", "Sep", "20,", "2026"]
    assert page.one("strong", aria_current="page").text == "Flour"


def test_parts_continue_each_other_past_what_was_written_between(site: Site):
    assert "Continues in Flour, Sep 20, 2026" in told(site, "/2026/09/yeast.html")
    assert "Continues from Yeast" in told(site, "/2026/09/flour.html")
    assert told(site, "/2026/09/between.html") == ""


def test_a_series_has_a_page_with_its_parts_and_stands_among_all_series(site: Site):
    rows = site.page("/series/on-bread/").one("ol", class_="rows")
    assert rows.text.index("Yeast") < rows.text.index("Flour")
    assert "/series/on-bread/" in site.page("/series/").links
    assert "/series/" in site.page("/archive/").links
    listed = [element.text for element in ET.fromstring(site.text("/sitemap.xml")).iter() if element.text]  # noqa: S314  our own file
    assert {"https://example.com/series/", "https://example.com/series/on-bread/"} <= set(listed)


def test_a_draft_is_no_part_yet(site: Site):
    assert "Unfinished" not in site.text("/series/on-bread/")


def test_a_promise_stands_until_its_day_then_shortly_then_not_at_all(site: Site):
    assert told(site, "/2026/11/promising.html") == "Continues next Sunday"
    assert told(site, "/2026/11/late.html") == "To be continued"
    assert told(site, "/2026/10/broken.html") == ""


def test_related_essays_are_those_of_the_same_things_not_linked_anyway(site: Site):
    page = site.page("/2026/09/yeast.html")
    related = page.one("section", class_="related").text
    assert "Crust" in related
    assert "Flour" not in related
    assert not site.page("/2026/11/promising.html").all("section", class_="related")


def test_a_site_without_series_has_no_page_of_them(tmp_path):
    plain = build(tmp_path / "site", content(tmp_path / "content", a=essay()))
    assert not plain.file("/series/").exists()
    assert "/series/" not in plain.page("/archive/").links

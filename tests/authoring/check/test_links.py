"""What a page fetches is the site's own, or stands in the page itself."""

import pytest

from authoring.check.links import dead_links
from authoring.check.page import Page, read_page

SITE = "https://example.com"


def faults(html: str) -> list[str]:
    page: Page = read_page(html)
    return [fault.what for fault in dead_links("a.html", page, {"a.html": page}, frozenset(), SITE, set())]


@pytest.mark.parametrize("tag", ['<img src="{}" alt="">', '<link rel="icon" href="{}">'])
def test_a_picture_in_the_page_itself_asks_nobody(tag: str):
    assert faults(tag.format("data:image/svg+xml,%3Csvg/%3E")) == []


@pytest.mark.parametrize("address", ["http://[your-site]/x", "//[your-site", "http://\u2100.test/"])
@pytest.mark.parametrize("tag", ['<a href="{}">a</a>', '<img src="{}" alt="">'])
def test_what_is_no_address_is_named(tag: str, address: str):
    assert faults(tag.format(address)) == [f"{address} is no address"]


@pytest.mark.parametrize("path", ["//[a]/", "//a.html"])
def test_an_address_of_ours_with_one_slash_too_many_is_not_there(path: str):
    page = read_page(f'<a href="{SITE}{path}">a</a>')
    (fault,) = dead_links("a.html", page, {"a.html": page}, frozenset(("a.html",)), SITE, set())
    assert fault.what == f"there is no page {path}"


@pytest.mark.parametrize("address", ["https://elsewhere.test/a.png", "//elsewhere.test/a.png", "data:text/html,a"])
def test_what_comes_from_elsewhere_or_is_no_picture_is_a_fault(address: str):
    assert [what.partition(" ")[0] for what in faults(f'<img src="{address}" alt="">')] == ["the"]

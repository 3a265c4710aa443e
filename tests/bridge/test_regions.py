"""A page whose markers are odd in any way is refused, never passed over."""

import pytest

from bridge.regions import FillError, Region, regions_in
from tests.support.built_site import FIRST, SECOND, marked, page

OPEN, CLOSE = Region("thread", FIRST).opening, Region("thread", FIRST).closing


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (OPEN, "is never closed"),
        (CLOSE, "closes nothing"),
        (OPEN + OPEN + CLOSE, "is not closed before"),
        (OPEN + CLOSE + CLOSE, "closes nothing"),
        (OPEN + "<!-- /comments:count -->", "closes nothing"),
        (marked(("thread", FIRST), ("thread", FIRST)), "stands twice"),
        (marked(("data", FIRST), ("data", FIRST)), "stands twice"),
        ("<!-- comments:nothing 2026/11/a --><!-- /comments:nothing -->", "there is no region 'nothing'"),
        ("<!-- comments:thread --><!-- /comments:thread -->", "no article's id"),
        ("<!--comments:thread 2026/11/a-->", "is not written as"),
        ("<!-- comments:thread\n2026/11/a -->", "is not written as"),
        (f"{OPEN}<!-- / comments:thread -->{CLOSE}", "is not written as"),
        ("<!-- comments:thread ../../x --><!-- /comments:thread -->", "no article's id"),
    ],
)
def test_odd_markers_are_refused(text: str, message: str):
    with pytest.raises(FillError, match=message):
        regions_in(f"<p>before</p>{text}<p>after</p>")


def test_regions_are_found_in_order():
    assert regions_in(page()) == (Region("data", FIRST), Region("count", FIRST), Region("thread", FIRST))


def test_two_essays_and_two_counts_fit_on_one_page():
    assert len(regions_in(marked(("count", FIRST), ("count", SECOND), ("count", FIRST)))) == 3


def test_an_address_with_two_hyphens_makes_a_marker_that_xml_allows():
    region = Region("feed", "2026/11/a--b---c")
    assert "--" not in region.opening.removeprefix("<!--").removesuffix("-->")
    assert regions_in(region.opening + region.closing) == (region,)

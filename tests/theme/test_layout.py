"""Every kind of page fits every screen: nothing sticks out, nothing jumps, everything can be hit."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.page_types import PAGE_TYPES, PageType
from tests.support.showing import Showing

every_kind = pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
NARROW, TALL = 320, 900
#: Screens and the reader's own letter size, in CSS pixels.
SCREENS = ((NARROW, 16), (640, 32), (1280, 32), (1920, 16))
FINGER, POINTER = 44, 24

STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && box.right > wide + 1 && getComputedStyle(e).position !== "absolute";
  });
  return document.documentElement.scrollWidth > wide ? ["the page", ...out.map((e) => e.outerHTML.slice(0, 80))] : [];
}"""
JUMPS = """() => new Promise((resolve) => {
  const moved = [];
  new PerformanceObserver((list) => moved.push(...list.getEntries().map((e) => e.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(moved), 50);
})"""
#: What stands by itself, not in a sentence, with how high it is on the page.
TARGETS = """() => [...document.querySelectorAll("nav li a, .button, input, textarea, select, .site-footer li a")]
  .filter((e) => e.checkVisibility() && !e.closest(".trap, .timeline") && !/hidden|radio|checkbox/.test(e.type))
  .map((e) => [e.closest("footer") ? "foot" : "", e.getBoundingClientRect().height, e.outerHTML.slice(0, 80)])"""


@pytest.fixture(scope="session")
def visitor(browser: Browser, shown: Showing) -> Iterator[Page]:
    """One page for all tests, on a narrow screen, signed in as the author."""
    context = browser.new_context(viewport={"width": NARROW, "height": TALL})
    page = context.new_page()
    shown.sign_in(page)
    yield page
    context.close()


@every_kind
def test_a_page_fits_every_screen_and_every_letter_size(visitor: Page, shown: Showing, kind: PageType):
    visitor.set_viewport_size({"width": NARROW, "height": TALL})
    shown.visit(visitor, kind)
    assert visitor.evaluate(JUMPS) == [], "something moved while the page loaded"
    letters = visitor.context.new_cdp_session(visitor)
    for width, size in SCREENS:
        letters.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
        visitor.set_viewport_size({"width": width, "height": TALL})
        assert visitor.evaluate(STICKING_OUT) == [], f"at {width} px with letters of {size} px"
        low = {"": FINGER, "foot": POINTER}
        small = [what for where, high, what in visitor.evaluate(TARGETS) if high < low[where] - 0.5]
        assert small == [], f"too low to hit, at {width} px"
    letters.detach()

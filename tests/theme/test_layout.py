"""Every kind of page fits every screen: nothing sticks out, nothing jumps, everything can be hit."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.support.demonstration import IN_SERIES
from tests.support.showing import Showing
from tests.theme.conftest import NARROW, TALL, Visited

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
#: What stands by itself, not in a sentence, with how high it is on the page.
TARGETS = """() => [...document.querySelectorAll("nav li a, .button, input, textarea, select, .site-footer li a")]
  .filter((e) => e.checkVisibility() && !e.closest(".trap, .timeline") && !/hidden|radio|checkbox/.test(e.type))
  .map((e) => [e.closest("footer") ? "foot" : "", e.getBoundingClientRect().height, e.outerHTML.slice(0, 80)])"""
#: What nobody can use on paper, and yet is there.
USELESS_ON_PAPER = """() => [...document.querySelectorAll("nav, footer, button, .button, .form input, .skip")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height > 1).map((e) => e.outerHTML.slice(0, 80))"""
#: What only a ground of its own would set apart, where readers have chosen all colours themselves.
WITHOUT_AN_EDGE = """() => [
  ...document.querySelectorAll(".button:not(.plain), .initial, .by-author, .note, .error-summary")]
  .filter((e) => e.checkVisibility() && !parseFloat(getComputedStyle(e).borderLeftWidth))
  .map((e) => e.outerHTML.slice(0, 80))"""

LONGEST = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
GIVE_LONG_TITLES = """(title) => document
  .querySelectorAll("h1, .note a, .subjects a, :is(.rows, .parts, .related, .neighbours) :is(a, strong)")
  .forEach((e) => { e.textContent = title })"""
#: How far the lines of each fact below a title stand from where the title begins; a line to the left of it is cut off.
FACTS = """() => [...document.querySelectorAll(".meta > :is(a, span:not(.byline))")]
  .flatMap((e) => [...e.getClientRects()])
  .map((box) => box.left - document.querySelector("h1").getBoundingClientRect().left)"""


@pytest.fixture(scope="module")
def onlooker(visitor: Page) -> Iterator[Page]:
    """A page beside the visited one, whose text may be changed."""
    page = visitor.context.new_page()
    page.set_viewport_size({"width": NARROW, "height": TALL})
    yield page
    page.close()


@pytest.mark.parametrize("address", [f"/{IN_SERIES[1]}.html", "/archive/", "/", "/series/"])
def test_a_title_of_one_endless_word_breaks_before_the_edge(onlooker: Page, shown: Showing, address: str):
    onlooker.goto(f"{shown.url}{address}")
    onlooker.evaluate(GIVE_LONG_TITLES, LONGEST)
    assert onlooker.evaluate(STICKING_OUT) == []


def test_large_letters_cut_nothing_off_the_facts_below_a_title(onlooker: Page, shown: Showing):
    letters = onlooker.context.new_cdp_session(onlooker)
    onlooker.goto(f"{shown.url}/{IN_SERIES[1]}.html")
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    lines = onlooker.evaluate(FACTS)
    letters.detach()
    assert len(lines) == 3
    assert min(lines) >= 0


def test_nothing_moves_while_a_page_loads(visited: Visited):
    assert visited.jumps == ()


def test_a_page_fits_every_screen_and_every_letter_size(visited: Visited):
    page = visited.page
    letters = page.context.new_cdp_session(page)
    for width, size in SCREENS:
        letters.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
        page.set_viewport_size({"width": width, "height": TALL})
        assert page.evaluate(STICKING_OUT) == [], f"at {width} px with letters of {size} px"
        low = {"": FINGER, "foot": POINTER}
        small = [what for where, high, what in page.evaluate(TARGETS) if high < low[where] - 0.5]
        assert small == [], f"too low to hit, at {width} px"
    letters.detach()


def test_paper_holds_words_and_nothing_to_press(visited: Visited):
    visited.page.emulate_media(media="print")
    assert visited.page.evaluate(USELESS_ON_PAPER) == []
    assert visited.page.get_by_role("heading", level=1).is_visible()
    visited.page.emulate_media(media="screen")


def test_what_a_ground_sets_apart_has_an_edge_where_all_colours_are_the_readers_own(visited: Visited):
    visited.page.emulate_media(forced_colors="active")
    assert visited.page.evaluate(WITHOUT_AN_EDGE) == []
    visited.page.emulate_media(forced_colors="none")

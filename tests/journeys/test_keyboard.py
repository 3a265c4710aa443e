"""Somebody who uses no mouse reads an essay, comments on it, is told what is wrong, mends it and is thanked."""

import re

from playwright.sync_api import Page, expect

from tests.support.project import Served

ESSAY = "2026/11/known-by-name"
FURTHEST = 80  # presses of Tab; who needs more would have given up

#: What has the focus: its words, and whether it can be seen that it has it, whole, on the screen.
FOCUSED = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const words = e.labels?.[0]?.innerText ?? e.innerText ?? e.id;
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [words.trim(), ringed && box.top >= 0 && box.left >= 0 && box.height > 0 && box.top < innerHeight];
}"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what begins with `words` has the focus; at each stop it must be seen where one is."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        where, visible = page.evaluate(FOCUSED)
        assert visible, f"the focus cannot be seen on “{where}”"
        if where.startswith(words):
            return
    raise AssertionError(f"“{words}” cannot be reached")


def test_an_essay_is_commented_on_with_the_keyboard_alone(page: Page, served: Served, request):
    page.goto(f"{served.url}/{ESSAY}.html")
    tab_to(page, "Skip to")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    tab_to(page, "Your name")
    page.keyboard.type("A baker")
    tab_to(page, "Your e-mail")
    page.keyboard.type("baker")
    tab_to(page, "Your comment")
    page.keyboard.type(f"From the keyboard. {request.node.name}")
    tab_to(page, "Send your comment")
    page.keyboard.press("Enter")

    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.locator("#errors")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your e-mail")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("@example.com")
    tab_to(page, "Send your comment")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    tab_to(page, "Skip to")


def test_skipping_leaves_the_menu_behind(page: Page, served: Served):
    page.goto(f"{served.url}/{ESSAY}.html")
    tab_to(page, "Skip to")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")

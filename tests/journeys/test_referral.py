"""A visitor refers someone, at each of the five levels, and is led to the next step of that level."""

import pytest
from playwright.sync_api import Page, expect

from forms_service.forms.referral import LEVELS
from forms_service.people.referral_words import LEVEL_WORDS
from tests.support.project import Served, spoken

WORDS = dict(LEVELS)


def refer(page: Page, served: Served, level: str, need: str) -> None:
    """The form at /forms/referral, filled in and sent."""
    page.goto(f"{served.url}/refer/")
    page.get_by_label("Your name").fill("A florist")
    page.get_by_label("Your e-mail").fill(f"florist-{level.lower()}@example.com")
    page.get_by_label(WORDS[level]).check()
    if level != "L0":
        page.get_by_label("Their name").fill("A caterer")
    page.get_by_label("What do they need?").fill(need)
    page.get_by_role("button", name="Send your referral").click()
    assert "/forms/referral/thanks/" in page.url


@pytest.mark.parametrize("level", WORDS)
def test_every_level_is_thanked_and_shown_its_next_step(page: Page, served: Served, level: str, request):
    need = f"A kitchen, {request.node.name}"
    refer(page, served, level, need)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    second_step = page.get_by_role("button", name="Send how to reach them")
    expect(second_step).to_have_count(1 if level in ("L2", "L3", "L4") else 0)
    assert LEVEL_WORDS[level] in spoken(served.mail_about(need))


def test_who_agreed_can_be_reached_after_the_second_step(page: Page, served: Served, request):
    """The second step, /forms/referral_contact, refuses to go on without the statement of consent."""
    need = f"A second step, {request.node.name}"
    refer(page, served, "L2", need)
    page.get_by_label("Their e-mail").fill("caterer@example.com")
    page.get_by_role("button", name="Send how to reach them").click()
    assert page.title().startswith("Error:")
    expect(page.get_by_label("Their e-mail")).to_have_value("caterer@example.com")
    page.get_by_label("They know that I am giving you these details").check()
    page.get_by_role("button", name="Send how to reach them").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert "caterer@example.com" in served.mail_about("caterer@example.com").get_content()


def test_an_introduction_lies_ready_to_be_sent(page: Page, served: Served, request):
    refer(page, served, "L3", f"An introduction, {request.node.name}")
    link = page.locator('a[href^="mailto:"]', has_text="mail").first.get_attribute("href")
    assert link is not None
    assert "cc=author%40example.com" in link or "cc=author@example.com" in link

"""On a phone of 360 pixels: what is typed and tapped to keep somebody new or to refer somebody, counted and printed."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import visitor
from tests.support.project import Served

PHONE = {"width": 360, "height": 740}
#: Forty words a minute, five letters to a word; and a second and a half to find and hit what is tapped.
SECONDS_PER_KEY, SECONDS_PER_TAP = 60 / (40 * 5), 1.5


@dataclass
class Thumb:
    """Types and taps as the hand does, and counts. Going from field to field is a tap each."""

    tab: Page
    keys: int = 0
    taps: int = 0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.click()

    def types(self, label: str, text: str) -> None:
        self.tap(self.tab.get_by_label(label, exact=True))
        self.keys += len(text)
        self.tab.keyboard.type(text)

    @property
    def typing(self) -> float:
        return self.keys * SECONDS_PER_KEY

    @property
    def seconds(self) -> float:
        return self.typing + self.taps * SECONDS_PER_TAP

    def tells(self, what: str) -> str:
        return f"{what}: {self.keys} keys, {self.taps} taps: {self.typing:.0f} s of typing, {self.seconds:.0f} s in all"


def fits(tab: Page, heading: str) -> bool:
    """The page of this heading has nothing that is wider than the phone."""
    expect(tab.get_by_role("heading", level=1)).to_contain_text(heading)
    return bool(tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_somebody_new_is_kept_within_a_minute(author: Page, served: Served, capsys: pytest.CaptureFixture[str]):
    author.set_viewport_size(PHONE)
    author.goto(f"{served.url}/dashboard/")
    hand = Thumb(author)
    hand.tap(author.get_by_role("link", name="I met somebody"))
    assert fits(author, "I met somebody")
    hand.types("Their name", "Mo, a thatcher")
    hand.types("Where you met, and what you want to remember", "Reed fair; has twins, dry humor")
    hand.types("What they look for", "A plumber")
    hand.types("What they do well", "Thatches old roofs")
    hand.tap(author.get_by_text("In a week", exact=True))
    hand.tap(author.get_by_role("button", name="Keep", exact=True))
    with capsys.disabled():
        print(f"\n{hand.tells('Somebody new')}")
    assert hand.seconds <= 60

    page = author.get_by_role("main")
    expect(author.get_by_role("heading", level=1)).to_have_text("Mo, a thatcher")
    for kept in ("has twins", "Needs: A plumber", "Does: Thatches old roofs", "To be in touch on (?!that)"):
        expect(page.get_by_text(re.compile(kept)).first).to_be_visible()
    author.goto(f"{served.url}/dashboard/needs/")
    expect(
        author.get_by_role("listitem").filter(has_text="A plumber").filter(has_text="Mo, a thatcher").first
    ).to_be_visible()


def test_somebody_is_referred_with_ninety_seconds_of_typing(
    browser: Browser, served: Served, capsys: pytest.CaptureFixture[str]
):
    for tab in visitor(browser, java_script_enabled=False):
        tab.set_viewport_size(PHONE)
        tab.goto(f"{served.url}/refer/")
        form = tab.locator("form[action$='/forms/referral']")
        required = {each.get_attribute("name") for each in form.locator("[required]").all()}
        assert len(required) <= 6, required
        hand = Thumb(tab)
        hand.types("Your name", "A wheelwright")
        hand.types("Your e-mail", "wheelwright@example.com")
        hand.tap(tab.get_by_text("I told them, and they agreed to hear from you"))
        hand.types("Their name", "A saddler")
        hand.types("What do they need?", "Somebody who writes the words for a shop window, and takes a picture.")
        hand.tap(tab.get_by_role("button", name="Send your referral"))
        with capsys.disabled():
            print(f"\n{hand.tells('A referral')}; {len(required)} fields required")
        expect(tab.get_by_role("heading", level=1)).to_contain_text(re.compile("thank", re.I))
        assert hand.typing <= 90


def test_a_one_to_one_is_prepared_held_and_kept_on_the_phone(author: Page, served: Served):
    author.set_viewport_size(PHONE)
    author.goto(f"{served.url}/dashboard/capture")
    author.get_by_label("Their name").fill("Ida, a bookbinder")
    author.get_by_role("button", name="Keep", exact=True).click()
    author.get_by_role("link", name="Sheet for a one-to-one").click()
    assert fits(author, "One-to-one with Ida")
    author.get_by_label("What you call them").fill("Ida")
    author.get_by_label("Family").fill("Three cats")
    author.get_by_label("What do you need?").fill("a printer\na quiet shop")
    author.get_by_label("I promise").first.fill("The name of my plumber")
    author.get_by_role("button", name="Keep all of it").click()
    expect(author.get_by_role("status")).to_contain_text("Kept, all of it.")
    author.get_by_role("link", name="Before you meet").click()
    assert fits(author, "Before you meet Ida")
    for known in ("Three cats", "told by them", "a quiet shop", "The name of my plumber"):
        expect(author.get_by_role("main").get_by_text(re.compile(known)).first).to_be_visible()
    author.get_by_role("link", name="The sheet for your one-to-one").click()
    expect(author.get_by_label("Family")).to_have_value("Three cats")

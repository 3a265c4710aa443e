"""A morning's work: the author signs in, sees who waits, answers, keeps a note, and takes a person up."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import NAMES, WAYS, visitor
from tests.support.project import Served


def write_in(browser: Browser, served: Served, name: str, message: str) -> None:
    for tab in visitor(browser, java_script_enabled=False):
        tab.goto(f"{served.url}/contact/")
        tab.get_by_label("Your name").fill(name)
        tab.get_by_label("Your e-mail").fill("cooper@example.com")
        tab.get_by_label("Your message").fill(message)
        tab.get_by_role("button", name="Send your message").click()


def refer(browser: Browser, served: Served, need: str) -> None:
    for tab in visitor(browser, java_script_enabled=False):
        tab.goto(f"{served.url}/refer/")
        tab.get_by_label("Your name").fill("A joiner")
        tab.get_by_label("Your e-mail").fill("joiner@example.com")
        tab.get_by_label("I told them, and they agreed to hear from you").check()
        tab.get_by_label("Their name").fill("A potter")
        tab.get_by_label("What do they need?").fill(need)
        tab.get_by_role("button", name="Send your referral").click()


def test_a_stranger_is_sent_to_sign_in(page: Page, served: Served):
    page.goto(f"{served.url}/dashboard/people")
    expect(page).to_have_url(re.compile("/dashboard/sign-in"))


def test_opening_a_sign_in_link_uses_nothing_up(page: Page, served: Served):
    link = served.printed_sign_in_link
    for _ in range(3):
        page.request.get(link)
        page.request.head(link)
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{served.url}/dashboard/")
    expect(page).to_have_url(re.compile("/dashboard/sign-in"))
    page.goto(link)
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)


@pytest.mark.parametrize("author", WAYS, ids=NAMES, indirect=True)
def test_a_message_is_answered_and_remembered(browser: Browser, author: Page, served: Served, request):
    message = f"Barrels, for whoever needs barrels. {request.node.name}"
    write_in(browser, served, "A cooper", message)
    author.goto(f"{served.url}/dashboard/inbox")
    entry = author.get_by_role("listitem").filter(has_text=message)
    expect(entry).to_contain_text("left")
    entry.get_by_role("button", name="I answered").click()
    expect(author.get_by_role("listitem").filter(has_text=message)).not_to_contain_text("left")

    author.goto(f"{served.url}/dashboard/people?q=cooper@example.com")
    author.get_by_role("link", name="A cooper").first.click()
    author.get_by_label("What do you want to remember?").fill(f"Plays the cello. {request.node.name}")
    author.get_by_role("button", name="Keep this note").click()
    expect(author.get_by_text(f"Plays the cello. {request.node.name}")).to_be_visible()


@pytest.mark.parametrize("author", WAYS, ids=NAMES, indirect=True)
def test_a_referral_is_followed_until_the_person_is_in_the_list(
    browser: Browser, author: Page, served: Served, request
):
    need = f"A kiln that keeps its heat. {request.node.name}"
    refer(browser, served, need)
    author.goto(f"{served.url}/dashboard/referrals")
    author.get_by_role("link", name="A potter").first.click()
    expect(author.get_by_role("main")).to_contain_text(need)
    author.get_by_role("button", name=re.compile("list", re.I)).first.click()
    author.goto(f"{served.url}/dashboard/people?q=potter")
    expect(author.get_by_role("link", name="A potter").first).to_be_visible()

"""Somebody who has never heard of the author reads on a phone, from one essay to a referral, and meets no obstacle."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from forms_service.forms.referral import LEVELS
from tests.support.project import Served, until

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "reduced_motion": "reduce"}
ESSAY = "2026/11/known-by-name"
REMEMBERED = "hardware shops hinge"
FITS_THE_SCREEN = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def walk(browser: Browser, served: Served) -> Iterator[tuple[Page, Page]]:
    """The same phone without scripts and, for the search alone, with them; nothing goes wrong on either."""
    wrong: list[str] = []
    contexts = [browser.new_context(**PHONE, java_script_enabled=scripts) for scripts in (False, True)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.on("request", lambda sent: None if sent.url.startswith(served.url) else wrong.append(sent.url))
        page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    pages[0].on("request", lambda sent: wrong.append(sent.url) if is_script(sent) else None)
    yield pages[0], pages[1]
    assert wrong == []
    assert [context.cookies() for context in contexts] == [[], []]
    for context in contexts:
        context.close()


def is_script(sent: Request) -> bool:
    return sent.resource_type == "script" and not sent.url.endswith("/copy.js")  # asked for on /subscribe/, never run


def arrived(page: Page, heading: str) -> None:
    """On the page with this heading, and no part of it sticks out of the screen."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    assert page.evaluate(FITS_THE_SCREEN)


def test_a_stranger_reads_finds_subscribes_prints_and_refers_on_a_phone(walk: tuple[Page, Page], served: Served):
    page, searching = walk
    page.goto(f"{served.url}/{ESSAY}.html")
    page.get_by_text("Continues from").get_by_role("link").click()
    arrived(page, "The Second Question")

    until(lambda: (served.project / "output" / "pagefind" / "pagefind-entry.json").is_file())
    searching.goto(page.url)
    searching.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
    searching.get_by_role("searchbox").fill(REMEMBERED)
    searching.locator(".search-results a").first.click()
    arrived(searching, "Known by Name")

    page.goto(searching.url)
    page.emulate_media(media="print")
    expect(page.get_by_text(f"/{ESSAY}.html")).to_be_visible()
    expect(page.locator(".e-content p").first).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    page.emulate_media(media="screen")

    page.get_by_role("link", name="Subscribe", exact=True).click()
    arrived(page, "Subscribe")
    expect(page.get_by_role("main").get_by_role("link", name="/feeds/posts.atom")).to_be_visible()

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Refer someone").click()
    arrived(page, "Refer someone")
    page.get_by_label("Your name").fill("A stranger")
    page.get_by_label("Your e-mail").fill("stranger@example.com")
    page.get_by_label(dict(LEVELS)["L2"]).check()
    page.get_by_label("Their name").fill("A roofer")
    page.get_by_label("What do they need?").fill("Somebody who reads plans, found on a phone")
    page.get_by_role("button", name="Send your referral").click()
    arrived(page, "Thank you")
    assert "A roofer" in served.mail_about("found on a phone").get_content()

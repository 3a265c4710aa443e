"""A reader finds her way through the essays without knowing anything of how they are made."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.project import Served

#: On pages that hold no script it makes no difference whether one might run.
without_scripts = pytest.mark.parametrize("page", [False], ids=["without JavaScript"], indirect=True)


@without_scripts
def test_a_reader_finds_the_second_essay_from_the_first(page: Page, served: Served):
    page.goto(f"{served.url}/archive/")
    page.locator("main ol a").last.click()
    first = page.get_by_role("heading", level=1).inner_text()
    page.get_by_text("Continues in").get_by_role("link").click()
    second = page.get_by_role("heading", level=1).inner_text()
    assert second != first
    page.get_by_text("Continues from").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first)


@without_scripts
def test_a_wrong_address_leads_on(page: Page, served: Served):
    answer = page.goto(f"{served.url}/2019/01/never-written.html")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("main").get_by_role("link", name="archive").first.click()
    expect(page).to_have_url(f"{served.url}/archive/")


def test_nothing_is_asked_of_anybody_else_and_nothing_goes_wrong(page: Page, served: Served):
    foreign, broken = [], []
    page.on("request", lambda request: None if request.url.startswith(served.url) else foreign.append(request.url))
    page.on("response", lambda response: broken.append(response.url) if response.status >= 400 else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    for address in ("/", "/archive/", "/tags/", "/about/", "/contact/", "/refer/", "/privacy/"):
        page.goto(served.url + address)
    assert (foreign, broken) == ([], [])
    assert page.context.cookies() == []


@without_scripts
def test_a_page_says_that_samples_and_placeholders_are_shown(page: Page, served: Served):
    page.goto(f"{served.url}/")
    expect(page.get_by_text("make import")).to_be_visible()

"""Somebody who has never heard of feeds takes the address along, with a script and without."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import visitor
from tests.support.project import Served


def test_the_address_can_be_read_and_followed(page: Page, served: Served):
    page.goto(f"{served.url}/")
    page.get_by_role("link", name="Subscribe", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Subscribe")
    link = page.get_by_role("main").get_by_role("link", name="/feeds/posts.atom")
    assert page.request.get(served.url + (link.get_attribute("href") or "")).status == 200


@pytest.mark.parametrize("scripts", [True, False])
def test_a_button_copies_it_where_a_script_may_run(browser: Browser, served: Served, scripts: bool):
    for tab in visitor(browser, java_script_enabled=scripts, permissions=["clipboard-read", "clipboard-write"]):
        complaints: list[str] = []
        tab.on("console", lambda message, said=complaints: said.append(message.text))
        tab.goto(f"{served.url}/subscribe/")
        button = tab.get_by_role("button", name="Copy the address")
        expect(button).to_have_count(int(scripts))
        if scripts:
            button.click()
            expect(tab.get_by_role("status")).to_contain_text("Copied")
            assert tab.evaluate("navigator.clipboard.readText()").endswith("/feeds/posts.atom")
        assert complaints == []

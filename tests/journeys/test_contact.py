"""A visitor writes to the author, makes a mistake, corrects it, and is thanked."""

from playwright.sync_api import Page, expect

from tests.support.project import Served


def test_a_mistake_is_explained_and_nothing_typed_is_lost(page: Page, served: Served):
    page.goto(f"{served.url}/contact/")
    assert page.locator("form").get_attribute("action") == "/forms/contact"
    page.get_by_label("Your name").fill("A beekeeper")
    page.get_by_label("Your message").fill("I have honey <b>and</b> a question about mistakes.")
    page.get_by_label("What do you do well?").fill("Bees")
    page.get_by_role("button", name="Send your message").click()

    assert page.title().startswith("Error:")
    page.get_by_role("link", name="Please give an e-mail address or a phone number").click()
    expect(page.get_by_label("Your e-mail")).to_be_focused()
    expect(page.get_by_label("Your message")).to_have_value("I have honey <b>and</b> a question about mistakes.")
    page.get_by_label("Your e-mail").fill("beekeeper@example.com")
    page.get_by_role("button", name="Send your message").click()

    assert "/forms/contact/thanks/" in page.url
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    mail = served.mail_about("a question about mistakes")
    assert mail["Reply-To"] == "beekeeper@example.com"

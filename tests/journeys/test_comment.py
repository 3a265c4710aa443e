"""A comment travels: from the page to the queue, to the author's approval, back onto the static page."""

import re

from playwright.sync_api import Page, expect

from tests.support.project import Served, until

ESSAY = "2026/11/known-by-name"


def send_comment(page: Page, served: Served, words: str) -> None:
    """Fill in the form below the essay, which goes to /forms/comment."""
    page.goto(f"{served.url}/{ESSAY}.html")
    page.get_by_label("Your name").fill("A baker")
    page.get_by_label("Your e-mail").fill("baker@example.com")
    page.get_by_label("Your comment").fill(words)
    page.get_by_role("button", name="Send your comment").click()
    assert "/forms/comment/thanks/" in page.url


def shows(page: Page, served: Served, words: str) -> bool:
    page.goto(f"{served.url}/{ESSAY}.html")
    return page.locator("#comments").get_by_text(words).count() == 1


def in_feed(page: Page, served: Served, words: str) -> bool:
    return words in page.request.get(f"{served.url}/feeds/comments.atom").text()


def test_a_comment_goes_from_the_page_to_the_queue_and_back(page: Page, author: Page, served: Served, request):
    words = f"I know my baker by name. {request.node.name}"
    send_comment(page, served, words)
    assert not shows(page, served, words)

    author.goto(f"{served.url}/dashboard/comments")
    entry = author.get_by_role("listitem").filter(has_text=words)
    entry.get_by_role("button", name=re.compile("^Approve")).click()
    until(lambda: shows(page, served, words))
    assert in_feed(page, served, words)
    assert "baker@example.com" not in page.content()

    author.goto(f"{served.url}/dashboard/comments?show=approved")
    author.get_by_role("listitem").filter(has_text=words).get_by_role(
        "button", name=re.compile("^Take it back")
    ).click()
    until(lambda: not shows(page, served, words))
    assert not in_feed(page, served, words)


def test_the_author_decides_from_the_mail_without_signing_in(page: Page, served: Served, request):
    words = f"From the mail, please. {request.node.name}"
    send_comment(page, served, words)
    mail = served.mail_about(words)
    link = re.search(r"Publish it:\s+(http\S+)", mail.get_content())
    assert link is not None

    page.goto(link[1])
    page.get_by_role("button", name="Publish it").click()
    until(lambda: shows(page, served, words))


def test_a_reader_replies_to_a_comment_and_the_author_replies_to_both(
    page: Page, author: Page, served: Served, request
):
    words = f"Who else keeps a list? {request.node.name}"
    send_comment(page, served, words)
    author.goto(f"{served.url}/dashboard/comments")
    author.get_by_role("listitem").filter(has_text=words).get_by_role("link", name=re.compile("^Reply")).click()
    author.get_by_label("Your reply").fill(f"I do. {request.node.name}")
    author.get_by_role("button", name="Publish your reply").click()
    until(lambda: shows(page, served, words))
    answer = page.locator("#comments li li").filter(has_text=f"I do. {request.node.name}")
    expect(answer.get_by_text("Author", exact=True)).to_be_visible()

    comment = page.locator("#comments > ol > li").filter(has_text=words)
    comment.get_by_role("link", name=re.compile("^Reply")).first.click()
    expect(page.get_by_text(words)).to_be_visible()
    page.get_by_label("Your name").fill("A chandler")
    page.get_by_label("Your comment").fill(f"So do I. {request.node.name}")
    page.get_by_role("button", name="Send your comment").click()

    reply = f"So do I. {request.node.name}"
    author.goto(f"{served.url}/dashboard/comments")
    author.get_by_role("listitem").filter(has_text=reply).get_by_role("button", name=re.compile("^Approve")).click()
    until(lambda: shows(page, served, reply))
    expect(
        page.locator("#comments > ol > li").filter(has_text=words).locator("li").filter(has_text=reply)
    ).to_have_count(1)

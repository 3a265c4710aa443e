"""The outbox and the caught mail, as the author sees them."""

import os
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from forms_service.dashboard.mailbox import with_own_links
from forms_service.db import Database
from forms_service.models import MailState, OutboxMail
from tests.dashboard.conftest import Author, Post


@pytest.fixture
def failed(database: Database, post: Post) -> int:
    """The mail about the baker's comment, given up."""
    with database.write() as session:
        about = OutboxMail.submission_id == post.baker
        session.execute(
            update(OutboxMail).where(about).values(state=MailState.FAILED, attempts=9, last_error="<no> such host")
        )
        return session.scalars(select(OutboxMail.id).where(about)).one()


def test_what_failed_says_why_and_can_be_tried_again(author: Author, failed: int, database: Database):
    page = author.opens("/dashboard/outbox?show=failed")
    assert "&lt;no&gt; such host" in page
    author.acts(f"/dashboard/outbox/{failed}/retry")
    with database.read() as session:
        assert session.get_one(OutboxMail, failed).state == MailState.QUEUED
    assert "Nothing has failed" in author.opens("/dashboard/outbox?show=failed")


def test_a_mail_that_waits_anyway_is_left_alone(author: Author, post: Post, database: Database):
    assert "It is not given up" in author.acts("/dashboard/outbox/1/retry")


@pytest.mark.parametrize(("show", "count"), [("all", 6), ("waiting", 5), ("held", 1), ("sent", 0), ("failed", 0)])
def test_the_list_can_be_sieved(author: Author, post: Post, show: str, count: int):
    assert author.opens(f"/dashboard/outbox?show={show}").count('<li class="entry') == count


def mail(config, name: str, subject: str, body: str, age: int = 0) -> None:
    config.mail_dir.mkdir(exist_ok=True)
    path = config.mail_dir / name
    head = f"From: forms@example.com\nTo: author@example.com\nSubject: {subject}\n"
    path.write_text(f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}", encoding="utf-8")
    os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))


def test_caught_mail_is_read_as_text(author: Author, config):
    mail(config, "1.eml", "An older one", "Hello", age=60)
    mail(config, "2.eml", "<b>A newer one</b>", "Grüße <script>alert(1)</script>")
    page = author.opens("/dashboard/mail")
    assert page.index("A newer one") < page.index("An older one")
    shown = author.opens("/dashboard/mail/2.eml")
    assert "Grüße &lt;script&gt;" in shown
    assert "<b>A newer" not in shown


@pytest.mark.parametrize("name", ["3.eml", "..%2f..%2fsite.toml", "%2e%2e", "1.txt"])
def test_only_caught_mail_is_read(author: Author, config, name: str):
    mail(config, "1.eml", "One", "Hello")
    (config.mail_dir / "1.txt").write_text("secret")
    assert author.client.get(f"/dashboard/mail/{name}").status_code == 404


def test_no_mail_yet_says_so(author: Author):
    assert "No mail yet" in author.opens("/dashboard/mail")


def test_a_broken_mail_does_not_break_the_page(author: Author, config):
    config.mail_dir.mkdir(exist_ok=True)
    (config.mail_dir / "x.eml").write_bytes(b"Content-Type: text/plain; charset=no-such\n\n\xff\x00")
    assert "Caught mail" in author.opens("/dashboard/mail")
    author.opens("/dashboard/mail/x.eml")


def test_where_mail_is_really_sent_there_is_no_mailbox(app, author: Author, config):
    mail(config, "1.eml", "One", "Hello")
    app.extensions["config"] = replace(config, smtp_url="smtp://mail.example.com")
    assert author.client.get("/dashboard/mail").status_code == 404
    assert author.client.get("/dashboard/mail/1.eml").status_code == 404
    assert "Caught mail" not in author.opens("/dashboard/inbox")


def test_only_the_sites_own_addresses_become_links():
    text = 'Press https://a.example/links/x.1.y. Not https://a.example.evil/x nor "https://b.example/<b>".'
    shown = with_own_links(text, "https://a.example")
    assert '<a href="https://a.example/links/x.1.y">https://a.example/links/x.1.y</a>.' in shown
    assert shown.count("<a ") == 1
    assert "&lt;b&gt;" in shown

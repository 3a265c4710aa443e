"""The whole way from a form to the author's mailbox, and what the scanners there may open: everything, harmlessly."""

import dataclasses
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from threading import Event
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bridge.page_index import IndexedArticle, PageIndex, SiteFacts, save_page_index
from forms_service.config import Config
from forms_service.dashboard.sign_in import create_link, link_url
from forms_service.db import Database
from forms_service.models import Comment, Referral, SignInLink, Submission
from forms_service.outbox.dispatch import Dispatcher
from tests.support.dump import dump
from tests.support.smtp import Mailbox, mail_server

ESSAY = "2026/11/thanks"
OWN = {"Sec-Fetch-Site": "same-origin"}
BUTTON = {"button": "pressed"}
POSTS = {
    "comment": {"name": "A baker", "email": "baker@example.com", "text": "I thank my miller.", "article": ESSAY},
    "contact": {"name": "A gardener", "phone": "+1 212-555-0143", "message": "May I call you?", "good_at": "Pruning"},
    "referral": {
        "name": "A plumber", "email": "plumber@example.com", "level": "L2", "referred_name": "A teacher",
        "need": "Cards for a class.",
    },
    "referral_contact": {"email": "teacher@example.com", "consent": "2026-11"},
}  # fmt: skip


def send(client: FlaskClient, kind: str, address: str = "") -> str:
    """Post the form; the address of the thank-you page."""
    data = {f"{kind}-{name}": value for name, value in POSTS[kind].items()}
    answer = client.post(address or f"/forms/{kind}", data=data, headers=OWN)
    assert answer.status_code == 303
    return answer.location


@pytest.fixture
def mails(client: FlaskClient, config: Config, database: Database, now: datetime) -> dict[str, EmailMessage]:
    """One mail of each kind, as it reached the author, by its subject."""
    facts = SiteFacts("Gratitude", "http://localhost", "", "The Author", "en", "UTC")
    essay = IndexedArticle(ESSAY, "Thanks", f"/{ESSAY}.html", now, None, False)
    save_page_index(config.output_dir, PageIndex(facts, {ESSAY: essay}))
    send(client, "comment")
    send(client, "contact")
    thanks = send(client, "referral")
    send(client, "referral_contact", "/forms/referral_contact/" + thanks.rpartition("/")[2])
    client.post("/dashboard/sign-in", data=BUTTON, headers=OWN)
    with mail_server(Mailbox()) as mailbox:
        config = dataclasses.replace(config, smtp_url=mailbox.url)
        assert Dispatcher(config, database, "one", lambda: datetime.now(UTC)).send_due(Event()) == 5
    return {message["Subject"]: message for message in mailbox.messages}


def addresses(message: EmailMessage) -> list[str]:
    found = re.findall(r"http://localhost(/\S+)", message.get_content())
    assert found
    return found


def link(message: EmailMessage, part: str) -> str:
    (found,) = [address for address in addresses(message) if part in address]
    return found


COMMENT, CONTACT, REFERRAL = (
    "A baker commented on “Thanks”",
    "A gardener wrote to you",
    "A plumber refers A teacher to you",
)
SECOND_STEP, SIGN_IN = "How to reach A teacher", "Your sign-in link for Gratitude Marketing"


def test_each_form_ends_in_a_mail_to_the_author(mails: dict[str, EmailMessage]):
    assert set(mails) == {COMMENT, CONTACT, REFERRAL, SECOND_STEP, SIGN_IN}
    assert {message["To"] for message in mails.values()} == {"author@example.com"}
    assert [str(mails[subject].get("Reply-To")) for subject in (COMMENT, CONTACT, REFERRAL, SECOND_STEP)] == [
        "baker@example.com", "None", "plumber@example.com", "plumber@example.com",
    ]  # fmt: skip
    assert "> Pruning" in mails[CONTACT].get_content()
    assert "teacher@example.com" in mails[SECOND_STEP].get_content()


def signed_in(client: FlaskClient, config: Config, database: Database) -> FlaskClient:
    with database.write() as session:
        address = urlsplit(link_url(config, create_link(session, datetime.now(UTC)))).path
    assert client.post(address, data=BUTTON, headers=OWN).status_code == 303
    return client


@pytest.mark.parametrize("by", ["a stranger", "the author"])
def test_opening_every_address_of_every_mail_changes_nothing(
    by: str, mails: dict[str, EmailMessage], client: FlaskClient, config: Config, database: Database
):
    if by == "the author":
        signed_in(client, config, database)
    before = dump(database)
    for address in {address for message in mails.values() for address in addresses(message)}:
        for method in (client.get, client.head):
            assert method(address).status_code in (200, 302, 303, 404 if address == f"/{ESSAY}.html" else 200)
    assert dump(database) == before


def test_after_the_scanners_the_buttons_still_work(
    mails: dict[str, EmailMessage], client: FlaskClient, config: Config, database: Database
):
    for message in mails.values():
        for address in addresses(message):
            client.get(address)
    mail_program = client.application.test_client(use_cookies=False)
    assert mail_program.post(link(mails[COMMENT], ".approve.")).status_code == 200
    for subject in (CONTACT, REFERRAL, SECOND_STEP):
        assert mail_program.post(link(mails[subject], ".answered.")).status_code == 200
    assert client.post(link(mails[SIGN_IN], "/sign-in/"), data=BUTTON, headers=OWN).status_code == 303
    with database.read() as session:
        assert session.scalars(select(Comment.state)).all() == ["approved"]
        assert all(session.scalars(select(Submission.answered_at)))
        assert all(session.scalars(select(SignInLink.used_at)))


def test_every_page_of_the_dashboard_that_a_mail_names_is_there(
    mails: dict[str, EmailMessage], client: FlaskClient, config: Config, database: Database
):
    author = signed_in(client, config, database)
    pages = {a for message in mails.values() for a in addresses(message) if re.search(r"/dashboard/[a-z]+/\d+$", a)}
    with database.read() as session:
        comment, referral = session.scalars(select(Comment.id)).one(), session.scalars(select(Referral.id)).one()
    assert {f"/dashboard/comments/{comment}", f"/dashboard/referrals/{referral}"} < pages
    assert {author.get(page).status_code for page in pages} == {200}

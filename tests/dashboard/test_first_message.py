"""The first words after a referral: drafted for the author, to whoever may be written to, with all they are owed."""

from datetime import timedelta
from html import unescape
from re import findall, search
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from forms_service.config import Config
from forms_service.db import Database
from forms_service.links.addresses import follow_address
from forms_service.models import Event, Kind, Referral
from forms_service.people.first_message import NOTICE
from tests.dashboard.conftest import Author, Post, Sending, dump, person_named

REFERRAL = "/dashboard/referrals/1"


def draft(page: str) -> str:
    found = search(r'<textarea class="letter"[^>]*>(.*?)</textarea>', page, 16)
    assert found is not None
    return unescape(found[1])


def test_the_first_message_says_who_why_what_is_kept_and_how_to_say_no(author: Author, post: Post):
    page = author.opens(REFERRAL)
    text = draft(page)
    for words in (
        "Dear A teacher,", "A plumber gave me your name", "thank-you cards with a whole class",
        "your name, e-mail address and phone number, which A plumber gave me on November 18, 2026",
        "corrected or erased", "complain", "/privacy/", "1 Example Street", "Exampletown, NY 10001",
        "/links/referral.1.object.",
    ):  # fmt: skip
        assert words in text
    (mailto,) = [unescape(each) for each in findall(r'href="(mailto:[^"]+)"', page) if "subject=" in each]
    query = parse_qs(urlsplit(mailto).query, strict_parsing=True)
    assert urlsplit(mailto).path == "teacher@example.com"
    assert query["body"][0].replace("\r\n", "\n") == text
    assert len(mailto) < 2400


def test_below_their_own_yes_the_words_go_to_the_referrer(author: Author, send: Sending):
    send("referral", level="L1")
    page = author.opens(REFERRAL)
    assert "introduce us to each other" in draft(page)
    assert 'href="mailto:plumber@example.com?subject=Would%20you%20introduce%20us' in page
    assert "I sent it" not in page
    assert "object" not in draft(page)


def test_nobody_is_written_to_who_does_not_know(author: Author, send: Sending, database: Database):
    send("referral", level="L1")
    assert author.posts(f"{REFERRAL}/first-message").status_code == 422
    author.acts(f"{REFERRAL}/level", level="L3")
    assert "Your first message" in author.opens(REFERRAL)


def test_the_referrer_is_named_only_where_that_is_allowed(author: Author, send: Sending):
    send("referral", level="L3")
    assert "Somebody we both know gave me your name" in draft(author.opens(REFERRAL))
    assert "A plumber" in draft(author.acts(f"{REFERRAL}/level", level="L3"))


def test_nothing_is_drafted_to_an_address_whose_owner_wants_peace(
    author: Author, post: Post, send: Sending, database: Database
):
    send("contact", name="A teacher", email="teacher@example.com")
    author.acts(f"/dashboard/people/{person_named(database, 'A teacher')}/acts", kind="do_not_contact")
    page = author.opens(REFERRAL)
    assert "wants to be left in peace" in page
    assert "Your first message" not in page


def test_sent_is_one_tap_with_the_notices_wording_and_can_be_taken_back(
    author: Author, send: Sending, database: Database
):
    send("referral")
    before = dump(database)["referral"]
    page = author.acts(f"{REFERRAL}/first-message")
    assert "You wrote to them" in page
    with database.read() as session:
        sent = session.query(Event).filter_by(kind=Kind.FIRST_MESSAGE_SENT).one()
        assert sent.data == {"notice": NOTICE}
        assert session.get_one(Referral, 1).status == "contacted"
    after = dump(database)
    author.acts(f"{REFERRAL}/first-message")
    assert dump(database) == after
    author.undoes(page)
    assert dump(database)["referral"] == before


def test_please_dont_in_the_draft_is_a_link_that_works(author: Author, post: Post, client: FlaskClient):
    link = search(r"http://localhost(/links/\S+)", draft(author.opens(REFERRAL)))
    assert link is not None
    assert "I leave you in peace" in client.post(link[1]).text
    page = author.opens(REFERRAL)
    assert "They asked to be left in peace" in page
    assert "Your first message" not in page
    assert "Record it" not in page


@pytest.mark.parametrize(
    ("ask", "words"), [("remind", "Reminds you of A teacher"), ("helped", "Asks whether it helped")]
)
def test_what_the_referrer_asks_stands_under_reply_until_it_is_answered(
    author: Author, send: Sending, config: Config, client: FlaskClient, database: Database, ask: str, words: str
):
    sent = send("referral", after=timedelta(minutes=1))
    author.acts(f"{REFERRAL}/move", to="acknowledged")
    author.acts(f"{REFERRAL}/move", to="contacted")
    follow = follow_address("", config.secret_key, 1, sent.received_at)
    client.post(follow, data={"ask": ask})
    today = author.opens("/dashboard/")
    assert words in today
    assert today.index("Reply") < today.index(words)
    assert words not in author.acts(f"{REFERRAL}/answered", back="/dashboard/")
    before = dump(database)
    author.acts(f"{REFERRAL}/answered")
    assert dump(database) == before

"""Moderating from the mail: the page asks, the button acts, once, without signing in."""

import dataclasses
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from forms_service.app import create_app
from forms_service.config import Config
from forms_service.db import Database
from forms_service.links.tokens import Link, sign
from forms_service.models import Comment, Event, Submission
from forms_service.moderation import decide
from tests.support import received
from tests.support.dump import dump

RECEIVED = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
SOON = datetime.now(UTC) + timedelta(days=1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
STATES = {"approve": "approved", "reject": "rejected", "spam": "spam"}


@pytest.fixture
def comment_id(database: Database) -> int:
    with database.write() as session:
        mail = received.comment(
            session, RECEIVED, text="First.\n\n<b onclick=alert(1)>Second</b>", name="A <i>baker</i>"
        )
        return session.scalars(select(Comment.id).filter_by(submission_id=mail.submission_id)).one()


@pytest.fixture
def contact_id(database: Database) -> int:
    with database.write() as session:
        return received.contact(session, RECEIVED).submission_id or 0


def address(config: Config, purpose: str, target: int, action: str, until: datetime = SOON) -> str:
    return "/links/" + sign(config.secret_key, Link(purpose, target, action), until)


def state(database: Database, comment_id: int) -> str:
    with database.read() as session:
        return session.get_one(Comment, comment_id).state


def events(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Event.kind).order_by(Event.id)))


def test_the_page_shows_the_comment_and_asks(client: FlaskClient, config: Config, comment_id: int):
    answer = client.get(address(config, "comment", comment_id, "approve"))
    assert answer.status_code == 200
    assert "Publish this comment?" in answer.text
    assert "<p>First.</p>\n<p>&lt;b onclick=alert(1)&gt;Second&lt;/b&gt;</p>" in answer.text
    assert "<bdi>A &lt;i&gt;baker&lt;/i&gt;</bdi> commented" in answer.text
    assert '<button class="button" type="submit">Publish it</button>' in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("action", STATES)
def test_looking_changes_nothing(client: FlaskClient, config: Config, database: Database, comment_id: int, action: str):
    before = dump(database)
    for method in (client.get, client.head):
        assert method(address(config, "comment", comment_id, action)).status_code == 200
    assert dump(database) == before


@pytest.mark.parametrize("action", STATES)
def test_the_button_acts_for_a_mail_program(
    client: FlaskClient, config: Config, database: Database, comment_id: int, action: str
):
    answer = client.post(address(config, "comment", comment_id, action), headers={"Origin": "null"})
    assert answer.status_code == 200
    assert state(database, comment_id) == STATES[action]
    assert "Set-Cookie" not in answer.headers


def test_pressing_again_changes_nothing_and_says_so(
    client: FlaskClient, config: Config, database: Database, comment_id: int
):
    link = address(config, "comment", comment_id, "approve")
    client.post(link)
    before = dump(database)
    again = client.post(link)
    assert again.status_code == 200
    assert "This comment is published already." in again.text
    assert dump(database) == before
    assert "This comment is published already." in client.get(link).text


def test_a_page_from_before_another_decision_changes_nothing_and_says_so(
    client: FlaskClient, config: Config, database: Database, comment_id: int
):
    with database.write() as session:
        decide.reject(session, comment_id, RECEIVED)
    answer = client.post(address(config, "comment", comment_id, "approve"), data={"seen": "pending"})
    assert "You kept this comment off the site on Wednesday, November 18, 2026, 10:00 AM." in answer.text
    assert state(database, comment_id) == "rejected"


def test_a_decision_can_be_changed_on_a_page_that_showed_it(
    client: FlaskClient, config: Config, database: Database, comment_id: int
):
    client.post(address(config, "comment", comment_id, "reject"))
    link = address(config, "comment", comment_id, "approve")
    assert '<input type="hidden" name="seen" value="rejected">' in client.get(link).text
    client.post(link, data={"seen": "rejected"})
    assert state(database, comment_id) == "approved"


def test_i_have_answered_is_noted_once(client: FlaskClient, config: Config, database: Database, contact_id: int):
    link = address(config, "submission", contact_id, "answered")
    assert "Noted: you have answered." in client.post(link).text
    assert "It is noted already" in client.post(link).text
    assert events(database) == ["answered"]


def test_a_message_is_marked_as_spam(client: FlaskClient, config: Config, database: Database, contact_id: int):
    client.post(address(config, "submission", contact_id, "spam"))
    with database.read() as session:
        assert session.get_one(Submission, contact_id).spam_at is not None


def test_what_was_called_spam_is_not_answered_from_a_mail(
    client: FlaskClient, config: Config, database: Database, contact_id: int
):
    client.post(address(config, "submission", contact_id, "spam"))
    answer = client.post(address(config, "submission", contact_id, "answered"))
    assert "You marked this as spam" in answer.text
    assert "<button" not in answer.text
    assert events(database) == ["marked_spam"]


@pytest.mark.parametrize("seen", ["waiting", "spam", "anything at all"])
def test_no_answer_about_spam_is_taken_however_it_is_asked(
    client: FlaskClient, config: Config, database: Database, contact_id: int, seen: str
):
    client.post(address(config, "submission", contact_id, "spam"))
    client.post(address(config, "submission", contact_id, "answered"), data={"seen": seen})
    assert events(database) == ["marked_spam"]


def refused(client: FlaskClient, database: Database, link: str) -> tuple[int, str]:
    """The answer to pressing and to looking, which must be the same and change nothing."""
    before = dump(database)
    looked, pressed = client.get(link), client.post(link)
    assert dump(database) == before
    assert (looked.status_code, looked.text) == (pressed.status_code, pressed.text)
    return looked.status_code, looked.text


def test_an_expired_link_says_so(client: FlaskClient, config: Config, database: Database, comment_id: int):
    status, page = refused(client, database, address(config, "comment", comment_id, "approve", LONG_AGO))
    assert status == 410
    assert "This link has ended." in page


@pytest.mark.parametrize(
    "broken", [lambda link: link[:-1], lambda link: link.replace("approve", "reject"), lambda _: "/links/x"]
)
def test_a_broken_link_says_so(client: FlaskClient, config: Config, database: Database, comment_id: int, broken):
    status, page = refused(client, database, broken(address(config, "comment", comment_id, "approve")))
    assert status == 404
    assert "This link is not complete." in page


def test_a_link_for_another_purpose_opens_nothing(
    client: FlaskClient, config: Config, database: Database, comment_id: int
):
    assert refused(client, database, address(config, "thanks", comment_id, ""))[0] == 404


def test_a_link_to_something_erased_says_so(client: FlaskClient, config: Config, database: Database, comment_id: int):
    with database.write() as session:
        session.execute(delete(Comment))
    status, page = refused(client, database, address(config, "comment", comment_id, "approve"))
    assert status == 410
    assert "There is nothing behind this link any more." in page


def test_what_stands_behind_a_question_mark_is_ignored(
    client: FlaskClient, config: Config, database: Database, comment_id: int
):
    with database.write() as session:
        decide.reject(session, comment_id, RECEIVED)
    client.post(address(config, "comment", comment_id, "approve") + "?seen=rejected&action=approve")
    assert state(database, comment_id) == "rejected"


def test_a_fault_tells_nothing_of_the_inside(config: Config, comment_id: int):
    nowhere = dataclasses.replace(config, database_url="sqlite:////nowhere/at/all.sqlite3")
    client = create_app(nowhere).test_client()
    for ask in (client.get, client.post):
        answer = ask(address(config, "comment", comment_id, "approve"))
        assert answer.status_code == 500
        assert "Something went wrong here" in answer.text
        assert not re.search(r"sqlite|nowhere|Traceback|Error", answer.text)

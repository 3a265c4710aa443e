"""The inbox: what waits first, with the hours left; every act can be taken back by one press."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from forms_service.db import Database
from forms_service.models import Event, MailState, OutboxMail, Person, Submission
from tests.dashboard.conftest import Author, Post, Sending, dump


def names(page: str) -> list[str]:
    return re.findall(r"<h2><a [^>]+><bdi>([^<]+)</bdi>", page)


def state(database: Database) -> dict[str, list[object]]:
    """What the author sees of everything; the events that led to it are left out."""
    tables = dump(database)
    return {name: rows for name, rows in tables.items() if name not in ("event", "author_session", "sign_in_link")}


def test_what_waits_comes_first_and_the_odd_last(author: Author, post: Post):
    assert names(author.opens("/dashboard/inbox")) == ["A baker", "A plumber", "A plumber", "A stranger", "A gardener"]


def test_the_longest_waiting_stands_on_top(author: Author, send: Sending):
    for hours, name in ((2, "A later one"), (3, "The last one")):
        send("contact", name=name, email=f"{hours}@example.com", after=timedelta(hours=hours), phone="")
    send("comment")
    assert names(author.opens("/dashboard/inbox")) == ["A baker", "A later one", "The last one"]


def test_the_hours_left_are_told(author: Author, post: Post, at_now):
    assert "23 hours left" in author.opens("/dashboard/inbox")
    at_now.shift(timedelta(hours=23, minutes=30))
    assert "less than an hour left" in author.opens("/dashboard/inbox")
    at_now.shift(timedelta(hours=3))
    assert "overdue by 2 hours" in author.opens("/dashboard/inbox")


def test_an_empty_inbox_says_what_will_stand_there(author: Author):
    assert "will appear here" in author.opens("/dashboard/inbox")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=comment", ["A baker"]),
        ("kind=referral", ["A plumber"]),
        ("show=waiting&kind=contact", ["A stranger"]),
        ("show=answered", ["A gardener"]),
        ("show=spam", ["A seller"]),
        ("show=nonsense&page=nonsense", ["A baker", "A plumber", "A plumber", "A stranger", "A gardener"]),
        ("page=99", []),
    ],
)
def test_the_list_can_be_sieved(author: Author, post: Post, query: str, expected: list[str]):
    assert names(author.opens(f"/dashboard/inbox?{query}")) == expected


def test_a_long_list_comes_in_pages(author: Author, send: Sending):
    for number in range(52):
        send("contact", name=f"Visitor {number:02}", email=f"v{number}@example.com", phone="")
    first, second = author.opens("/dashboard/inbox"), author.opens("/dashboard/inbox?page=2")
    assert (len(names(first)), len(names(second))) == (50, 2)
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


def test_a_page_shows_everything_that_was_sent(author: Author, post: Post, essay):
    page = author.opens(f"/dashboard/inbox/{post.gardener}")
    for words in ("A gardener", "gardener@example.com", "May I call you about the roses?", "Ein Müller"):
        assert words in page
    assert "Saying Thanks" in author.opens(f"/dashboard/inbox/{post.baker}")
    assert "Told them, and they agreed" in author.opens(f"/dashboard/inbox/{post.plumber}")
    assert "teacher@example.com" in author.opens(f"/dashboard/inbox/{post.teacher_contact}")
    assert "Looks odd" in author.opens(f"/dashboard/inbox/{post.odd}")


def test_what_is_not_there_is_said_so(author: Author):
    answer = author.client.get("/dashboard/inbox/999")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text


def test_somebody_with_a_known_address_only_claims_it(author: Author, post: Post, send: Sending, database: Database):
    claim = send("contact", name="Somebody else", message="It is really me")
    page = author.opens(f"/dashboard/inbox/{claim.id}")
    assert "Anybody could have typed it" in page
    with database.read() as session:
        assert "Somebody else" not in session.scalars(select(Person.name)).all()


@pytest.mark.parametrize(
    ("act", "who"),
    [("answered", "odd"), ("answered", "plumber"), ("spam", "plumber"), ("not-answered", "gardener")],
)
def test_an_act_and_its_undo_leave_everything_as_it_was(author: Author, post: Post, database: Database, act, who):
    before = state(database)
    page = author.acts(f"/dashboard/inbox/{getattr(post, who)}/{act}")
    assert state(database) != before
    author.undoes(page)
    changed = {name: rows for name, rows in state(database).items() if rows != before[name]}
    if act != "not-answered":  # answering again happens later than the first time
        assert changed == {}
    else:
        assert set(changed) <= {"submission", "person"}


def test_not_spam_is_undone_by_spam(author: Author, post: Post, database: Database):
    page = author.acts(f"/dashboard/inbox/{post.spammer}/not-spam")
    assert "A seller" in author.opens("/dashboard/inbox")
    author.undoes(page)
    assert "A seller" not in author.opens("/dashboard/inbox")


def test_saying_it_twice_records_it_once(author: Author, post: Post, database: Database):
    for _ in range(2):
        author.acts(f"/dashboard/inbox/{post.odd}/answered")
    with database.read() as session:
        kinds = session.scalars(select(Event.kind).where(Event.submission_id == post.odd)).all()
    assert kinds == ["submitted", "answered"]


def test_not_spam_mails_what_was_held_back(author: Author, post: Post, database: Database):
    assert "Not spam: mail it to me" in author.opens(f"/dashboard/inbox/{post.odd}")
    author.acts(f"/dashboard/inbox/{post.odd}/not-spam")
    with database.read() as session:
        mail = session.scalars(select(OutboxMail).where(OutboxMail.submission_id == post.odd)).one()
        assert mail.state == MailState.QUEUED
    assert "mail it to me" not in author.opens(f"/dashboard/inbox/{post.odd}")


def test_comments_are_not_marked_as_spam_behind_their_pages_back(author: Author, post: Post):
    answer = author.posts(f"/dashboard/inbox/{post.baker}/spam")
    assert answer.status_code == 422
    assert "decided among the comments" in answer.text


def test_after_an_act_the_author_is_where_he_was(author: Author, post: Post):
    answer = author.posts(f"/dashboard/inbox/{post.odd}/answered", back="/dashboard/inbox?show=waiting&kind=contact")
    assert answer.location == "/dashboard/inbox?show=waiting&kind=contact"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/dashboard/../x",
        "/forms/contact",
        "/dashboard/\\x",
        "x" * 600,
    ],
)
def test_no_form_leads_elsewhere(author: Author, post: Post, elsewhere: str):
    answer = author.posts(f"/dashboard/inbox/{post.odd}/answered", back=elsewhere)
    assert answer.location == f"/dashboard/inbox/{post.odd}"


def test_a_message_is_said_once(author: Author, post: Post):
    assert "Marked as answered." in author.acts(f"/dashboard/inbox/{post.odd}/answered")
    assert "Marked as answered." not in author.opens("/dashboard/inbox")


def test_days_off_do_not_count(app, author: Author, post: Post, database: Database, config, now):
    saturday = now + timedelta(days=3)
    with database.write() as session:
        session.execute(update(Submission).values(received_at=saturday - timedelta(hours=1)))
    app.extensions["config"] = replace(
        config, identity=replace(config.identity, days_off=("Saturday", "Sunday"), timezone="UTC")
    )
    page = author.opens(f"/dashboard/inbox/{post.odd}")
    assert "Mon, Nov 23" not in page
    assert "Tue, Nov 24, 12:00 AM" in page

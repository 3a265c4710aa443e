"""Comments: decided one by one or many at once, answered, and every decision taken back by one press."""

import re

import pytest
from sqlalchemy import select

from forms_service.db import Database
from forms_service.models import Comment, Event, OutboxMail, StaleArticle
from tests.dashboard.conftest import ESSAY, Author, Post, Sending


def states(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Comment.state).order_by(Comment.id)))


@pytest.fixture
def three(send: Sending, database: Database) -> list[str]:
    for number in range(3):
        send("comment", name=f"Reader {number}", email=f"r{number}@example.com", text=f"Words {number}")
    with database.read() as session:
        return [str(each) for each in session.scalars(select(Comment.id).order_by(Comment.id))]


def test_a_comment_waits_with_the_essay_it_belongs_to(author: Author, post: Post, essay):
    page = author.opens("/dashboard/comments")
    assert "I thank my miller." in page
    assert f'<a href="/{ESSAY}.html">Saying Thanks</a>' in page
    assert '<span class="number">1<span class="unseen"> waiting' in page


def test_an_approved_comment_links_to_its_place_on_the_page(author: Author, post: Post, essay):
    author.acts("/dashboard/comments/decide", one=f"approve-{post.comment}")
    page = author.opens(f"/dashboard/comments/{post.comment}")
    assert f'href="/{ESSAY}.html#c{post.comment}"' in page


@pytest.mark.parametrize(("act", "state"), [("approve", "approved"), ("reject", "rejected"), ("spam", "spam")])
def test_a_decision_and_its_undo(author: Author, post: Post, database: Database, act: str, state: str):
    page = author.acts("/dashboard/comments/decide", one=f"{act}-{post.comment}")
    assert states(database) == [state]
    author.undoes(page)
    assert states(database) == ["pending"]


def test_approving_says_that_the_page_is_behind(author: Author, post: Post, database: Database):
    author.acts("/dashboard/comments/decide", one=f"approve-{post.comment}")
    with database.read() as session:
        assert session.scalars(select(StaleArticle.article_id)).all() == [ESSAY]


def test_the_ticked_ones_are_decided_together_and_taken_back_together(author: Author, three, database: Database):
    page = author.acts("/dashboard/comments/decide", act="approve", comment=three[:2])
    assert "Approved: 2 comments." in page
    assert states(database) == ["approved", "approved", "pending"]
    author.undoes(page)
    assert states(database) == ["pending"] * 3


def test_undo_leaves_alone_what_was_decided_before(author: Author, three, database: Database):
    author.acts("/dashboard/comments/decide", one=f"approve-{three[0]}")
    page = author.acts("/dashboard/comments/decide", act="approve", comment=three)
    author.undoes(page)
    assert states(database) == ["approved", "pending", "pending"]


def test_nothing_ticked_changes_nothing(author: Author, three, database: Database):
    assert "No comment was ticked" in author.acts("/dashboard/comments/decide", act="spam")
    assert states(database) == ["pending"] * 3


@pytest.mark.parametrize("fields", [{"one": "publish-1"}, {"one": "approve-x"}, {"act": "approve", "comment": "-1"}])
def test_what_is_no_decision_is_refused(author: Author, three, database: Database, fields: dict[str, str]):
    assert author.posts("/dashboard/comments/decide", **fields).status_code == 422
    assert states(database) == ["pending"] * 3


def test_a_comment_that_is_not_there_changes_nothing(author: Author, three, database: Database):
    answer = author.posts("/dashboard/comments/decide", act="approve", comment=[three[0], "999"])
    assert answer.status_code == 404
    assert states(database) == ["pending"] * 3


def test_a_reply_is_published_under_the_authors_name_and_can_be_taken_back(author, post, database: Database, config):
    page = author.acts(f"/dashboard/comments/{post.comment}/reply", text="And who thanks you?\r\n")
    with database.read() as session:
        reply = session.scalars(select(Comment).where(Comment.by_author)).one()
        assert (reply.text, reply.name, reply.parent_id) == (
            "And who thanks you?", config.identity.author, post.comment,
        )  # fmt: skip
    assert states(database) == ["approved", "approved"]
    author.undoes(page)
    assert "approved" not in states(database)


def test_a_reply_sent_twice_stands_once(author: Author, post: Post, database: Database):
    for _ in range(2):
        author.acts(f"/dashboard/comments/{post.comment}/reply", text="Thank you.")
    assert states(database) == ["approved", "approved"]


@pytest.mark.parametrize("text", ["", "  \n", "x" * 10_001])
def test_a_reply_needs_words_and_has_an_end(author: Author, post: Post, database: Database, text: str):
    assert author.posts(f"/dashboard/comments/{post.comment}/reply", text=text).status_code == 422
    assert states(database) == ["pending"]


def test_spam_leaves_the_list_and_can_be_found(author: Author, post: Post):
    author.acts("/dashboard/comments/decide", one=f"spam-{post.comment}")
    assert "I thank my miller." not in author.opens("/dashboard/comments")
    assert "I thank my miller." in author.opens("/dashboard/comments?show=spam")
    assert "A baker" not in author.opens("/dashboard/people")


def test_no_longer_spam_mails_what_was_held_back(author: Author, send: Sending, database: Database):
    send("comment", topic="x")
    with database.read() as session:
        number = session.scalars(select(Comment.id)).one()
    author.acts("/dashboard/comments/decide", one=f"spam-{number}")
    author.acts("/dashboard/comments/decide", one=f"undo-{number}")
    with database.read() as session:
        assert session.scalars(select(OutboxMail.state)).all() == ["queued"]


def test_deciding_twice_records_once(author: Author, post: Post, database: Database):
    author.acts("/dashboard/comments/decide", one=f"approve-{post.comment}")
    assert "It was so already." in author.acts("/dashboard/comments/decide", one=f"approve-{post.comment}")
    with database.read() as session:
        kinds = session.scalars(select(Event.kind).where(Event.comment_id == post.comment)).all()
    assert kinds == ["submitted", "comment_approved"]


def test_enter_in_the_list_decides_nothing(author: Author, post: Post):
    form = author.opens("/dashboard/comments").split('action="/dashboard/comments/decide"')[1]
    first = re.findall(r"<button[^>]*>", form)[0]
    assert "disabled" in first


@pytest.mark.parametrize(
    ("show", "words"), [("pending", "No comment is waiting"), ("open", "will wait here"), ("spam", "No spam")]
)
def test_empty_lists_say_what_will_stand_there(author: Author, show: str, words: str):
    assert words in author.opens(f"/dashboard/comments?show={show}")

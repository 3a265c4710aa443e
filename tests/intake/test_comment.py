"""A reader comments on an essay: kept whole, shown to nobody yet, told to the author."""

import pytest

from forms_service.db import Database
from forms_service.models import Comment, ContactPoint, Event, OutboxMail, Person, Submission
from tests.intake.conftest import CLOSED, CLOSING, OPEN, OTHER, Visitor, counts, rows
from tests.support.pages import Page


def approved(database: Database, visitor: Visitor, **changes: str) -> int:
    """A comment that readers see."""
    visitor.sends("comment", **changes)
    with database.write() as session:
        comment = session.get(Comment, rows(database, Comment)[-1].id)
        comment.state = "approved"
        return comment.id


def test_a_comment_makes_exactly_one_row_of_each(visitor: Visitor, database: Database):
    assert visitor.sends("comment").status_code == 303
    assert counts(database) == {
        "submission": 1, "submission_key": 1, "person": 1, "contact_point": 1, "comment": 1, "event": 1,
        "outbox_mail": 1,
    }  # fmt: skip


def test_a_comment_waits_for_the_author(visitor: Visitor, database: Database):
    visitor.sends("comment")
    (comment,) = rows(database, Comment)
    assert (comment.state, comment.article_id, comment.by_author) == ("pending", OPEN, False)
    assert (comment.name, comment.text) == ("A baker", "Yes.\n\nAnd thank you.")


def test_its_words_are_kept_as_they_were_sent(visitor: Visitor, database: Database):
    text = "  <b>Bold</b> & “free”\r\n\r\n😀 שלום  "
    visitor.sends("comment", text=text)
    (submission,) = rows(database, Submission)
    assert submission.payload["text"] == text.replace("\r\n", "\n")


def test_the_author_is_told_and_nobody_else(visitor: Visitor, database: Database):
    visitor.sends("comment")
    (mail,) = rows(database, OutboxMail)
    assert (mail.kind, mail.state, mail.submission_id) == ("comment_received", "queued", 1)
    assert mail.message_id.endswith("@example.com>")


def test_its_event_names_everything_it_made(visitor: Visitor, database: Database):
    visitor.sends("comment")
    (event,) = rows(database, Event)
    assert (event.kind, event.actor) == ("submitted", "submitter")
    assert (event.person_id, event.submission_id, event.comment_id, event.referral_id) == (1, 1, 1, None)


def test_a_comment_without_an_address_still_has_a_sender(visitor: Visitor, database: Database):
    visitor.sends("comment", email="")
    (person,) = rows(database, Person)
    assert (person.name, person.confirmed_at) == ("A baker", None)
    assert rows(database, ContactPoint) == []


def test_the_thank_you_page_says_what_happens_next(visitor: Visitor):
    page = visitor.is_thanked_for("comment")
    assert "I read every comment; yours appears here as soon as I approve it." in page.text
    assert Page(page.text).all("a", href=f"/{OPEN}.html")


def test_an_answer_stands_under_the_comment_it_answers(visitor: Visitor, database: Database):
    parent = approved(database, visitor)
    visitor.sends("comment", text="I agree.", parent=str(parent))
    assert rows(database, Comment)[-1].parent_id == parent


@pytest.mark.parametrize(
    "parent", ["1", "999", "99999999999999999999", "0" * 30 + "1", "2147483648", "-1", "١", "1 OR 1=1", "../1"]
)
def test_only_a_comment_that_readers_see_can_be_answered(visitor: Visitor, database: Database, parent: str):
    visitor.sends("comment")  # number 1 is still pending
    refused = visitor.sends("comment", text="I agree.", parent=parent)
    assert refused.status_code == 422
    assert counts(database)["comment"] == 1


def test_a_comment_under_another_essay_cannot_be_answered_here(visitor: Visitor, database: Database):
    elsewhere = approved(database, visitor, article=OTHER)
    assert visitor.sends("comment", text="I agree.", parent=str(elsewhere)).status_code == 422


def test_after_that_refusal_the_button_sends_it_as_a_comment_of_its_own(visitor: Visitor, database: Database):
    page = Page(visitor.sends("comment", parent="999").text)
    assert (page.values["comment-parent"], page.values["comment-text"]) == ("", "Yes.\n\nAnd thank you.")


@pytest.mark.parametrize("article", ["", "2026/11/unknown", "../../etc/passwd", "2026/11/open.html", "a" * 300, "\0"])
def test_an_essay_the_build_does_not_know_is_refused(passer_by: Visitor, article: str):
    refused = passer_by.sends("comment", article=article)
    assert refused.status_code == 422
    assert Page(refused.text).values["comment-text"] == "Yes.\n\nAnd thank you."


@pytest.mark.parametrize("article", [CLOSED, CLOSING])
def test_a_closed_essay_takes_no_comment_and_loses_no_words(passer_by: Visitor, article: str):
    refused = passer_by.sends("comment", article=article)
    assert refused.status_code == 422
    assert "closed" in refused.text
    assert Page(refused.text).values["comment-text"] == "Yes.\n\nAnd thank you."


def test_the_form_shows_whom_one_answers(visitor: Visitor, database: Database):
    parent = approved(database, visitor, name="A baker", text="<i>Indeed</i>")
    page = visitor.client.get(f"/forms/comment?article={OPEN}&parent={parent}")
    assert "You are answering" in page.text
    assert "&lt;i&gt;Indeed&lt;/i&gt;" in page.text
    assert Page(page.text).values["comment-parent"] == str(parent)


def test_a_comment_that_readers_do_not_see_is_not_shown_to_be_answered(visitor: Visitor):
    visitor.sends("comment", text="Not yet public")
    page = visitor.client.get(f"/forms/comment?article={OPEN}&parent=1")
    assert "Not yet public" not in page.text
    assert Page(page.text).values["comment-parent"] == ""


def test_the_form_of_an_unknown_essay_is_not_there(passer_by: Visitor):
    assert passer_by.client.get("/forms/comment?article=2026/11/unknown").status_code == 404


def test_the_form_of_a_closed_essay_says_so(passer_by: Visitor):
    page = passer_by.client.get(f"/forms/comment?article={CLOSED}")
    assert page.status_code == 200
    assert "Comments on this essay are closed" in page.text
    assert Page(page.text).all("form") == []


def test_without_an_essay_the_newest_is_meant(passer_by: Visitor):
    assert Page(passer_by.client.get("/forms/comment").text).values["comment-article"] == OPEN

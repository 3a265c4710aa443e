"""Erasing in the dashboard: asked once more, done once, and nowhere to be found."""

from datetime import datetime

import pytest
from sqlalchemy import select

from forms_service.db import Database
from forms_service.imports.lines import comments_in
from forms_service.imports.take import take_in
from forms_service.models import Comment
from tests.dashboard.conftest import Author, Post, dump, person_named
from tests.support.old_comments import STAMP, lines, said


def test_a_person_is_erased_after_a_page_that_says_what_will_be_gone(author: Author, post: Post, database: Database):
    number = person_named(database, "A baker")
    page = author.opens(f"/dashboard/people/{number}")
    assert f'href="/dashboard/people/{number}/erase"' in page
    before = dump(database)
    asked = author.opens(f"/dashboard/people/{number}/erase")
    assert "Erase <bdi>A baker</bdi>?" in asked
    assert "cannot be taken back" in asked
    assert dump(database) == before
    page = author.acts(f"/dashboard/people/{number}/forget")
    assert "Erased." in page
    for path in ("people", "inbox", "comments", "outbox", f"people/{number}", f"inbox/{post.baker}"):
        assert "baker" not in author.opens(f"/dashboard/{path}").lower(), path
    assert author.client.get(f"/dashboard/comments/{post.comment}").status_code == 404
    assert author.client.get(f"/dashboard/people/{number}/erase").status_code == 404


def test_pressing_twice_erases_once(author: Author, post: Post, database: Database):
    number = person_named(database, "A baker")
    author.acts(f"/dashboard/people/{number}/forget")
    before = dump(database)
    assert "It was erased already." in author.acts(f"/dashboard/people/{number}/forget")
    assert dump(database) == before


def test_whom_a_referral_names_is_erased_from_it(author: Author, post: Post, database: Database):
    page = author.opens(f"/dashboard/referrals/{post.referral}")
    assert f'href="/dashboard/referrals/{post.referral}/erase"' in page
    assert "A teacher" in author.opens(f"/dashboard/referrals/{post.referral}/erase")
    page = author.acts(f"/dashboard/referrals/{post.referral}/forget")
    assert "Erased." in page
    assert "teacher" not in page.lower()
    assert "A plumber" in page
    for path in (f"inbox/{post.plumber}", f"inbox/{post.teacher_contact}"):
        assert "teacher" not in author.opens(f"/dashboard/{path}").lower()


@pytest.mark.parametrize("path", ["people/999/erase", "referrals/999/erase"])
def test_nobody_unknown_is_erased(author: Author, path: str):
    assert author.client.get(f"/dashboard/{path}").status_code == 404
    assert author.posts(f"/dashboard/{path.replace('erase', 'forget')}").status_code == 404


@pytest.fixture
def imported(database: Database, now: datetime) -> int:
    comments = list(comments_in(lines([said(1, url="https://example.com/mill"), said(2)]).splitlines(), "a file", now))
    take_in(database, comments, STAMP, now, lambda done, of: None)
    with database.read() as session:
        return session.scalars(select(Comment.id).where(Comment.text == "Old words 1.")).one()


def test_an_imported_comment_is_erased_after_a_page_that_says_what_will_be_gone(
    author: Author, imported: int, database: Database
):
    page = author.opens(f"/dashboard/comments/{imported}")
    assert "Came along from your old blog" in page
    assert f'href="/dashboard/comments/{imported}/erase"' in page
    before = dump(database)
    assert "Erase the comment of <bdi>A miller</bdi>?" in author.opens(f"/dashboard/comments/{imported}/erase")
    assert dump(database) == before
    assert "Erased." in author.acts(f"/dashboard/comments/{imported}/forget")
    assert "It was erased already." in author.acts(f"/dashboard/comments/{imported}/forget")
    told = repr(dump(database))
    assert "Old words 1." not in told
    assert "example.com/mill" not in told
    assert author.client.get(f"/dashboard/comments/{imported}").status_code == 404


def test_a_visitors_comment_is_erased_with_the_visitor_only(author: Author, post: Post):
    assert "/erase" not in author.opens(f"/dashboard/comments/{post.comment}")
    assert author.client.get(f"/dashboard/comments/{post.comment}/erase").status_code == 404
    assert author.posts(f"/dashboard/comments/{post.comment}/forget").status_code == 404

"""Erasing in the dashboard: asked once more, done once, and nowhere to be found."""

import pytest

from forms_service.db import Database
from tests.dashboard.conftest import Author, Post, dump, person_named


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

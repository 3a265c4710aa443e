"""Who wants to be left in peace is brought up nowhere, put forward for nothing, and written to by no draft."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from forms_service.db import Database
from forms_service.models import Kind
from forms_service.moderation import decide
from forms_service.people import changes
from forms_service.people.changes import ChangeError
from forms_service.people.days import day_of
from forms_service.people.queries.today_needs import comments_without_answer
from tests.dashboard.conftest import Author, Sending
from tests.support import network, received

IN_PEACE = {
    "do_not_contact": {"kind": "do_not_contact"},
    "declined": {"kind": "meeting_declined"},
    "paused": {"kind": "paused", "day": "2026-11-25"},
}


@pytest.fixture
def cook(database: Database, now: datetime) -> int:
    """A cook with something due in every group, and who cooks for whoever needs one."""
    with database.write() as session:
        number = network.person(session, "A quiet cook", now)
        changes.log_act(session, number, Kind.MET, now, at=now - timedelta(days=200))
        changes.log_act(session, number, Kind.PURCHASED, now, at=now - timedelta(days=100), day=now + timedelta(days=5))
        changes.log_act(session, number, Kind.PROMISE_MADE, now, day=now, note="a ladle")
        changes.log_act(session, number, Kind.FOLLOW_UP_SET, now, day=now)
        network.offer(session, number, "cook", now)
        network.need(session, number, "plumber", now)
        plumber = network.partner(session, "A loud plumber", now)
        network.offer(session, plumber, "plumber", now)
        network.need(session, plumber, "cook", now)
    return number


def about_the_cook(page: str) -> int:
    return page.partition("<main")[2].count("A quiet cook")


@pytest.mark.parametrize("status", IN_PEACE)
def test_no_list_brings_them_up(author: Author, cook: int, status: str):
    pages = ("/dashboard/", "/dashboard/thanks")
    assert all(about_the_cook(author.opens(page)) for page in pages)
    said = author.acts(f"/dashboard/people/{cook}/acts", **IN_PEACE[status])
    assert {page: about_the_cook(author.opens(page)) for page in pages} == dict.fromkeys(pages, 0)
    author.undoes(said)
    assert all(about_the_cook(author.opens(page)) for page in pages)


@pytest.mark.parametrize("status", IN_PEACE)
def test_nobody_is_sent_to_them(author: Author, cook: int, database: Database, status: str):
    assert "A quiet cook does this" in author.opens("/dashboard/needs/")
    author.acts(f"/dashboard/people/{cook}/acts", **IN_PEACE[status])
    assert "A quiet cook does this" not in author.opens("/dashboard/needs/")


@pytest.mark.parametrize("status", IN_PEACE)
def test_what_is_under_way_comes_to_rest(author: Author, cook: int, database: Database, now: datetime, status: str):
    with database.write() as session:
        need = network.need(session, None, "cook", now)
        drafted = changes.draft_outbound(session, need, "1", None, cook, now)
        assert drafted is not None
        number = drafted.outbound_id
    page = f"/dashboard/outbound/{number}"
    assert "Dear A quiet cook" in author.opens(page)
    author.acts(f"/dashboard/people/{cook}/acts", **IN_PEACE[status])
    shown = author.opens(page)
    assert "Dear A quiet cook" not in shown
    assert "left in peace" in shown
    with database.write() as session:
        with pytest.raises(ChangeError, match="left in peace"):
            changes.record_asked(session, number or 0, "helper", now)
        other = network.need(session, None, "caterer", now)
        with pytest.raises(ChangeError, match="left in peace"):
            changes.draft_outbound(session, other, "1", None, cook, now)


def test_a_pause_ends_by_itself(author: Author, cook: int, at_now, now: datetime):
    author.acts(f"/dashboard/people/{cook}/acts", **IN_PEACE["paused"])
    at_now.move_to(now + timedelta(days=9))
    assert "A quiet cook does this" in author.opens("/dashboard/needs/")


def test_a_pause_ends_with_the_morning_of_its_day(author: Author, cook: int, at_now):
    author.acts(f"/dashboard/people/{cook}/acts", **IN_PEACE["paused"])
    at_now.move_to(datetime(2026, 11, 25, 4, 59, tzinfo=UTC))  # a minute before midnight, where the author lives
    assert about_the_cook(author.opens("/dashboard/")) == 0
    at_now.move_to(datetime(2026, 11, 25, 5, 1, tzinfo=UTC))
    assert about_the_cook(author.opens("/dashboard/"))


def test_a_pause_is_for_days_to_come(author: Author, cook: int):
    answer = author.posts(f"/dashboard/people/{cook}/acts", kind="paused", day="2026-11-18")
    assert answer.status_code == 422
    assert "a day to come until which you leave them in peace" in answer.text


def test_a_referrer_in_peace_is_asked_for_nothing(author: Author, send: Sending, at_now, now: datetime):
    send("referral", level="L1")
    at_now.move_to(now + timedelta(days=21))
    assert "Ask A plumber for an introduction" in author.opens("/dashboard/")
    author.acts("/dashboard/people/1/acts", kind="do_not_contact")
    today, page = author.opens("/dashboard/"), author.opens("/dashboard/referrals/1")
    assert "Their details go by themselves" in today
    assert "Ask A plumber" not in today
    assert "Would you ask them" not in page
    assert "in your own words" not in page


def test_whoever_was_introduced_and_wants_peace_is_written_to_no_more(author: Author, send: Sending):
    send("referral", level="L3")
    author.acts("/dashboard/referrals/1/take-up", person="new")
    assert "introduces them to you" in author.opens("/dashboard/")
    author.acts("/dashboard/people/2/acts", kind="paused", day="2026-12-18")
    assert "introduces them to you" not in author.opens("/dashboard/")


def test_no_word_is_asked_for_a_comment_of_theirs(database: Database, now: datetime):
    with database.write() as session:
        received.comment(session, now, text="Yes.")
        decide.approve(session, 1, now)
    day = day_of(now, ZoneInfo("UTC"))
    with database.write() as session:
        assert len(comments_without_answer(session, day)) == 1
        changes.log_act(session, 1, Kind.DO_NOT_CONTACT, now)
        assert comments_without_answer(session, day) == []


@pytest.mark.parametrize(("status", "lifts"), [
    ("do_not_contact", "only they can lift that"), ("declined", "only you can lift that"),
    ("paused", "you can end that"),
])  # fmt: skip
def test_their_page_says_who_lifts_it(author: Author, cook: int, status: str, lifts: str):
    page = author.acts(f"/dashboard/people/{cook}/acts", **IN_PEACE[status])
    assert lifts in page
    assert lifts in author.opens(f"/dashboard/people/{cook}/brief")


def test_the_author_cannot_lift_what_only_they_can(author: Author, cook: int):
    page = f"/dashboard/people/{cook}"
    author.acts(f"{page}/acts", kind="do_not_contact")
    assert "Free again" not in author.acts(f"{page}/acts", kind="contact_lifted", choice="author")
    assert "only they can lift that" in author.opens(page)
    assert "You may be in touch" in author.acts(f"{page}/acts", kind="contact_lifted", choice="person")

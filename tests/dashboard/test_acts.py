"""What is logged in one press: a day that nothing can be reckoned with is refused in a line, not with a failure."""

from datetime import datetime, timedelta

import pytest

from forms_service.db import Database
from forms_service.models import Event, Kind
from tests.dashboard.conftest import Author
from tests.support import network


@pytest.mark.parametrize(("day", "time"), [("9999-12-31", ""), ("9999-12-31", "23:59"), ("0001-01-01", "00:01")])
def test_a_term_without_end_is_refused_in_a_line(
    author: Author, database: Database, now: datetime, day: str, time: str
):
    with database.write() as session:
        number = network.person(session, "A weaver", now)
    answer = author.posts(f"/dashboard/people/{number}/acts", kind="purchased", day=day, time=time)
    assert answer.status_code < 500
    assert "choose a day from 1900 to 2199" in author.opens("/dashboard/") + answer.text


def test_anybody_is_a_partner_by_the_authors_word(author: Author, database: Database, now: datetime):
    with database.write() as session:
        number = network.person(session, "A weaver", now)
    page = f"/dashboard/people/{number}"
    assert "A partner, by your word" in author.opens(page)
    author.posts(f"{page}/acts", kind="partner_confirmed")
    said = author.opens(page)
    assert "<strong>Partner</strong>: you said so" in said
    assert "A partner, by your word" not in said


@pytest.mark.parametrize("hours", [1, 5], ids=["before noon", "after noon"])
def test_what_happens_tomorrow_cannot_be_logged_today(
    author: Author, database: Database, now: datetime, at_now, hours: int
):
    at_now.move_to(now + timedelta(hours=hours))
    with database.write() as session:
        number = network.person(session, "A weaver", now)
    answer = author.posts(f"/dashboard/people/{number}/acts", kind="called", happened="2026-11-19")
    assert answer.status_code == 422
    assert "What has not happened yet cannot be logged" in answer.text
    with database.read() as session:
        assert not session.query(Event).filter_by(kind=Kind.CALLED).count()


@pytest.mark.parametrize("hours", [1, 5], ids=["before noon", "after noon"])
def test_today_as_the_day_it_happened_is_just_now(
    author: Author, database: Database, now: datetime, at_now, hours: int
):
    at_now.move_to(now + timedelta(hours=hours))
    with database.write() as session:
        number = network.person(session, "A weaver", now)
    for fields in ({}, {"happened": "2026-11-18"}):
        author.acts(f"/dashboard/people/{number}/acts", kind="called", **fields)
    with database.read() as session:
        assert [event.data for event in session.query(Event).filter_by(kind=Kind.CALLED)] == [{}]

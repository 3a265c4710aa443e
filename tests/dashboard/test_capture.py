"""Somebody just met: need, offer and date are kept; nothing typed is lost; one press takes all of it back."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import select

from forms_service.db import Database
from forms_service.models import ContactPoint, Duty, Need, Offer, Person
from tests.dashboard.conftest import Author, person_named

MET = {"name": "A roofer", "where": "At the market", "need": "A good printer", "offer": "plumber and pipes"}


def test_need_and_offer_are_kept_with_their_trades(author: Author, database: Database):
    author.acts("/dashboard/capture", **MET)
    number = person_named(database, "A roofer")
    with database.read() as session:
        need, offer = session.scalars(select(Need)).one(), session.scalars(select(Offer)).one()
    assert (need.person_id, need.text, need.category) == (number, "A good printer", "printer")
    assert (offer.person_id, offer.text, offer.category) == (number, "plumber and pipes", "plumber")


@pytest.mark.parametrize(("soon", "day"), [("1", "2026-11-19"), ("7", "2026-11-25"), ("30", "2026-12-18")])
def test_a_tap_sets_the_day_to_be_in_touch(author: Author, database: Database, soon: str, day: str):
    author.acts("/dashboard/capture", **MET, soon=soon)
    with database.read() as session:
        due = session.scalars(select(Duty.since).where(Duty.rule == "follow_up")).one()
    assert f"{due:%Y-%m-%d}" == day


@pytest.mark.parametrize("more", [{"time": "15:30"}, {"meeting": "yes"}])
def test_a_day_with_an_hour_or_said_to_be_a_meeting_is_one(author: Author, database: Database, more: dict[str, str]):
    author.acts("/dashboard/capture", **MET, soon="30", next="2026-11-19", **more)
    number = person_named(database, "A roofer")
    with database.read() as session:
        person = session.get_one(Person, number)
        assert (f"{person.meets_at:%Y-%m-%d}", person.meets_timed) == ("2026-11-19", "time" in more)
    assert f'id="meet-{number}"' in author.opens("/dashboard/")
    assert f"/people/{number}/brief" in author.opens("/dashboard/"), "the meeting leads to what to know before"


def test_an_hour_goes_with_a_tapped_day(author: Author, database: Database):
    author.acts("/dashboard/capture", **MET, soon="1", time="15:30")
    with database.read() as session:
        person = session.get_one(Person, person_named(database, "A roofer"))
        assert (f"{person.meets_at:%Y-%m-%d}", person.meets_timed) == ("2026-11-19", True)


def test_one_press_takes_all_of_it_back(author: Author, database: Database):
    page = author.acts("/dashboard/capture", **MET, soon="7")
    author.undoes(page)
    with database.read() as session:
        assert session.scalars(select(Duty)).all() == []
        assert (session.scalars(select(Need.state)).one(), session.scalars(select(Offer.stands)).one()) == (
            "taken_back", False,
        )  # fmt: skip
    assert "A roofer" not in author.opens("/dashboard/people").partition("<main")[2]


def test_a_second_press_keeps_nobody_twice(author: Author, database: Database, at_now, now: datetime):
    author.acts("/dashboard/capture", **MET, soon="7")
    at_now.move_to(now + timedelta(minutes=6))
    assert "Kept already" in author.acts("/dashboard/capture", **MET, soon="7")
    with database.read() as session:
        counts = [len(session.scalars(select(table)).all()) for table in (Person, Need, Offer)]
    assert counts == [1, 1, 1]


def test_a_second_press_keeps_what_was_typed_meanwhile(author: Author, database: Database):
    """He goes back, adds how to reach them and when, and presses again."""
    author.acts("/dashboard/capture", **MET)
    for _ in range(2):
        author.acts("/dashboard/capture", **MET, address="roofer@example.com", soon="7")
    with database.read() as session:
        person = session.scalars(select(Person)).one()
        assert [point.value for point in person.contact_points] == ["roofer@example.com"]
        assert len(session.scalars(select(Duty).where(Duty.rule == "follow_up")).all()) == 1


@pytest.mark.parametrize("wrong", [
    {"name": ""}, {"address": "neither <this> nor that"}, {"next": "soon"}, {"meeting": "yes"},
    {"next": "2026-11-19", "time": "noon"}, {"need": "x" * 2_001},
])  # fmt: skip
def test_what_cannot_be_kept_loses_nothing_typed(author: Author, database: Database, wrong: dict[str, str]):
    answer = author.posts("/dashboard/capture", **{**MET, **wrong})
    assert answer.status_code == 422
    assert "Nothing was kept yet" in answer.text
    assert "At the market</textarea>" in answer.text
    assert re.search(r'name="offer"[^>]+value="plumber and pipes"', answer.text)
    with database.read() as session:
        assert session.scalars(select(Person)).all() == []


def test_an_address_that_is_none_is_said_once(author: Author):
    answer = author.posts("/dashboard/capture", **MET, address="12")
    assert answer.status_code == 422
    assert "“12” is no e-mail address and no phone number." in unescape(answer.text)


def test_an_address_is_kept_without_what_no_database_takes(author: Author, database: Database):
    author.acts("/dashboard/capture", **MET, address="(212) 555-0100\x00")
    with database.read() as session:
        assert session.scalars(select(ContactPoint.value)).one() == "(212) 555-0100"

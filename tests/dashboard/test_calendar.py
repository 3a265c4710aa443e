"""The calendar's secret address: made by a button, shown once, revoked by another; wrong is nowhere."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Kind
from forms_service.people import changes
from tests.dashboard.conftest import Author, dump
from tests.support import network

PAGE = "/dashboard/calendar"


def made(author: Author) -> str:
    """The path of a fresh address, as the page shows it."""
    answer = author.posts(PAGE)
    assert answer.status_code == 200
    return re.findall(r"<code>http://localhost(/links/calendar/[\w-]+\.ics)</code>", answer.text)[0]


def test_the_address_is_shown_once_and_kept_nowhere(author: Author, database: Database):
    path = made(author)
    secret = path.removeprefix("/links/calendar/").removesuffix(".ics")
    assert len(secret) >= 40
    assert secret not in author.opens(PAGE)
    assert secret not in repr(dump(database))


def test_the_feed_needs_no_sign_in_and_fetching_it_changes_nothing(
    author: Author, client: FlaskClient, database: Database, now
):
    with database.write() as session:
        weaver = network.person(session, "A weaver", now)
        changes.log_act(session, weaver, Kind.ONE_TO_ONE_BOOKED, now, day=now + timedelta(days=1), is_timed=True)
        changes.log_act(session, weaver, Kind.MET, now, at=now - timedelta(days=1))
    path = made(author)
    before = dump(database)
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert client.head(path).status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert dump(database) == before
    assert [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")] == [
        "Today: 1 to thank, 1 to meet", "One-to-one with A weaver",
    ]  # fmt: skip


def test_a_revoked_address_is_gone_and_another_ends_the_first(author: Author, client: FlaskClient):
    first = made(author)
    second = made(author)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    assert "The address is gone" in author.acts(f"{PAGE}/revoke")
    assert client.get(second).status_code == 404
    assert "There is none." in author.acts(f"{PAGE}/revoke")


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "é", "A" * 500])
def test_a_wrong_address_is_like_any_other_that_is_not_there(
    author: Author, client: FlaskClient, config: Config, token: str
):
    made(author)
    answer, other = client.get(f"/links/calendar/{token}.ics"), client.get("/links/nowhere/at-all")
    assert (answer.status_code, answer.text) == (404, other.text)
    assert client.post(f"/links/calendar/{token}.ics").status_code in (404, 405)

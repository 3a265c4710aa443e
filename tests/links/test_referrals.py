"""A referral's two links: its referrer follows it in coarse words, and whom it names says no with one press."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select, update

from forms_service.config import Config
from forms_service.db import Database
from forms_service.erasure.clock import let_go
from forms_service.links.addresses import follow_address, object_address
from forms_service.models import Event, Kind, Person, Referral
from forms_service.models.projection import replay
from forms_service.people.changes import move_referral, take_back, take_up_referred, thank
from forms_service.people.changes.rows import ChangeError
from forms_service.people.following import STATION_OF, STATION_WORDS
from tests.support import received
from tests.support.dump import dump


@pytest.fixture(autouse=True)
def at_now(now: datetime):
    with time_machine.travel(now + timedelta(hours=1), tick=False) as clock:
        yield clock


@pytest.fixture
def referral(database: Database, now: datetime) -> Referral:
    with database.write() as session:
        received.referral(session, now)
    with database.read() as session:
        return session.scalars(select(Referral)).one()


@pytest.fixture
def follow(config: Config, referral: Referral) -> str:
    return path(follow_address(config.identity.url, config.secret_key, referral.id, referral.received_at))


@pytest.fixture
def please_dont(config: Config, referral: Referral) -> str:
    return path(object_address(config.identity.url, config.secret_key, referral.id, referral.received_at))


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def kinds(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Event.kind).order_by(Event.id)))


def moved(database: Database, now: datetime, *to: str) -> None:
    with database.write() as session:
        for each in to:
            move_referral(session, 1, each, now)


def test_every_status_has_one_coarse_word_and_no_detail(
    client: FlaskClient, follow: str, database: Database, now: datetime
):
    for status in (status for status in STATION_OF if status not in ("received", "expired")):
        moved(database, now, status)
        page = client.get(follow).text.split("<main", 1)[1].split("</main>")[0]
        assert page.count('aria-current="step"') == 1
        assert f'<strong aria-current="step">{STATION_WORDS[STATION_OF[status]]}</strong>' in page
        assert [each for each in ("teacher@", "0167", "whole class", "plumber", "card", "gift") if each in page] == []


def test_no_copy_is_kept_and_nobody_is_told_the_address(client: FlaskClient, follow: str, please_dont: str):
    for address in (follow, please_dont):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert '<meta name="robots" content="noindex">' in answer.text
        assert "Set-Cookie" not in answer.headers


def test_looking_changes_nothing(client: FlaskClient, follow: str, please_dont: str, database: Database):
    before = dump(database)
    for address in (follow, please_dont):
        for ask in (client.get, client.head):
            assert ask(address).status_code == 200
    assert dump(database) == before


def test_a_reminder_counts_once_a_day_and_is_answered_once(
    client: FlaskClient, follow: str, database: Database, now: datetime, at_now
):
    assert "Thank you for asking." in client.post(follow, data={"ask": "remind"}).text
    before = dump(database)
    again = client.post(follow, data={"ask": "remind"})
    assert "<button" not in again.text
    assert dump(database) == before
    at_now.move_to(now + timedelta(hours=26))
    assert "Send me a reminder" in client.get(follow).text
    client.post(follow, data={"ask": "remind"})
    assert kinds(database) == [Kind.REFERRER_ASKED] * 2
    with database.write() as session:
        row = session.get_one(Referral, 1)
        assert row.asks == "remind"
        thank(session, row.referrer_id, "call", now + timedelta(hours=27), "receipt", row.id)
        assert (row.asks, row.asked_at) == ("", None)


@pytest.mark.parametrize("asked", ["helped", "", "everything"])
def test_only_what_is_on_the_page_can_be_asked(client: FlaskClient, follow: str, database: Database, asked: str):
    client.post(follow, data={"ask": asked})
    assert kinds(database) == []


def test_whether_it_helped_is_asked_once_they_are_in_touch(
    client: FlaskClient, follow: str, database: Database, now: datetime
):
    assert "Did it help?" not in client.get(follow).text
    moved(database, now, "met", "customer")
    assert "Send me a reminder" not in client.get(follow).text
    client.post(follow, data={"ask": "helped"})
    with database.read() as session:
        assert session.get_one(Referral, 1).asks == "helped"


def test_one_press_ends_it_and_a_second_changes_nothing(
    client: FlaskClient, please_dont: str, follow: str, database: Database
):
    assert "I leave you in peace" in client.post(please_dont, headers={"Origin": "null"}).text
    with database.read() as session:
        row = session.get_one(Referral, 1)
        assert (row.status, row.told_at, row.objected_at is not None) == ("do_not_contact", None, True)
    before = dump(database)
    assert "You said so before." in client.post(please_dont).text
    assert dump(database) == before
    assert "<button" not in client.get(please_dont).text


def test_the_referrers_page_is_hidden_then_and_tells_nobody_why(client: FlaskClient, please_dont: str, follow: str):
    client.post(please_dont)
    for ask in (client.get, client.post):
        page = ask(follow).text
        assert "There is nothing more to show on this page." in page
        for detail in ("A teacher", 'aria-current="step"', "contacted", "peace", "<button"):
            assert detail not in page


def test_nobody_but_the_person_takes_it_back(client: FlaskClient, please_dont: str, database: Database, now: datetime):
    client.post(please_dont)
    with database.write() as session:
        with pytest.raises(ChangeError, match="left in peace"):
            move_referral(session, 1, "customer", now)
        with pytest.raises(ChangeError, match="left in peace"):
            take_up_referred(session, 1, now, "US")
        said = session.scalars(select(Event).where(Event.kind == Kind.DO_NOT_CONTACT)).one()
        with pytest.raises(ChangeError, match="no such act"):
            take_back(session, said.id, now)


def test_whoever_is_in_the_list_is_not_contacted_any_more(
    client: FlaskClient, please_dont: str, database: Database, now: datetime
):
    with database.write() as session:
        take_up_referred(session, 1, now, "US")
    client.post(please_dont)
    with database.read() as session:
        teacher = session.scalars(select(Person).where(Person.name == "A teacher")).one()
        assert teacher.contact_status == "do_not_contact"


def test_after_thirty_days_the_page_says_no_more_than_that_it_was_no_fit(
    client: FlaskClient, config: Config, database: Database, now: datetime, at_now
):
    with database.write() as session:
        received.referral(session, now, level="L1")
    assert let_go(database, now + timedelta(days=31)) == 1
    at_now.move_to(now + timedelta(days=32))
    page = client.get(path(follow_address(config.identity.url, config.secret_key, 1, now))).text
    assert '<strong aria-current="step">Not a fit now</strong>' in page
    assert "A teacher" not in page
    moved(database, now + timedelta(days=33), "met")  # introduced after all
    page = client.get(path(follow_address(config.identity.url, config.secret_key, 1, now))).text
    assert '<strong aria-current="step">Met</strong>' in page


def test_what_others_did_comes_out_the_same_when_replayed(
    client: FlaskClient, please_dont: str, follow: str, database: Database, now: datetime
):
    moved(database, now, "contacted")
    client.post(follow, data={"ask": "helped"})
    asked = dump(database)
    with database.write() as session:
        session.execute(update(Referral).values(asks="", asked_at=None, status="received"))
        replay(session)
    assert dump(database) == asked
    client.post(please_dont)
    said_no = dump(database)
    with database.write() as session:
        session.execute(update(Referral).values(objected_at=None, outcome_at=None, status="received"))
        replay(session)
    assert dump(database) == said_no


def test_an_outcome_stands_when_they_object_later(
    client: FlaskClient, please_dont: str, follow: str, database: Database, now: datetime
):
    moved(database, now, "met", "customer")
    client.post(please_dont)
    with database.read() as session:
        assert session.get_one(Referral, 1).status == "customer"
    assert "nothing more to show" in client.get(follow).text


def test_no_link_opens_the_other_and_none_can_be_guessed(client: FlaskClient, follow: str, please_dont: str):
    for forged in (follow.replace("follow", "object"), follow.replace("referral.1", "referral.2"), please_dont[:-1]):
        for ask in (client.get, client.post):
            assert ask(forged).status_code == 404

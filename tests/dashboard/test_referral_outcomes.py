"""What becomes of a referral stands on the page of whom it names too, once; and goes with it in one press."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from forms_service.config import Config
from forms_service.db import Database
from forms_service.links.addresses import object_address
from forms_service.models import Event, Need, OutboundReferral, Person, Referral
from tests.dashboard.conftest import Author, Sending

REFERRAL = "/dashboard/referrals/1"
TEACHER = "/dashboard/people/2"


@pytest.fixture
def teacher(author: Author, send: Sending) -> str:
    """The page of whom a referral names, who was taken up."""
    send("referral")
    author.acts(f"{REFERRAL}/take-up", person="new")
    return TEACHER


def person(database: Database) -> Person:
    with database.read() as session:
        return session.get_one(Person, 2)


def says(page: str, *words: str) -> bool:
    seen = " ".join(page.split())
    return all(each in seen for each in words)


def test_what_is_recorded_stands_on_their_page_and_one_press_takes_it_from_both(author: Author, teacher: str):
    said = author.acts(f"{REFERRAL}/move", to="customer", day="2026-12-18")
    assert says(author.opens(teacher), "<strong>Customer</strong>", "They bought, until", "December 18, 2026")
    author.undoes(said)
    assert says(author.opens(teacher), "<strong>Prospect</strong>")


def test_taking_somebody_up_by_mistake_takes_along_what_was_recorded_since(
    author: Author, send: Sending, database: Database
):
    send("referral")
    said = author.acts(f"{REFERRAL}/take-up", person="new")
    author.acts(f"{REFERRAL}/move", to="met")
    assert person(database).touched_at is not None
    author.undoes(said)
    assert person(database).touched_at is None
    assert "A teacher" not in author.opens("/dashboard/people")
    author.acts(f"{REFERRAL}/take-up", person="new")
    assert says(author.opens(TEACHER), "You met")


def test_what_their_page_knows_already_is_not_said_twice(author: Author, teacher: str, database: Database):
    author.acts(f"{teacher}/acts", kind="purchased", day="2027-05-01")
    author.acts(f"{REFERRAL}/move", to="customer", day="2027-05-01")
    with database.read() as session:
        assert session.scalar(select(func.count()).where(Event.kind == "purchased")) == 1


def test_whoever_wants_peace_by_a_referral_is_brought_up_nowhere(author: Author, teacher: str, database: Database):
    author.acts(f"{REFERRAL}/move", to="met")
    assert "A teacher" in author.opens("/dashboard/")
    author.acts(f"{REFERRAL}/move", to="do_not_contact")
    today = author.opens("/dashboard/").partition("<main")[2]
    assert "You met them" not in today
    assert author.posts(f"{REFERRAL}/move", to="contacted").status_code == 422, "only they lift it"


def test_not_now_asks_again_on_its_day_whoever_is_asked(author: Author, send: Sending, database: Database, at_now, now):
    """Of somebody who is in no list nothing is noted beside the referrer, whom one asks."""
    send("referral")
    author.acts(f"{REFERRAL}/move", to="not_now", day="2026-12-18")
    assert "Ask again" not in author.opens("/dashboard/")
    at_now.move_to(now + timedelta(days=30))
    today = author.opens("/dashboard/")
    assert "Ask again: a referral of theirs was not for now." in today


def test_thanks_acknowledge_a_referral(author: Author, send: Sending, database: Database):
    send("referral")
    said = author.acts("/dashboard/people/1/thanks", how="card", duty="receipt", referral="1")
    with database.read() as session:
        assert session.get_one(Referral, 1).status == "acknowledged"
    author.undoes(said)
    with database.read() as session:
        assert session.get_one(Referral, 1).status == "received"


def test_helped_elsewhere_opens_an_outbound_referral(author: Author, send: Sending, database: Database):
    send("referral", need="A plumber for an old house.")
    author.acts("/dashboard/people/1/acts", kind="called")
    author.acts("/dashboard/told", person="1", what="offer", text="I mend pipes", category="plumber")
    assert author.posts(f"{REFERRAL}/need").status_code == 422, "nobody is in the list yet"
    author.acts(f"{REFERRAL}/take-up", person="new")
    assert "it starts below" in author.acts(f"{REFERRAL}/move", to="helped_elsewhere")
    page = author.acts(f"{REFERRAL}/need")
    assert says(page, "A plumber for an old house", "A plumber does this")
    assert "It is a need of theirs already" in author.acts(f"{REFERRAL}/need")
    with database.read() as session:
        need = session.scalars(select(Need)).one()
    author.acts(f"/dashboard/needs/{need.id}/outbound", hop="1", helper="1")
    with database.read() as session:
        row = session.scalars(select(OutboundReferral)).one()
        assert (need.person_id, row.helper_id) == (2, 1)
    drafted = author.opens(f"/dashboard/outbound/{row.id}")
    assert says(drafted, "You have not said yet that you vouch for")
    assert "You have not said yet" not in author.acts(
        "/dashboard/people/1/vouch", word="yes", back=f"/dashboard/outbound/{row.id}"
    )


def test_nobody_in_peace_is_put_forward_for_help(author: Author, teacher: str, database: Database):
    author.acts(f"{teacher}/acts", kind="paused", day="2026-12-18")
    assert "See who can help them" not in author.opens(REFERRAL)
    assert author.posts(f"{REFERRAL}/need").status_code == 422


def test_nothing_is_told_of_whom_objected_after_it_ended(
    author: Author, send: Sending, client: FlaskClient, config: Config
):
    sent = send("referral")
    author.acts(f"{REFERRAL}/move", to="customer")
    assert says(author.opens("/dashboard/"), "Wants to know what came of A teacher", "Thank them again")
    client.post(object_address("", config.secret_key, 1, sent.received_at))
    today = author.opens("/dashboard/")
    assert "Wants to know" not in today
    assert says(today, "Thank them again")
    assert "Leave them in peace." in author.opens(REFERRAL)

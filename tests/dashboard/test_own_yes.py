"""In the European Union and in Canada only the person's own yes counts: "they agreed" is treated as "do not know"."""

import dataclasses
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from forms_service.app import create_app
from forms_service.config import Config
from forms_service.db import Database
from forms_service.erasure.clock import let_go
from forms_service.erasure.erase import erase_referred
from forms_service.intake.arrival import SecondStep, Sender
from forms_service.models import Referral
from forms_service.models.projection import replay
from forms_service.people.following import OWN_YES
from forms_service.people.queries import referrals
from tests.dashboard.conftest import Author, Sending
from tests.support.desk import Desk
from tests.support.dump import dump

REFERRAL = "/dashboard/referrals/1"
AGREED = {
    "Your name": "A florist", "Your e-mail": "florist@example.com", "Their name": "A caterer",
    "What do they need?": "A bigger kitchen.", "I told them, and they agreed": "on",
}  # fmt: skip
REACH = {"They know that I am giving you": "on"}


def refers(app: Flask) -> Desk:
    return Desk(app.test_client(), "/forms/referral").presses("Send your referral", typed=AGREED)


@pytest.fixture
def abroad(app: Flask) -> Desk:
    """A referrer who gave an address in the Union, on the page of his own."""
    told = refers(app).presses("Send how to reach them", typed={**REACH, "Their e-mail": "caterer@example.fr"})
    assert "I keep it, and write nothing yet" in told.text
    assert "Dear A caterer" in told.text, "the words that introduce them lie ready"
    return told.follows("a page of your own")


def row(database: Database) -> Referral:
    with database.read() as session:
        return session.get_one(Referral, 1)


def test_an_address_from_there_lets_nobody_be_written_to(abroad: Desk, author: Author, database: Database):
    assert OWN_YES in abroad.text
    page = author.opens(REFERRAL)
    assert "only a yes of their own counts" in page
    assert "only a yes of their own counts" in author.opens("/dashboard/referrals")
    assert "I may still write only to somebody who has told me so themselves" in page.replace("\n", " ")
    assert "I sent it" not in page
    assert author.posts(f"{REFERRAL}/first-message").status_code == 422
    assert row(database).status == "received"


def test_the_author_knows_better_and_may_take_that_back(abroad: Desk, author: Author, database: Database):
    said = author.acts(f"{REFERRAL}/own-yes", needed="no")
    assert "Your first message" in said
    assert OWN_YES not in abroad.opens(abroad.path).text
    before = dump(database)
    author.acts(f"{REFERRAL}/own-yes", needed="no")
    assert dump(database) == before, "said twice, recorded once"
    assert "Ask for an introduction" in author.undoes(said)
    assert row(database).needs_own_yes


def test_the_author_may_say_so_of_any_referral_that_names_who_agreed(app: Flask, author: Author, database: Database):
    refers(app)
    assert "Your first message" in author.opens(REFERRAL)
    assert "Ask for an introduction" in author.acts(f"{REFERRAL}/own-yes", needed="yes")
    author.acts(f"{REFERRAL}/level", level="L3")
    assert "Your first message" in author.opens(REFERRAL), "introduced is introduced, wherever they live"


@pytest.mark.parametrize("knows_better", [False, True])
def test_what_an_address_said_is_replayed_alike(
    abroad: Desk, author: Author, database: Database, now: datetime, knows_better: bool
):
    if knows_better:
        author.acts(f"{REFERRAL}/own-yes", needed="no")
    with database.read() as session:
        step = SecondStep(1, Sender(session.get_one(Referral, 1).referrer_id, is_claim=False))
    Sending(database, "a secret", now)("referral_contact", step=step, email="caterer@example.eu")
    assert row(database).needs_own_yes is not knows_better
    lived = dump(database)
    with database.write() as session:
        session.execute(update(Referral).values(needs_own_yes=knows_better))
    with database.write() as session:
        replay(session)
    assert dump(database) == lived


def test_without_their_own_yes_thirty_days_are_all(abroad: Desk, author: Author, database: Database, at_now, now):
    at_now.move_to(now + timedelta(days=25))
    assert "They have not agreed to be in your files" in author.opens("/dashboard/")
    assert let_go(database, now + timedelta(days=29)) == 0
    assert let_go(database, now + timedelta(days=31)) == 1
    assert row(database).referred_name == ""
    assert "caterer" not in repr(dump(database))


def test_elsewhere_their_yes_stands_as_the_referrer_told_it(app: Flask, author: Author, database: Database, now):
    yes = {"When did they say yes": "On Tuesday; best by phone"}
    refers(app).presses("Send how to reach them", typed={**REACH, "Their phone": "+44 20 7946 0018", **yes})
    assert let_go(database, now + timedelta(days=99)) == 0
    page = author.opens(REFERRAL)
    assert "Your first message" in page
    assert "On Tuesday; best by phone" in page
    with database.write() as session:
        erase_referred(session, 1, now)
    assert "best by phone" not in repr(dump(database))


def test_an_address_given_late_is_there_for_a_day(app: Flask, database: Database, at_now, now):
    visitor = refers(app)
    at_now.move_to(now + timedelta(days=40))
    visitor.presses("Send how to reach them", typed={**REACH, "Their e-mail": "caterer@example.ca"})
    assert let_go(database, now + timedelta(days=40, hours=20)) == 0
    assert let_go(database, now + timedelta(days=41, hours=1)) == 1


def test_where_the_site_stands_there_no_address_is_asked_for(config: Config, database: Database, now):
    there = dataclasses.replace(config, identity=dataclasses.replace(config.identity, country="DE"))
    visitor = refers(create_app(there, database))
    assert "Send how to reach them" not in visitor.text
    assert "Introduce us to each other" in visitor.text
    assert row(database).needs_own_yes
    with database.read() as session:
        assert [each.referral.permits for each in referrals(session, "open", 1).rows] == ["L1"]

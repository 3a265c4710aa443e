"""What the stations of a referral record of the person referred, once they are in the list."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.db import Database
from forms_service.models import Event, Person, Referral
from forms_service.models.projection import standing
from forms_service.people import changes
from forms_service.people.changes.outcomes import MEANS, PASSED
from forms_service.people.referral_words import MOVES
from tests.support import received

DAY = timedelta(days=30)
RECORDED = {
    "contacted": ["in_touch"], "met": ["met"], "customer": ["purchased"], "partner": ["partner_confirmed"],
    "not_now": ["interest_closed", "follow_up_set"], "no": ["interest_closed"], "do_not_contact": ["do_not_contact"],
}  # fmt: skip


@pytest.fixture
def referral(database: Database, now: datetime) -> int:
    with database.write() as session:
        received.referral(session, now)
        return session.scalars(select(Referral.id)).one()


def theirs(session: Session, person_id: int) -> list[str]:
    """What stands on the timeline of whom the referral names, but for their being taken up."""
    events = standing(session.scalars(select(Event).where(Event.person_id == person_id)))
    return [event.kind for event in events if event.kind != "referred_taken_up"]


def test_each_station_is_recorded_of_them_and_goes_with_it(database: Database, referral: int, now: datetime):
    with database.write() as session:
        changes.take_up_referred(session, referral, now, "US")
        taken = session.get_one(Referral, referral).referred_id or 0
        for to in MOVES:
            event = changes.move_referral(session, referral, to, now, now + DAY)
            assert event is not None
            assert theirs(session, taken) == RECORDED.get(to, []), to
            changes.take_back(session, event.id, now)
            assert theirs(session, taken) == [], to


def test_every_station_that_means_something_is_one_that_can_be_recorded():
    assert set(MEANS) == set(RECORDED) < set(MOVES)


@pytest.mark.parametrize("to", [to for to in RECORDED if to not in (*PASSED, "do_not_contact")])
def test_whoever_is_taken_up_later_brings_it_along_and_leaves_with_it(
    database: Database, referral: int, now: datetime, to: str
):
    with database.write() as session:
        for each in (*PASSED, to):
            changes.move_referral(session, referral, each, now, now + DAY)
        event = changes.take_up_referred(session, referral, now + DAY, "US")
        assert event is not None
        taken = session.get_one(Referral, referral).referred_id or 0
        assert theirs(session, taken) == ["in_touch", "met", RECORDED[to][0]]
        assert session.get_one(Person, taken).touched_at == now, "when it was, not when it was noted"
        changes.take_back(session, event.id, now + DAY)
        assert theirs(session, taken) == []


def test_an_end_that_was_taken_for_another_is_not_brought_along(database: Database, referral: int, now: datetime):
    with database.write() as session:
        changes.move_referral(session, referral, "no", now)
        changes.move_referral(session, referral, "customer", now)
        changes.take_up_referred(session, referral, now, "US")
        assert theirs(session, session.get_one(Referral, referral).referred_id or 0) == ["purchased"]


def test_a_day_to_ask_again_without_anybody_in_the_list_is_the_referrers(
    database: Database, referral: int, now: datetime
):
    with database.write() as session:
        event = changes.move_referral(session, referral, "not_now", now, now + DAY)
        assert event is not None
        referrer = session.get_one(Referral, referral).referrer_id
        assert "follow_up_set" in theirs(session, referrer)
        changes.take_back(session, event.id, now)
        assert "follow_up_set" not in theirs(session, referrer)

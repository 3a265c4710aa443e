"""Favours: exactly one row of thanks for each who had a part in it, told in one breath and taken back in one."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.db import Database
from forms_service.erasure.erase import erase_person
from forms_service.models import Duty, Hint, Knows, Need, Offer, OutboundReferral, Person
from forms_service.people import changes
from forms_service.people.changes import ChangeError, Favour, take_back
from forms_service.people.known import Evidence
from forms_service.people.queries.needs import needs
from tests.support import network

TRADES = network.listed_trades()


@pytest.fixture
def two(database: Database, now: datetime) -> tuple[int, int]:
    """A plumber, and who named them."""
    with database.write() as session:
        return network.person(session, "A plumber", now), network.person(session, "A partner", now)


def owed(session: Session) -> list[tuple[str, str]]:
    query = select(Person.name, Duty.rule).join(Person, Duty.person_id == Person.id).where(Duty.done_at.is_(None))
    return sorted((name, rule) for name, rule in session.execute(query))


def stands(session: Session) -> tuple[object, ...]:
    """What is known and owed, without the events that say so."""
    return (
        owed(session),
        [row.id for row in session.scalars(select(Need)) if row.state != "taken_back"],
        [row.id for table in (Offer, Knows, Hint) for row in session.scalars(select(table)) if row.stands],
        [row.id for row in session.scalars(select(OutboundReferral)) if row.status != "taken_back"],
    )


def test_over_two_corners_both_are_owed_thanks_and_nobody_else(database: Database, two, now: datetime):
    with database.write() as session:
        changes.record_favour(session, Favour(*two, text="Mended the sink", category="plumber"), now)
        assert owed(session) == [("A partner", "favour"), ("A plumber", "favour")]


def test_whom_the_author_knew_himself_is_owed_thanks_alone(database: Database, two, now: datetime):
    with database.write() as session:
        changes.record_favour(session, Favour(two[0], text="Mended the sink"), now)
        assert owed(session) == [("A plumber", "favour")]


@pytest.mark.parametrize("over_two_corners", [False, True])
def test_an_introduction_that_helped_owes_the_same(database: Database, two, now: datetime, over_two_corners: bool):
    plumber, partner = two
    with database.write() as session:
        need = network.need(session, network.person(session, "An asker", now), "plumber", now)
        via = partner if over_two_corners else None
        outbound = changes.draft_outbound(session, need, "2a" if via else "1", via, plumber, now).outbound_id
        for side in ("asker", "helper"):
            changes.record_agreed(session, outbound, side, now)
        changes.move_outbound(session, outbound, "introduced", now)
        assert owed(session) == []
        changes.move_outbound(session, outbound, "helped", now)
        assert owed(session) == [("A partner", "favour")] * over_two_corners + [("A plumber", "favour")]
        with pytest.raises(ChangeError, match="take that back first"):
            changes.move_outbound(session, outbound, "not_helped", now)


@pytest.mark.parametrize("told_before", [False, True])
def test_taking_it_back_leaves_what_was_there(database: Database, two, now: datetime, told_before: bool):
    with database.write() as session:
        need = network.need(session, None, "plumber", now) if told_before else None
        before = stands(session)
        event = changes.record_favour(session, Favour(*two, need_id=need, text="A leak", category="plumber"), now)
        assert stands(session) != before
        assert take_back(session, event.id, now)
        assert stands(session) == before


def test_said_twice_it_is_kept_once_and_the_next_leak_is_another_favour(database: Database, two, now: datetime):
    favour = Favour(*two, text="Mended the sink", category="plumber")
    with database.write() as session:
        assert changes.record_favour(session, favour, now)
        assert changes.record_favour(session, favour, now) is None
        before = len(session.scalars(select(Offer)).all())
        assert changes.record_favour(session, favour, now + timedelta(days=90))
        assert len(owed(session)) == 4
        assert len(session.scalars(select(Offer)).all()) == before, "what is known already is not told again"


def test_it_meets_the_need_it_names_or_the_one_of_the_same_words(database: Database, two, now: datetime):
    with database.write() as session:
        for favour in (Favour(*two, need_id=network.need(session, None, "plumber", now)), Favour(*two, text="A leak")):
            if favour.text:
                changes.tell_need(session, changes.Told(None, "A  leak"), now)
            changes.record_favour(session, favour, now + timedelta(hours=1))
        assert [row.state for row in session.scalars(select(Need))] == ["answered", "answered"]


def test_whoever_did_it_is_known_by_their_work(database: Database, two, now: datetime):
    with database.write() as session:
        changes.record_favour(session, Favour(*two, text="Mended the sink", category="plumber"), now)
        network.need(session, two[1], "pipes", now)
    with database.read() as session:
        (row,) = needs(session, "open", 1, TRADES, now).rows
    assert (row.help.best.hop, row.help.best.helper.id, row.help.best.evidence) == ("1", two[0], Evidence.USED)


def test_a_deeper_acquaintance_is_not_made_shallower(database: Database, two, now: datetime):
    with database.write() as session:
        changes.tell_knows(session, two[1], two[0], "trust", now)
        changes.record_favour(session, Favour(*two, text="Mended the sink"), now)
        assert [row.depth for row in session.scalars(select(Knows))] == ["trust"]


@pytest.mark.parametrize("wrong", ["themselves", "no need", "not yours", "no words", "erased"])
def test_what_is_no_favour_is_refused(database: Database, two, now: datetime, wrong: str):
    with database.write() as session:
        favour = {
            "themselves": Favour(two[0], two[0], text="x"), "no words": Favour(*two), "erased": Favour(*two, text="x"),
            "no need": Favour(*two, need_id=999),
            "not yours": Favour(*two, need_id=network.need(session, two[1], "plumber", now)),
        }[wrong]  # fmt: skip
        if wrong == "erased":
            erase_person(session, two[0], now)
        with pytest.raises((ChangeError, LookupError)):
            changes.record_favour(session, favour, now)


def test_they_may_name_the_author_until_he_says_otherwise(database: Database, two, now: datetime):
    with database.write() as session:
        allowed = changes.allow_reference(session, two[0], True, now)
        assert changes.allow_reference(session, two[0], True, now) is None
        ended = changes.allow_reference(session, two[0], False, now)
        take_back(session, ended.id, now)
        assert changes.allow_reference(session, two[0], True, now) is None
        take_back(session, allowed.id, now)
        assert changes.allow_reference(session, two[0], True, now)


def test_naming_a_helper_is_taken_back_with_what_was_noted_of_them(database: Database, two, now: datetime):
    with database.write() as session:
        need = network.need(session, None, "plumber", now)
        outbound = changes.draft_outbound(session, need, "2b", two[1], None, now).outbound_id
        before = stands(session)
        named = changes.name_helper(session, outbound, "", two[0], now)
        assert stands(session) != before
        take_back(session, named.id, now)
        assert stands(session) == before
        assert session.get_one(OutboundReferral, outbound).helper_id is None


def test_words_that_come_with_a_second_press_are_never_lost(database: Database, two, now: datetime):
    def thank(words: str):
        return changes.thank(session, two[0], "card", now, words=words)

    with database.write() as session:
        first = thank("")
        assert thank("") is None
        assert thank("For the sink") is first, "kept with what was recorded a moment ago"
        assert thank("For the sink") is None
        assert thank("") is None, "a press without words is the same press"
        other = thank("For the tap")
        assert other is not None
        assert other is not first

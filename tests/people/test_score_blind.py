"""Matching is score-blind: however much anybody gave or received, the order of who can help stays what it is."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.db import Database
from forms_service.erasure.erase import erase_person
from forms_service.models import Referral
from forms_service.people import changes
from forms_service.people.matching import Help
from forms_service.people.queries.needs import needs
from tests.conftest import NOW
from tests.people.test_ledger import tried
from tests.support import network, received

TRADES = network.listed_trades()
#: By number: who asks, two bakers alike, who knows a baker nobody met, that baker, and who has a hint.
ASKER, BAKER, ANOTHER, KNOWS_ONE, UNMET, HINTS = range(1, 7)
PEOPLE = (ASKER, BAKER, ANOTHER, KNOWS_ONE, UNMET, HINTS)
GIVEN = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["gives", "receives"]), st.integers(1, 3))


@pytest.fixture
def bakers(database: Database, now: datetime) -> Database:
    """Every way to help stands open: directly, through an acquaintance, by a hint; and one need has nobody yet."""
    with database.write() as session:
        for name in ("An asker", "A baker", "Another baker", "A neighbour", "An unmet baker", "A builder"):
            make = network.person if name == "An unmet baker" else network.partner
            make(session, name, now)
        network.need(session, ASKER, "bread", now)
        network.need(session, ASKER, "falconer", now)
        for baker in (BAKER, ANOTHER, UNMET):
            network.offer(session, baker, "baker", now)
        changes.tell_knows(session, KNOWS_ONE, UNMET, "know", now)
        changes.tell_hint(session, HINTS, "baker", now)
    return database


def helped(session: Session, now: datetime) -> dict[str, Help]:
    return {row.need.category: row.help for row in needs(session, "open", 1, TRADES, now).rows}


def refers(session: Session, person: int, way: str) -> None:
    """One referral more, that `person` gave or by which they came, all the way to a customer."""
    received.referral(session, NOW - timedelta(days=40))
    row = session.scalars(select(Referral).order_by(Referral.id.desc())).first()
    assert row is not None
    if way == "gives":
        row.referrer_id = person
    changes.take_up_referred(session, row.id, NOW, "US", person if way == "receives" else None)
    changes.move_referral(session, row.id, "customer", NOW)
    session.flush()


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(GIVEN, min_size=1, max_size=4))
def test_no_count_of_referrals_given_or_received_moves_anybody(bakers: Database, given_: list[tuple[int, str, int]]):
    """Partner status, touches and evidence held fixed, as the specification says."""
    with tried(bakers) as session:
        before = helped(session, NOW)
        for person, way, times in given_:
            for _ in range(times):
                refers(session, person, way)
        assert helped(session, NOW) == before


def test_every_way_to_help_is_among_what_stays(bakers: Database, now: datetime):
    with bakers.read() as session:
        found = helped(session, now)
        assert [hop.value for hop in found["bread"].groups] == ["1", "2a", "2b"]
        assert [person.id for person, _ in found["falconer"].ask] == [HINTS, BAKER, ANOTHER]


@pytest.mark.parametrize("stands", ["do_not_contact", "erased", "vouched no"])
def test_whoever_must_not_appear_is_in_no_position(bakers: Database, now: datetime, stands: str):
    for who in (BAKER, KNOWS_ONE, UNMET, HINTS):
        with tried(bakers) as session:
            if stands == "erased":
                erase_person(session, who, now)
            elif stands == "vouched no":
                changes.vouch(session, who, "no", now)
            else:
                changes.log_act(session, who, stands, now)
            for found in helped(session, now).values():
                paths = [path for paths in found.groups.values() for path in paths]
                named = {each.id for path in paths for each in (path.helper, path.via) if each}
                assert who not in named | {person.id for person, _ in found.ask}

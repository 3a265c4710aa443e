"""Needs, offers, acquaintances and introductions: each an event, told twice kept once, taken back without a trace."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import select, update

from forms_service.db import Database
from forms_service.erasure.erase import erase_person
from forms_service.models import Duty, Event, Hint, Kind, Knows, Need, Offer, OutboundReferral, Person, Submission
from forms_service.models.projection import record, replay
from forms_service.people import changes
from forms_service.people.changes import ChangeError, Told, take_back
from forms_service.people.known import Evidence
from forms_service.people.matching import Help, Hop
from forms_service.people.queries.needs import A_PAGE, needs, open_needs_with_matches, person_told
from tests.support import network, received
from tests.support.dump import dump

TRADES = network.listed_trades()


@pytest.fixture
def asker(database: Database, now: datetime) -> int:
    with database.write() as session:
        return network.person(session, "An asker", now)


def helped(database: Database, now: datetime, show: str = "open") -> dict[str, Help]:
    """Who can help, by the words of the need."""
    with database.read() as session:
        return {row.need.category: row.help for row in needs(session, show, 1, TRADES, now).rows}


def ways(found: Help) -> list[tuple[str, str, str]]:
    return [
        (hop.value, path.via.name if path.via else "", path.helper.name if path.helper else "")
        for hop, paths in found.groups.items()
        for path in paths
    ]


def test_told_twice_is_kept_once_and_taken_back_is_gone(database: Database, asker: int, now: datetime):
    with database.write() as session:
        told = Told(asker, "A plumber,\n who comes", "Plumber")
        first = changes.tell_need(session, told, now)
        assert changes.tell_need(session, told, now) is None
        offered = changes.tell_offer(session, Told(asker, "Bakes", "baker"), now)
        hinted = changes.tell_hint(session, asker, "builder", now)
        assert changes.tell_hint(session, asker, "Builder ", now) is None
        kept = person_told(session, asker, TRADES)
        assert [(row.text, row.category) for row in kept.needs] == [("A plumber, who comes", "plumber")]
        for event in (first, offered, hinted):
            assert take_back(session, event.id, now)
        kept = person_told(session, asker, TRADES)
        assert (kept.needs, kept.offers, kept.hints) == ([], [], [])


def test_how_well_they_know_each_other_may_be_said_again(database: Database, asker: int, now: datetime):
    with database.write() as session:
        other = network.person(session, "A baker", now)
        assert changes.tell_knows(session, asker, other, "met", now)
        assert changes.tell_knows(session, asker, other, "met", now) is None
        assert changes.tell_knows(session, asker, other, "trust", now)
        with pytest.raises(ChangeError, match="knows themselves"):
            changes.tell_knows(session, asker, asker, "met", now)
        with pytest.raises(ChangeError, match="not 'loves'"):
            changes.tell_knows(session, asker, other, "loves", now)


def test_the_same_words_of_one_form_are_kept_once_however_late(database: Database, now: datetime):
    with database.write() as session:
        received.contact(session, now)
        form = session.scalars(select(Submission)).one()
        of_form, typed = (Told(form.person_id, "A plumber", submission_id=number) for number in (form.id, None))
        assert changes.tell_need(session, of_form, now)
        assert changes.tell_need(session, typed, now)
        later = now + timedelta(days=3)
        assert changes.tell_need(session, of_form, later) is None
        assert changes.tell_need(session, typed, later)


def test_the_last_word_on_how_well_they_know_each_other_counts(database: Database, asker: int, now: datetime):
    with database.write() as session:
        first, second = (network.partner(session, f"A baker, the {nth}", now) for nth in ("first", "second"))
        plumber = network.person(session, "A plumber", now)
        network.offer(session, plumber, "plumber", now)
        network.need(session, asker, "plumber", now)
        for each in (first, second):
            network.act(session, "one_to_one_held", each, now)
            changes.tell_knows(session, each, plumber, "know", now)
    assert best_known(database, first, now) == (["know"], "A baker, the first")
    with database.write() as session:
        last = changes.tell_knows(session, first, plumber, "met", now).id
    assert best_known(database, first, now) == (["met"], "A baker, the second")
    with database.write() as session:
        take_back(session, last, now)
    assert best_known(database, first, now) == (["know"], "A baker, the first")


def test_words_that_stood_side_by_side_before_are_replaced_together(database: Database, asker: int, now: datetime):
    with database.write() as session:
        other = network.person(session, "A baker", now)
        for depth in ("trust", "met"):
            row = Knows(person_id=asker, other_id=other, depth=depth, source="author", told_at=now)
            session.add(row)
            session.flush()
            record(session, Event(at=now, kind=Kind.KNOWS_TOLD, actor="author", person_id=asker, knows_id=row.id))
        assert changes.tell_knows(session, asker, other, "met", now)
        assert [row.depth for row, _ in person_told(session, asker, TRADES).knows] == ["met"]


def best_known(database: Database, person_id: int, now: datetime) -> tuple[list[str], str]:
    """How well they know whom they know, and who is the first to ask for a plumber."""
    with database.read() as session:
        known = [row.depth for row, _ in person_told(session, person_id, TRADES).knows]
    return known, ways(helped(database, now)["plumber"])[0][1]


@pytest.mark.parametrize(
    ("taken_back", "left"), [([1], ["know"]), ([2], ["trust"]), ([2, 1], ["met"]), ([1, 2], ["met"]), ([0], ["know"])]
)
def test_a_word_taken_back_brings_none_back_that_was_replaced_since(
    database: Database, asker: int, now: datetime, taken_back: list[int], left: list[str]
):
    with database.write() as session:
        other = network.person(session, "A baker", now)
        told = [changes.tell_knows(session, asker, other, depth, now) for depth in ("met", "trust", "know")]
        for number in taken_back:
            assert take_back(session, told[number].id, now)
        assert [row.depth for row, _ in person_told(session, asker, TRADES).knows] == left
    kept = dump(database)
    with database.write() as session:
        replay(session)
    assert dump(database) == kept


@pytest.mark.parametrize(
    "told", [Told(1, ""), Told(1, "x" * 2001), Told(1, "x", "y" * 81), Told(1, "x", "", "z" * 101)]
)
def test_what_says_nothing_or_too_much_is_refused(database: Database, asker: int, now: datetime, told: Told):
    with database.write() as session, pytest.raises(ChangeError):
        changes.tell_need(session, told, now)


def test_a_need_stays_open_until_it_is_answered_or_sixty_days_have_passed(
    database: Database, asker: int, now: datetime
):
    with database.write() as session:
        number = network.need(session, asker, "plumber", now)
        assert changes.end_need(session, number, "answered", now) is not None
        assert changes.end_need(session, number, "answered", now) is None
        answered = session.scalars(select(Event.id).where(Event.kind == "need_answered")).one()
    assert list(helped(database, now)) == []
    assert list(helped(database, now, "closed")) == ["plumber"]
    with database.write() as session:
        take_back(session, answered, now)
    later = now + timedelta(days=60)
    assert list(helped(database, later - timedelta(seconds=1))) == ["plumber"]
    assert list(helped(database, later)) == []
    assert list(helped(database, later, "expired")) == ["plumber"]
    with database.write() as session:
        changes.end_need(session, number, "renewed", later)
    assert list(helped(database, later + timedelta(days=59))) == ["plumber"]


def test_each_new_offer_asks_again(database: Database, asker: int, now: datetime):
    with database.write() as session:
        network.need(session, asker, "plumber", now)
        partner = network.partner(session, "A partner", now)
    found = helped(database, now)["plumber"]
    assert (ways(found), [each.name for each, _ in found.ask]) == ([], ["A partner"])
    with database.write() as session:
        network.offer(session, partner, "pipes", now)
    assert ways(helped(database, now)["plumber"]) == [("1", "", "A partner")]
    with database.read() as session:
        (rows,) = open_needs_with_matches(session, now, TRADES)
        assert [row.need.category for row in rows] == ["plumber"]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("do_not_contact", {}), ("meeting_declined", {}), ("vouched", {"as": "no"}),
        ("paused", {"until": "2027-01-01T00:00:00+00:00"}), ("erase", {}),
    ],
)  # fmt: skip
def test_whoever_must_not_appear_does_not_and_comes_back_when_it_is_taken_back(
    database: Database, asker: int, now: datetime, kind: str, data: dict[str, str]
):
    with database.write() as session:
        network.need(session, asker, "plumber", now)
        plumber = network.person(session, "A plumber", now)
        network.act(session, "met", plumber, now)
        network.offer(session, plumber, "plumber", now)
    assert ways(helped(database, now)["plumber"]) == [("1", "", "A plumber")]
    with database.write() as session:
        if kind == "erase":
            erase_person(session, plumber, now)
        else:
            said = network.act(session, kind, plumber, now, **data).id
    assert ways(helped(database, now)["plumber"]) == []
    if kind == "vouched":
        with database.write() as session:
            take_back(session, said, now)
        assert ways(helped(database, now)["plumber"]) == [("1", "", "A plumber")]


def test_two_hops_and_their_depth(database: Database, asker: int, now: datetime):
    with database.write() as session:
        network.need(session, asker, "plumber", now)
        baker, plumber = network.partner(session, "A baker", now), network.person(session, "A plumber", now)
        network.offer(session, plumber, "plumber", now)
        changes.tell_hint(session, baker, "plumbing", now)
        changes.tell_knows(session, baker, plumber, "know", now)
    assert ways(helped(database, now)["plumber"]) == [("2a", "A baker", "A plumber"), ("2b", "A baker", "")]


def test_from_a_match_to_an_answer(database: Database, asker: int, now: datetime):
    with database.write() as session:
        number = network.need(session, asker, "plumber", now)
        plumber = network.partner(session, "A plumber", now)
        network.offer(session, plumber, "plumber", now)
        event = changes.draft_outbound(session, number, "1", None, plumber, now)
        assert changes.draft_outbound(session, number, "1", None, plumber, now) is None
        outbound = event.outbound_id
        row = session.get_one(OutboundReferral, outbound)
        stations = [row.status]
        with pytest.raises(ChangeError, match="both must agree"):
            changes.move_outbound(session, outbound, "introduced", now)
        for side in ("asker", "helper"):
            changes.record_asked(session, outbound, side, now)
        stations.append(row.status)
        for side in ("asker", "helper"):
            changes.record_agreed(session, outbound, side, now)
        stations.append(row.status)
        for to in ("introduced", "helped"):
            last = changes.move_outbound(session, outbound, to, now)
            stations.append(row.status)
        assert stations == ["drafted", "asked", "agreed", "introduced", "helped"]
        assert session.get_one(Need, number).state == "answered"
        take_back(session, last.id, now)
        assert (row.status, session.get_one(Need, number).state) == ("introduced", "open")


def test_a_standing_permission_skips_the_ask(database: Database, asker: int, now: datetime):
    with database.write() as session:
        number = network.need(session, asker, "plumber", now)
        plumber = network.partner(session, "A plumber", now)
        allowed = changes.allow_introducing(session, plumber, True, now)
        event = changes.draft_outbound(session, number, "1", None, plumber, now)
        row = session.get_one(OutboundReferral, event.outbound_id)
        assert (row.helper_agreed_at, row.asker_agreed_at) == (now, None)
        changes.record_agreed(session, row.id, "asker", now)
        assert row.status == "agreed"
        take_back(session, allowed.id, now)
        assert session.get_one(Person, plumber).introducing_since is None


def test_the_plumber_case(database: Database, asker: int, now: datetime):
    with database.write() as session:
        own = network.need(session, None, "plumber", now)
        partner = network.partner(session, "A partner", now)
        changes.tell_hint(session, partner, "plumber", now)
    assert ways(helped(database, now)["plumber"]) == [("2b", "A partner", "")]
    with database.write() as session:
        outbound = changes.draft_outbound(session, own, "2b", partner, None, now).outbound_id
        changes.record_agreed(session, outbound, "helper", now)
        changes.name_helper(session, outbound, "A plumber", None, now)
        for to in ("introduced", "helped"):
            changes.move_outbound(session, outbound, to, now)
        network.need(session, asker, "pipes", now + timedelta(days=90))
        owed = session.execute(select(Person.name, Duty.rule).join(Person, Duty.person_id == Person.id)).all()
        thanks = sorted(tuple(row) for row in owed if row.rule == "favour")
        assert thanks == [("A partner", "favour"), ("A plumber", "favour")]
    found = helped(database, now + timedelta(days=90))["pipes"]
    assert ways(found)[0] == ("1", "", "A plumber")
    assert found.best.evidence is Evidence.USED
    assert list(found.groups)[0] is Hop.DIRECT


@pytest.fixture
def busy(database: Database, asker: int, now: datetime) -> Database:
    """Everything that can be told, once."""
    with database.write() as session:
        number = network.need(session, asker, "plumber", now, place="Albany")
        partner, plumber = network.partner(session, "A partner", now), network.person(session, "A plumber", now)
        network.offer(session, plumber, "drains", now, recommended_by_id=partner)
        changes.tell_hint(session, partner, "falconer", now)
        changes.tell_knows(session, partner, plumber, "trust", now)
        changes.allow_introducing(session, plumber, True, now)
        changes.vouch(session, partner, "yes", now)
        outbound = changes.draft_outbound(session, number, "2a", partner, plumber, now).outbound_id
        changes.record_asked(session, outbound, "asker", now)
        changes.record_agreed(session, outbound, "helper", now)
    return database


def test_replay_over_emptied_projections_gives_the_same_database(busy: Database, now: datetime):
    before = dump(busy)
    with busy.write() as session:
        session.execute(update(Need).values(state="answered", asked_at=now - timedelta(days=9)))
        for table in (Offer, Knows, Hint):
            session.execute(update(table).values(stands=False))
        session.execute(update(Person).values(introducing_since=None))
        session.execute(update(OutboundReferral).values(status="declined", helper_id=None, asker_asked_at=None))
        replay(session)
    assert dump(busy) == before


@pytest.mark.parametrize(
    ("name", "words"),
    [("An asker", ("Albany", "Looks for")), ("A plumber", ("drains", "Does: ")), ("A partner", ("falconer",))],
)
def test_erasure_takes_along_what_was_told_and_cuts_acquaintances(
    busy: Database, now: datetime, name: str, words: tuple[str, ...]
):
    assert all(word in repr(dump(busy)) for word in words)
    with busy.write() as session:
        number = session.scalars(select(Person.id).where(Person.name == name)).one()
        erase_person(session, number, now)
        for row in session.scalars(select(Knows)):
            assert (row.other_id is None) == (name != "An asker")
        with pytest.raises(ChangeError, match="erased"):
            changes.tell_hint(session, number, "baker", now)
    assert not any(word in repr(dump(busy)) for word in words)
    helped(busy, now)


def test_the_number_of_queries_does_not_grow_with_the_people(database: Database, asker: int, now: datetime):
    def counted() -> int:
        seen: list[str] = []
        listen = (database.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        sql_event.listen(*listen)
        helped(database, now)
        sql_event.remove(*listen)
        return len(seen)

    with database.write() as session:
        network.need(session, asker, "plumber", now)
        network.offer(session, network.partner(session, "A plumber", now), "plumber", now)
    few = counted()
    with database.write() as session:
        for number in range(20):
            each = network.partner(session, f"Plumber {number}", now)
            network.offer(session, each, "plumber", now)
            network.need(session, each, "plumber", now)
    assert counted() == few


def test_taking_back_that_it_helped_takes_back_the_thanks_owed(database: Database, now: datetime):
    with database.write() as session:
        own, partner = network.need(session, None, "plumber", now), network.partner(session, "A partner", now)
        outbound = changes.draft_outbound(session, own, "2b", partner, None, now).outbound_id
        changes.record_agreed(session, outbound, "helper", now)
        changes.name_helper(session, outbound, "A plumber", None, now)
        changes.move_outbound(session, outbound, "introduced", now)
        last = changes.move_outbound(session, outbound, "helped", now)
        take_back(session, last.id, now)
        assert [row.rule for row in session.scalars(select(Duty)) if row.rule == "favour"] == []


def test_many_needs_stand_on_several_pages_the_newest_first(database: Database, asker: int, now: datetime):
    with database.write() as session:
        told = [network.need(session, asker, f"thing {n}", now + timedelta(seconds=n)) for n in range(A_PAGE + 1)]
        first, second = (needs(session, "open", number, TRADES, now) for number in (1, 2))
        assert [row.need.id for row in [*first.rows, *second.rows]] == told[::-1]
        assert (len(first.rows), first.has_next, second.has_next) == (A_PAGE, True, False)

"""The ledger of thanks: each outcome has exactly its rows, whatever came before, and taking an act back restores."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.db import Database
from forms_service.models import (
    Duty,
    Event,
    Hint,
    Kind,
    Knows,
    Need,
    Offer,
    OutboundReferral,
    Person,
    PutOff,
    Referral,
    Submission,
)
from forms_service.models.projection import standing
from forms_service.people import changes
from forms_service.people.changes import Favour, Told, take_back
from forms_service.people.duties import owed
from tests.conftest import NOW
from tests.people.test_duties import full
from tests.people.test_stages import act
from tests.support import network, received

A_DAY = timedelta(days=1)
#: What domain section 8 says is owed for what happened.
OWED_FOR = {
    Kind.MET: "note", Kind.ONE_TO_ONE_HELD: "note", Kind.PURCHASED: "thanks", Kind.RENEWED: "thanks",
    Kind.UPGRADED: "thanks", Kind.FAVOUR_DONE: "favour", Kind.PROMISE_MADE: "promise", Kind.FOLLOW_UP_SET: "follow_up",
    Kind.INTEREST_CLOSED: "thanks",
}  # fmt: skip
HAPPENING = st.sampled_from([kind for kind in Kind if kind not in (Kind.THANKED, Kind.PROMISE_KEPT)])


@settings(max_examples=60)
@given(st.lists(HAPPENING, max_size=12), st.lists(st.integers(0, 15), max_size=6))
def test_each_cause_has_its_one_row_and_its_own_thanks_pay_for_it(kinds: list[Kind], thanked: list[int]):
    happened = [full(kind) for kind in kinds]
    named = {happened[number].id for number in thanked if number < len(happened)}
    rows = owed([*happened, *(act(Kind.THANKED, how="card", duty=str(number)) for number in sorted(named))])
    assert [(row.event_id, row.rule) for row in rows] == [
        (event.id, OWED_FOR[Kind(event.kind)]) for event in happened if event.kind in OWED_FOR
    ]
    by_thanks = ("note", "thanks", "favour")
    assert {row.event_id for row in rows if row.done_at and row.rule in by_thanks} == {
        event.id for event in happened if event.id in named and OWED_FOR.get(Kind(event.kind)) in by_thanks
    }


class _OverError(Exception):
    """Ends an example; the transaction is rolled back."""


@contextmanager
def tried(database: Database) -> Iterator[Session]:
    with suppress(_OverError), database.write() as session:
        yield session
        raise _OverError


@pytest.fixture
def peopled(database: Database, now: datetime) -> Database:
    """Persons 1 (who referred), 2 and 3, referral 1, and a need of person 3's."""
    with database.write() as session:
        received.referral(session, now)
        for name in ("A plumber", "A partner"):
            network.person(session, name, now)
        network.need(session, 3, "florist", now)
        network.offer(session, 2, "florist", now)
    return database


def put_together(via: int | None) -> Callable[[Session, datetime], Event | None]:
    """Person 2 helps person 3, perhaps named by person 1: from the need to the word that it helped."""

    def told(session: Session, now: datetime) -> Event | None:
        if session.get_one(Need, 1).state != "open":
            return None
        outbound = changes.draft_outbound(session, 1, "2a" if via else "1", via, 2, now)
        if outbound is None:
            return None
        for side in ("asker", "helper"):
            changes.record_agreed(session, outbound.outbound_id, side, now)
        changes.move_outbound(session, outbound.outbound_id, "introduced", now)
        return changes.move_outbound(session, outbound.outbound_id, "helped", now)

    return told


def thanked(session: Session, now: datetime) -> Event | None:
    """The first that is owed thanks gets a card."""
    open_ones = select(Duty).where(Duty.done_at.is_(None), Duty.rule.in_(("note", "thanks", "favour")))
    duty = session.scalars(open_ones.order_by(Duty.event_id)).first()
    return changes.thank(session, duty.person_id, "card", now, str(duty.event_id), words="Thank you.") if duty else None


def logged(kind: Kind, choice: str = "") -> Callable[[Session, datetime], Event | None]:
    day = kind in (Kind.PURCHASED, Kind.RENEWED, Kind.PROMISE_MADE, Kind.FOLLOW_UP_SET, Kind.ONE_TO_ONE_BOOKED)
    return lambda session, now: changes.log_act(
        session, 2, kind, now, day=now + A_DAY if day else None, choice=choice, note="As I remember it"
    )


ACTS: dict[str, Callable[[Session, datetime], Event | None]] = {
    "met": logged(Kind.MET), "held": logged(Kind.ONE_TO_ONE_HELD), "bought": logged(Kind.PURCHASED),
    "renewed": logged(Kind.RENEWED), "upgraded": logged(Kind.UPGRADED), "no": logged(Kind.INTEREST_CLOSED, "no"),
    "promised": logged(Kind.PROMISE_MADE), "day set": logged(Kind.FOLLOW_UP_SET), "called": logged(Kind.CALLED),
    "booked": logged(Kind.ONE_TO_ONE_BOOKED), "in peace": logged(Kind.DO_NOT_CONTACT), "thanked": thanked,
    "favour": lambda s, now: changes.record_favour(s, Favour(2, text="Mended the sink", category="plumber"), now),
    "two corners": lambda s, now: changes.record_favour(s, Favour(2, 3, text="Baked a cake", category="baker"), now),
    "helped": put_together(None), "helped by way of 1": put_together(1),
    "customer": lambda s, now: changes.move_referral(s, 1, "customer", now),
    "partner": lambda s, now: changes.move_referral(s, 1, "partner", now),
    "not now": lambda s, now: changes.move_referral(s, 1, "not_now", now),
    "level": lambda s, now: changes.confirm_level(s, 1, "L4", now),
    "told": lambda s, now: changes.tell_outcome(s, 1, now, "She is glad"),
    "receipt": lambda s, now: changes.thank(s, 1, "card", now, "receipt", 1),
    "outcome": lambda s, now: changes.thank(s, 1, "call", now, "outcome", 1),
    "reward": lambda s, now: changes.thank(s, 1, "gift", now, "reward", 1),
    "taken up": lambda s, now: changes.take_up_referred(s, 1, now, "US"),
    "hint": lambda s, now: changes.tell_hint(s, 3, "builder", now),
    "offer": lambda s, now: changes.tell_offer(s, Told(2, "Mends pipes", "plumber"), now),
    "put off": lambda s, now: changes.put_off(s, 2, "drift", now + A_DAY, now),
    "may name me": lambda s, now: changes.allow_reference(s, 2, True, now),
}  # fmt: skip
DERIVED = {
    Duty: (), PutOff: (),
    Person: ("touched_at", "thanked_at", "drifts_at", "lapses_at", "term_ends_at", "meets_at", "contact_status",
             "confirmed_at", "introducing_since"),
    Referral: ("status", "confirmed_level", "referred_id", "outcome_at", "thanked_at", "told_at", "outcome_thanked_at",
               "rewarded_at"),
    Submission: ("answered_at", "spam_at"), Need: ("state", "asked_at"), Offer: ("stands",), Hint: ("stands",),
    Knows: ("stands",), OutboundReferral: ("status", "helper_id", "introduced_at", "ended_at"),
}  # fmt: skip


def derived(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """All that follows from events. What was told and taken back is as good as never told; a new person stays."""
    session.flush()
    found = {}
    for table, names in DERIVED.items():
        columns = [getattr(table, name) for name in names] or list(table.__table__.columns)
        keys = [] if not names else [table.id]
        rows = [tuple(row) for row in session.execute(select(*keys, *columns))]
        gone = {"taken_back", False}
        kept = [row for row in rows if not (names and row[1] in gone) and not _is_new(table, row)]
        found[table.__name__] = sorted(kept, key=repr)
    return found


def _is_new(table: type, row: tuple[object, ...]) -> bool:
    return table is Person and row[0] not in (1, 2, 3)


def done(name: str, session: Session, now: datetime) -> Event | None:
    """What the author did; None where it was done already, or is refused, as for whom wants peace."""
    try:
        return ACTS[name](session, now)
    except changes.ChangeError:
        return None


def expected(session: Session) -> Counter[tuple[int | None, str]]:
    """What is to stand in the ledger, counted from the standing events alone, by the words of the specification."""
    events = standing(session.scalars(select(Event)))
    return Counter(
        (event.person_id, OWED_FOR[Kind(event.kind)])
        for event in events
        if event.kind in OWED_FOR and (event.kind != Kind.INTEREST_CLOSED or event.data["as"] == "no")
    )


ALONE = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@ALONE
@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=5), st.data())
def test_taking_any_act_back_restores_all_that_follows(peopled: Database, before: list[str], data):
    last = data.draw(st.sampled_from(sorted(ACTS)))
    with tried(peopled) as session:
        clock = NOW
        for name in before:
            clock += timedelta(hours=1)
            done(name, session, clock)
            assert Counter((row.person_id, row.rule) for row in session.scalars(select(Duty))) == expected(session)
        stood = derived(session)
        event = done(last, session, clock + timedelta(hours=1))
        if event is not None and last not in ("helped", "helped by way of 1"):
            assert take_back(session, event.id, clock + timedelta(hours=2))
            assert derived(session) == stood, last


def test_each_act_alone_goes_without_a_trace(peopled: Database):
    for name in sorted(ACTS):
        with tried(peopled) as session:
            if name == "thanked":
                ACTS["met"](session, NOW - A_DAY)
            stood = derived(session)
            event = ACTS[name](session, NOW)
            assert event is not None, name
            assert derived(session) != stood or name == "may name me", name
            take_back(session, event.id, NOW)
            if name.startswith("helped"):  # a trip of several acts, of which the last was taken back
                assert derived(session)["Duty"] == stood["Duty"], name
                assert derived(session)["Need"] == stood["Need"], name
            else:
                assert derived(session) == stood, name


@pytest.mark.parametrize(("name", "people"), [
    ("favour", [2]), ("two corners", [2, 3]), ("helped", [2]), ("helped by way of 1", [1, 2]),
])  # fmt: skip
def test_help_owes_one_row_to_each_who_had_a_part_in_it(peopled: Database, name: str, people: list[int]):
    with tried(peopled) as session:
        ACTS[name](session, NOW)
        rows = session.execute(select(Duty.person_id, Duty.rule).order_by(Duty.person_id)).all()
        assert [tuple(row) for row in rows] == [(person, "favour") for person in people]

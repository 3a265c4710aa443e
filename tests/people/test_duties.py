"""Each cause has exactly its rows; each row is done by its act, and owed again when the act is taken back."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from forms_service.db import Database
from forms_service.models import Duty, Event, Kind, Person, PutOff, Referral
from forms_service.models.projection import replay
from forms_service.people import changes
from forms_service.people.changes import Favour
from forms_service.people.duties import CAUSES, HOLD, THANKS, Done, done_for_referrer, fitting, owed, to_referrer
from forms_service.people.referral_words import MOVES, OUTCOMES
from tests.conftest import NOW
from tests.people.test_stages import act
from tests.support import received
from tests.support.dump import dump

A_DAY = timedelta(days=1)


def rules(rows) -> list[str]:
    return [row.rule for row in rows if row.done_at is None]


def full(kind: Kind) -> Event:
    return act(kind, until=NOW + A_DAY, due=NOW + A_DAY, by="author", **{"for": NOW + A_DAY, "as": "no"})


@pytest.mark.parametrize("kind", [*CAUSES, Kind.INTEREST_CLOSED])
def test_each_cause_has_one_row(kind: Kind):
    assert rules(owed([full(kind)])) == [CAUSES.get(kind, "thanks")]


def test_what_is_no_cause_has_none():
    causes = {*CAUSES, Kind.INTEREST_CLOSED}
    assert owed([full(kind) for kind in Kind if kind not in causes and kind != Kind.THANKED]) == []
    assert owed([act(Kind.INTEREST_CLOSED, **{"as": "not_now"})]) == []


def test_thanks_pay_for_what_they_name_and_for_nothing_else():
    bought, met = act(Kind.PURCHASED, until=None), act(Kind.MET)
    assert rules(owed([bought, met, act(Kind.THANKED, how="card", duty=str(bought.id))])) == ["note"]
    assert rules(owed([bought, met, act(Kind.THANKED, how="card", duty="")])) == ["thanks", "note"]


def test_a_promise_is_kept_by_keeping_it_and_a_date_by_being_in_touch():
    promise, date = full(Kind.PROMISE_MADE), full(Kind.FOLLOW_UP_SET)
    assert rules(owed([promise, date, act(Kind.CALLED, 1)])) == ["promise"]
    assert rules(owed([promise, date, act(Kind.CALLED, -1)])) == ["promise", "follow_up"]
    assert rules(owed([promise, act(Kind.PROMISE_KEPT, promise=promise.id)])) == []


@settings(max_examples=80)
@given(st.lists(st.sampled_from(MOVES), max_size=6))
def test_a_referrer_is_owed_exactly_the_rows_of_where_it_stands(moves: list[str]):
    done = done_for_referrer([act(Kind.REFERRAL_MOVED, to=to) for to in moves])
    status = moves[-1] if moves else "received"
    wanted = [] if "acknowledged" in moves else ["receipt"]
    wanted += ["tell"] if status in OUTCOMES and status != "do_not_contact" else []
    wanted += ["outcome", "reward"] if status in ("customer", "partner") else []
    assert rules(to_referrer(1, NOW, status, done)) == wanted


def test_the_reward_waits_out_its_hold():
    rows = {row.rule: row for row in to_referrer(1, NOW, "customer", Done(outcome_at=NOW))}
    assert (rows["tell"].since, rows["outcome"].since, rows["reward"].since) == (NOW, NOW, NOW + HOLD)


def test_of_whom_objected_nothing_is_told_and_thanks_stay():
    rows = to_referrer(1, NOW, "customer", Done(outcome_at=NOW), objected=True)
    assert rules(rows) == ["receipt", "outcome", "reward"]


def test_a_new_outcome_is_owed_word_and_thanks_anew():
    told = [act(Kind.REFERRAL_MOVED, to="no"), act(Kind.OUTCOME_TOLD)]
    assert rules(to_referrer(1, NOW, "no", done_for_referrer(told))) == ["receipt"]
    again = [*told, act(Kind.REFERRAL_MOVED, to="customer")]
    assert "tell" in rules(to_referrer(1, NOW, "customer", done_for_referrer(again)))


@pytest.mark.parametrize("level", THANKS)
def test_a_regulated_profession_gets_words_and_cards_only(level: str):
    for when in ("receipt", "outcome"):
        given_ = fitting(THANKS, level, when, is_regulated=True)
        assert given_
        assert not [each for each in given_ if "gift" in each]
    assert fitting(THANKS, "L4", "outcome", is_regulated=False) == ("card", "gift B")


@pytest.fixture
def plumber(database: Database, now: datetime) -> tuple[int, int]:
    """Who referred, and the number of the referral."""
    with database.write() as session:
        received.referral(session, now)
        row = session.scalars(select(Referral)).one()
        return row.referrer_id, row.id


def open_duties(database: Database) -> list[tuple[int, str]]:
    with database.read() as session:
        rows = session.scalars(select(Duty).where(Duty.done_at.is_(None)).order_by(Duty.event_id))
        return [(row.person_id, row.rule) for row in rows]


def test_both_ends_of_a_favour_are_owed_thanks_and_undoing_it_owes_nobody(database: Database, plumber, now: datetime):
    with database.write() as session:
        other, _ = changes.capture(session, "A roofer", now)
        changes.take_back(session, session.scalars(select(Event.id).where(Event.kind == Kind.MET)).one(), now)
        favour = changes.record_favour(session, Favour(other.id, plumber[0], text="Mended the roof"), now).id
        number = other.id
    assert sorted(open_duties(database)) == [(plumber[0], "favour"), (number, "favour")]
    with database.write() as session:
        assert changes.take_back(session, favour, now)
    assert open_duties(database) == []


def test_thanking_a_referrer_answers_him_and_taking_it_back_owes_it_again(database: Database, plumber, now: datetime):
    person, referral = plumber
    with database.write() as session:
        event = changes.thank(session, person, "card", now, "receipt", referral)
        assert changes.thank(session, person, "card", now, "receipt", referral) is None
        row = session.get_one(Referral, referral)
        assert row.thanked_at == now
        changes.take_back(session, event.id, now)
        assert row.thanked_at is None


def test_nobody_else_is_thanked_for_a_referral(database: Database, plumber, now: datetime):
    with database.write() as session:
        other, _ = changes.capture(session, "A roofer", now)
        with pytest.raises(changes.ChangeError, match="not owed"):
            changes.thank(session, other.id, "card", now, "receipt", plumber[1])


def test_everything_replays_from_the_events_alone(database: Database, plumber, now: datetime):
    person, referral = plumber
    with database.write() as session:
        changes.capture(session, "A roofer", now, where="At the market", next_on=changes.Next(now + A_DAY))
        for kind in (Kind.CALLED, Kind.ONE_TO_ONE_HELD, Kind.UPGRADED, Kind.INTEREST_OPENED):
            changes.log_act(session, person, kind, now)
        for kind in (Kind.PURCHASED, Kind.ONE_TO_ONE_BOOKED, Kind.PROMISE_MADE, Kind.PAUSED):
            changes.log_act(session, person, kind, now, day=now + A_DAY)
        changes.set_roles(session, person, ["vendor"], now)
        changes.set_interval(session, person, 10, 20, now)
        changes.put_off(session, person, "drift", now + A_DAY, now)
        changes.move_referral(session, referral, "customer", now)
        changes.tell_outcome(session, referral, now)
        changes.thank(session, person, "card", now, "outcome", referral)
        changes.record_favour(session, Favour(person, 2, text="Mended the pipes", category="plumber"), now)
        undone = changes.log_act(session, person, Kind.CARD_SENT, now)
        changes.take_back(session, undone.id, now)
    before = dump(database)
    with database.write() as session:
        session.execute(delete(Duty))
        session.execute(delete(PutOff))
        session.execute(update(Person).values(
            touched_at=None, thanked_at=None, drifts_at=None, lapses_at=None, term_ends_at=None, meets_at=None,
            contact_status="free", paused_until=None, confirmed_at=None,
        ))  # fmt: skip
        session.execute(update(Referral).values(
            status="received", outcome_at=None, told_at=None, outcome_thanked_at=None, thanked_at=None,
        ))  # fmt: skip
    with database.write() as session:
        replay(session)
    assert dump(database) == before


def test_a_call_logged_two_days_ago_means_no_reminder_today(database: Database, plumber, now: datetime):
    person, _ = plumber
    with database.write() as session:
        changes.set_interval(session, person, 30, 60, now)
        changes.log_act(session, person, Kind.CALLED, now, at=now - 100 * A_DAY)
        assert session.get_one(Person, person).drifts_at < now
        changes.log_act(session, person, Kind.CARD_SENT, now, at=now - 2 * A_DAY)
        assert session.get_one(Person, person).drifts_at == now + 28 * A_DAY


@pytest.mark.parametrize(("kind", "day", "choice"), [
    ("erased", None, ""), ("undone", None, ""), ("purchase", None, ""), ("paused", None, ""),
    ("interest_closed", None, "maybe"), ("contact_lifted", None, ""),
])  # fmt: skip
def test_what_is_no_act_or_says_too_little_is_refused(database: Database, plumber, now: datetime, kind, day, choice):
    with database.write() as session, pytest.raises(changes.ChangeError):
        changes.log_act(session, plumber[0], kind, now, day=day, choice=choice)

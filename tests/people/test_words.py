"""Referrals and events in words: every level, every station, every event has some."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from forms_service.forms import FORMS, referral
from forms_service.models import KINDS, LEVELS, OUTBOUND_STATUSES, SIDES, STATUSES, Kind
from forms_service.people.event_words import OUTBOUND_ACTS, SENT, SIDE_WORDS, Facts, words_for
from forms_service.people.referral_words import LEVEL_WORDS, MOVES, STATUS_WORDS, is_open, next_step
from forms_service.people.today_words import silent_for

BERLIN = ZoneInfo("Europe/Berlin")
DATA = {
    "level_confirmed": {"level": "L2"}, "referral_moved": {"to": "met"}, "referred_taken_up": {"person_id": 7},
    "outbound_moved": {"to": "helped"}, "outbound_asked": {"side": "asker"}, "outbound_agreed": {"side": "helper"},
    "one_to_one_booked": {"for": "2026-11-25T17:00:00+00:00"}, "interest_closed": {"as": "not_now"},
    "paused": {"until": "2026-11-25T17:00:00+00:00"}, "contact_lifted": {"by": "person"}, "roles_set": {"roles": []},
    "thanked": {"how": "card", "duty": ""}, "promise_made": {"due": "2026-11-25T17:00:00+00:00", "by": "person"},
    "follow_up_set": {"due": "2026-11-25T17:00:00+00:00"}, "referrer_asked": {"what": "remind"},
    "fact_noted": {"field": "usual", "from": "author"}, "noted_together": {"on": "sheet", "with": []},
    "own_yes_set": {"needed": True},
}  # fmt: skip


def test_every_level_and_station_has_words():
    assert set(LEVEL_WORDS) == set(LEVELS)
    assert set(STATUS_WORDS) == set(STATUSES)
    assert set(MOVES) < set(STATUSES)


@pytest.mark.parametrize(("level", "status", "reachable"), list(product(LEVELS, STATUSES, (True, False))))
def test_there_is_always_a_next_step(level: str, status: str, reachable: bool):
    assert next_step(level, status, reachable).endswith(".")


def test_nobody_is_written_to_before_they_know():
    assert "Do not write" in next_step("L1", "received", reachable=False)
    assert "Do not write" in next_step("L1", "acknowledged", reachable=True)
    assert "Do not write" in next_step("L2", "received", reachable=True, needs_own_yes=True)
    assert "Do not write" not in next_step("L3", "received", reachable=True, needs_own_yes=True)


@pytest.mark.parametrize("status", [status for status in STATUSES if not is_open(status)])
def test_after_the_end_only_the_referrer_is_left_to_thank(status: str):
    step = next_step("L4", status, reachable=True)
    assert "referrer" in step
    assert "You may write" not in step


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.UNDONE])
def test_every_event_is_told_as_a_sentence(kind: Kind):
    words = words_for(
        Facts(kind=kind, data=DATA.get(kind, {}), form="contact", referred="A teacher", referrer="A baker"), BERLIN
    )
    assert words[0].isupper()
    assert "_" not in words


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("one_to_one_booked", {"for": "2026-11-03T18:00:00+00:00", "timed": True},
         "You booked a one-to-one for November 3, 2026, 7:00 PM"),
        ("paused", {"until": "2026-11-29T23:00:00+00:00"}, "You leave them in peace until November 30, 2026"),
        ("put_off", {"until": "2026-11-29T23:00:00+00:00"}, "Put off until November 30, 2026"),
    ],
)  # fmt: skip
def test_hours_and_days_are_those_of_the_authors_clocks(kind: str, data: dict[str, object], words: str):
    assert words_for(Facts(kind, data), BERLIN) == words


def test_taking_up_reads_differently_on_each_timeline():
    facts = {"kind": "referred_taken_up", "data": {"person_id": 7}, "referred": "A teacher", "referrer": "A plumber"}
    assert words_for(Facts(**facts), BERLIN) == "You took A teacher into the list"
    assert words_for(Facts(**facts, is_referred=True), BERLIN) == "You took them into the list, referred by A plumber"


def test_forms_and_tables_know_the_same_levels_and_kinds():
    assert tuple(code for code, _ in referral.LEVELS) == LEVELS
    assert set(SENT) == set(KINDS) == set(FORMS)


def test_every_station_and_side_of_an_outbound_referral_has_words():
    assert set(SIDE_WORDS) == set(SIDES)
    assert set(OUTBOUND_ACTS) == set(OUTBOUND_STATUSES) - {"drafted", "asked", "agreed", "taken_back"}


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 day"), (2, "2 days"), (13, "13 days"), (14, "2 weeks"), (120, "4 months")]
)
def test_how_long_nothing_was_heard(days: int, said: str):
    now = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
    assert silent_for(now - timedelta(days=days), now) == said

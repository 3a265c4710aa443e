"""Staying in touch: counted from the last personal touch, for whomever it is, and never from what a machine sent."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Actor, Event, Kind, MailState, Note, Person
from forms_service.models.projection import record, replay
from forms_service.outbox import queue
from forms_service.people import changes, stages
from forms_service.people.days import day_of
from forms_service.people.queries.today_people import drifting
from tests.support import network, received

#: The author himself was in touch. Whatever else happens, and whoever does it, resets nothing.
PERSONAL = {
    Kind.MET, Kind.ONE_TO_ONE_HELD, Kind.CALLED, Kind.E_MAILED, Kind.IN_TOUCH, Kind.CARD_SENT, Kind.ANSWERED,
    Kind.THANKED, Kind.TERM_SPOKEN_OF, Kind.OUTCOME_TOLD, Kind.OUTBOUND_ASKED,
}  # fmt: skip


@pytest.mark.parametrize("kind", list(Kind), ids=str)
def test_only_a_personal_act_of_the_author_is_a_touch(kind: Kind):
    at = datetime(2026, 11, 18, tzinfo=UTC)
    event = Event(id=1, at=at, kind=kind, actor=Actor.AUTHOR, data={})
    assert (stages.last_touch([event]) == at) is (kind in PERSONAL)


def silent(database: Database, now: datetime) -> list[str]:
    """Whom Today says that he has not heard from for too long, the longest first."""
    with database.read() as session:
        return [person.name for person in drifting(session, day_of(now, ZoneInfo("UTC")))]


def met(database: Database, name: str, now: datetime, days: int, *acts: tuple[Kind, dict[str, object]]) -> int:
    """Somebody whom the author last called so many days ago, after these acts."""
    then = now - timedelta(days=days)
    with database.write() as session:
        number = network.person(session, name, then)
        for kind, data in acts:
            record(session, Event(at=then, kind=kind, actor=Actor.AUTHOR, person_id=number, data=data))
        changes.log_act(session, number, Kind.CALLED, then)
        return number


def test_each_drifts_after_the_interval_of_what_they_are(database: Database, now: datetime):
    ended = (now - timedelta(days=70)).isoformat()
    met(database, "Somebody", now, 91)
    met(database, "A former customer", now, 61, (Kind.PURCHASED, {"until": ended}))
    met(database, "A resting partner", now, 62, (Kind.PARTNER_CONFIRMED, {}))
    met(database, "A sister", now, 31, (Kind.ROLES_SET, {"roles": ["family"]}))
    met(database, "A weekly friend", now, 8, (Kind.INTERVAL_SET, {"ideal": 7, "maximum": 14}))
    for name, days in (("Somebody in time", 89), ("A customer in time", 59), ("A partner in time", 29)):
        kind = {"A customer in time": Kind.PURCHASED, "A partner in time": Kind.PARTNER_CONFIRMED}.get(name)
        met(database, name, now, days, *([(kind, {"until": ended})] if kind else []))
    assert silent(database, now) == [
        "A resting partner", "Somebody", "A former customer", "A sister", "A weekly friend",
    ]  # fmt: skip


def test_mail_that_a_machine_sends_resets_nothing(database: Database, config: Config, now: datetime):
    with database.write() as session:
        mail = received.contact(session, now - timedelta(days=200))
        number = session.get_one(Person, 1).id
        changes.log_act(session, number, Kind.CALLED, now - timedelta(days=100))
        mail_id = mail.id
    claim = queue.claim(database, mail_id, "worker", now)
    assert claim is not None
    queue.mark_sent(database, claim, now)
    with database.write() as session:
        assert session.get_one(type(mail), mail_id).state == MailState.SENT
        replay(session)
        assert session.get_one(Person, number).touched_at == now - timedelta(days=100)
    assert silent(database, now) == ["A gardener"]


def test_a_call_logged_two_days_ago_means_no_reminder_today(database: Database, now: datetime):
    number = met(database, "A friend", now, 400)
    assert silent(database, now) == ["A friend"]
    with database.write() as session:
        event = changes.log_act(session, number, Kind.CALLED, now, at=now - timedelta(days=2))
        assert event is not None
        event_id = event.id
    assert silent(database, now) == []
    with database.write() as session:
        changes.take_back(session, event_id, now)
    assert silent(database, now) == ["A friend"]


def test_calls_on_two_days_are_two_and_a_second_press_is_none(database: Database, now: datetime):
    number = met(database, "A friend", now, 400)
    yesterday, before = now - timedelta(days=1), now - timedelta(days=2)
    said = [(before, ""), (yesterday, "About the roses"), (yesterday, ""), (None, "")]
    with database.write() as session:
        logged = [
            changes.log_act(session, number, Kind.CALLED, now + timedelta(seconds=press), at=at, note=note)
            for press, (at, note) in enumerate(said)
        ]
        assert [event is not None for event in logged] == [True, True, False, True]
        assert session.get_one(Note, logged[1].id).text == "About the roses"
        assert session.get(Note, logged[0].id) is None

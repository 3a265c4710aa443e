"""The morning mail: once a day at the author's hour, Today in words, and nothing in it that could hurt."""

import dataclasses
import re
from datetime import UTC, datetime, time, timedelta
from threading import Event, Thread
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask, url_for
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bridge.identity import Identity
from forms_service.config import Config
from forms_service.db import Database
from forms_service.erasure.erase import erase_person
from forms_service.models import Kind, OutboxMail
from forms_service.outbox import worker
from forms_service.outbox.dispatch import Dispatcher
from forms_service.outbox.forget import forget_caught_mails
from forms_service.outbox.gather import NothingToSendError, gather
from forms_service.outbox.message import Email, Envelope, to_message
from forms_service.outbox.morning import is_time, queue_morning
from forms_service.outbox.morning_email import morning
from forms_service.people import changes
from forms_service.people.morning.pages import PATHS
from forms_service.people.today_words import Group, Row
from tests.support import network, received
from tests.support.project import until

NEW_YORK = ZoneInfo("America/New_York")
SEVEN = time(7)
MORNING = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # seven in New York


@pytest.fixture
def config(config: Config) -> Config:
    return dataclasses.replace(config, morning_mail=SEVEN)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "at", "due"),
    [
        ("2026-11-18T11:59", "07:00", False),
        ("2026-11-18T12:00", "07:00", True),
        ("2026-11-18T17:59", "07:00", True),
        ("2026-11-18T18:00", "07:00", False),  # a worker that starts in the afternoon lets the morning pass
        ("2026-03-08T10:59", "07:00", False),  # the day the clocks go forward
        ("2026-03-08T11:00", "07:00", True),
        ("2026-11-01T11:59", "07:00", False),  # the day they go back
        ("2026-11-01T12:00", "07:00", True),
        ("2026-03-08T07:29", "02:30", False),  # there is no half past two that day: half past three
        ("2026-03-08T07:30", "02:30", True),
        ("2026-11-01T05:30", "01:30", True),  # the first half past one of two
        ("2026-11-21T12:00", "07:00", False),  # Saturday, off
    ],
)
def test_it_is_time_by_the_authors_clocks(now: str, at: str, due: bool):
    assert is_time(moment(now), time.fromisoformat(at), ("Saturday",), NEW_YORK) is due


def mornings(database: Database) -> list[OutboxMail]:
    with database.read() as session:
        return list(session.scalars(select(OutboxMail).where(OutboxMail.kind == "morning").order_by(OutboxMail.id)))


def test_one_mail_a_day_however_often_the_worker_starts(config: Config, database: Database):
    assert not queue_morning(database, config, MORNING - timedelta(seconds=1))
    assert queue_morning(database, config, MORNING)
    for minutes in (0, 1, 300):
        assert not queue_morning(database, config, MORNING + timedelta(minutes=minutes))
    assert queue_morning(database, config, MORNING + timedelta(days=1))
    assert len(mornings(database)) == 2


def test_nobody_who_turned_it_off_gets_one(config: Config, database: Database):
    assert not queue_morning(database, dataclasses.replace(config, morning_mail=None), MORNING)


def test_an_empty_day_sends_nothing_unless_he_wants_to_know(config: Config, database: Database):
    queue_morning(database, config, MORNING)
    with database.read() as session:
        mail = session.scalars(select(OutboxMail)).one()
        with pytest.raises(NothingToSendError, match="nothing was owed"):
            gather(session, mail, config, MORNING)
        wanted = gather(session, mail, dataclasses.replace(config, morning_mail_when_empty=True), MORNING)
    assert "the day is yours" in " ".join(wanted.body.split())


def test_a_mail_that_could_not_leave_all_day_is_let_go(config: Config, database: Database):
    queue_morning(database, config, MORNING)
    with database.read() as session, pytest.raises(NothingToSendError, match="the day was over"):
        gather(session, session.scalars(select(OutboxMail)).one(), config, MORNING + timedelta(hours=17))


def a_morning(database: Database) -> int:
    """Somebody wrote, somebody referred, somebody was met; the number of whom he met."""
    with database.write() as session:
        received.contact(session, MORNING - timedelta(hours=3), name="A gardener")
        received.referral(session, MORNING - timedelta(hours=2))
        weaver = network.person(session, "A weaver", MORNING)
        changes.log_act(session, weaver, Kind.MET, MORNING - timedelta(days=1), note="at the market")
        return weaver


def test_it_leaves_once_and_says_what_today_says(config: Config, database: Database):
    a_morning(database)
    with database.write() as session:
        for mail in session.scalars(select(OutboxMail)):
            mail.state = "sent"
    queue_morning(database, config, MORNING)
    dispatcher = Dispatcher(config, database, "worker", lambda: MORNING)
    assert [dispatcher.send_due(Event()) for _ in range(2)] == [1, 0]
    caught = next(config.mail_dir.iterdir()).read_text()
    assert "Subject: Today: 1 to answer, 2 to thank" in caught
    assert "Message-ID: <morning-2026-11-18@example.com>" in caught


def test_the_worker_sends_it_when_the_hour_comes(config: Config, database: Database):
    a_morning(database)
    stop = Event()
    with time_machine.travel(MORNING, tick=True):
        working = Thread(target=worker.run, args=(config, database, stop))
        working.start()
        try:
            until(lambda: any("Subject: Today" in path.read_text() for path in config.mail_dir.glob("*.eml")))
        finally:
            stop.set()
            working.join(30)
    assert [mail.state for mail in mornings(database)] == ["sent"]


def test_its_rows_tell_who_why_and_where(config: Config, database: Database):
    weaver = a_morning(database)
    queue_morning(database, config, MORNING)
    with database.read() as session:
        body = gather(session, mornings(database)[0], config, MORNING).body
    assert " 1. A gardener (21 hours left)\n    Message.\n    > May I call you about the roses?\n" in body
    assert "\n    > at the market\n" in body
    assert f"\n    http://localhost/dashboard/people/{weaver}\n" in body
    assert body.index("REPLY") < body.index("THANK")


def test_whoever_is_erased_stands_in_no_caught_mail(config: Config, database: Database):
    weaver = a_morning(database)
    queue_morning(database, config, MORNING)
    Dispatcher(config, database, "worker", lambda: MORNING).send_due(Event())
    assert any("A weaver" in path.read_text() for path in config.mail_dir.iterdir())
    with database.write() as session:
        erase_person(session, weaver, MORNING + timedelta(hours=1))
    forget_caught_mails(database, config)
    assert not any("A weaver" in path.read_text() for path in config.mail_dir.iterdir())


def test_its_paths_are_the_dashboards_own(app: Flask):
    numbers = dict.fromkeys(("submission_id", "comment_id", "person_id", "referral_id", "outbound_id", "event_id"), 7)
    values = {**numbers, "rule": "receipt"}
    with app.test_request_context():
        for endpoint, path in PATHS.items():
            wanted = {name: value for name, value in values.items() if f"{{{name}}}" in path}
            assert url_for(f"dashboard.{endpoint}", **wanted) == path.format(**wanted)


NASTY = st.text(max_size=80) | st.sampled_from(
    [
        "A baker\r\nBcc: all@example.com",
        "https://evil.example/x",
        "\u202egnp.exe",
        "=?utf-8?q?x?=",
        "> quoted\n\n 2. You",
    ]
)


@given(who=NASTY, reason=NASTY, words=NASTY)
def test_nothing_typed_looks_like_the_mails_own_words_or_links(who: str, reason: str, words: str, identity: Identity):
    row = Row("r-1", who, ("person", {"person_id": 3}), reason, words=words)
    email = morning(identity, MORNING, [Group("reply", "Reply", (row,))])
    addresses = re.findall(r"\w+://\S+", email.body)
    assert addresses == ["https://example.com/dashboard/people/3", "https://example.com/dashboard/"]
    plain = morning(identity, MORNING, [Group("reply", "Reply", (dataclasses.replace(row, who="x", reason="y"),))])
    assert [line for line in email.body.splitlines() if line[:1].strip()] == [
        line for line in plain.body.splitlines() if line[:1].strip()
    ]
    assert email.subject == plain.subject
    message = to_message(
        Email(email.subject, email.body), Envelope("Me", "a@example.com", "b@example.com", "<1@x>", MORNING)
    )
    assert set(message.keys()) == {
        "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip

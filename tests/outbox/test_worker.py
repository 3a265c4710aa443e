"""The worker at work: several jobs, none of which holds up another, and an end when it is told to."""

import dataclasses
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from forms_service.config import Config
from forms_service.db import Database, make_engine
from forms_service.models import OutboxMail, Referral, StaleArticle, SubmissionKey
from forms_service.moderation.decide import mark_stale
from forms_service.outbox import worker
from forms_service.outbox.worker import Job
from tests.support import received
from tests.support.smtp import Mailbox, mail_server, silent_server

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
PATIENCE = 30.0


@contextmanager
def working(config: Config, database: Database) -> Iterator[Event]:
    """A worker in a thread of its own; the event that ends it."""
    stop = Event()
    thread = Thread(target=worker.run, args=(config, database, stop))
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def eventually(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def state(database: Database) -> str:
    with database.read() as session:
        return session.scalars(select(OutboxMail.state)).one()


def fingerprints(database: Database) -> list[SubmissionKey]:
    with database.read() as session:
        return list(session.scalars(select(SubmissionKey)))


def is_stale(database: Database) -> bool:
    with database.read() as session:
        return session.scalars(select(StaleArticle)).first() is not None


def test_what_waits_is_sent_and_what_is_old_is_swept(config: Config, database: Database, now: datetime):
    with database.write() as session:
        received.contact(session, now)
        session.add(SubmissionKey(fingerprint="f" * 64, reference="K7QM3F", at=LONG_AGO))
    with working(config, database):
        eventually(lambda: state(database) == "sent")
        eventually(lambda: not fingerprints(database))
    assert len(list(config.mail_dir.iterdir())) == 1


def test_whoever_has_not_agreed_goes_by_themselves_from_rows_and_from_bytes(config: Config, database: Database):
    with database.write() as session:
        received.referral(session, LONG_AGO, level="L1", referred_name="A clockmaker")
    with working(config, database):
        eventually((config.var_dir / "scrubbed").exists)
    with database.read() as session:
        gone = session.scalars(select(Referral)).one()
        assert (gone.status, gone.referred_name, gone.need) == ("expired", "", "")


def test_a_mail_server_that_hangs_holds_up_no_page(config: Config, database: Database, now: datetime):
    with database.write() as session:
        received.contact(session, now)
    with silent_server() as url, working(dataclasses.replace(config, smtp_url=url), database):
        eventually(lambda: state(database) == "sending")
        with database.write() as session:
            mark_stale(session, "2026/11/thanks", now)
        eventually(lambda: not is_stale(database))
        assert state(database) == "sending"
    # The server is gone, so the delivery it held up ends and says so; the database must not be taken away before.
    eventually(lambda: not any(thread.name == "post" for thread in threading.enumerate()))


def test_two_workers_share_the_mail(config: Config, database: Database, now: datetime):
    with mail_server(Mailbox()) as mailbox:
        config = dataclasses.replace(config, smtp_url=mailbox.url)
        other = Database(make_engine(config.database_url))
        with working(config, database), working(config, other):
            for _ in range(10):
                with database.write() as session:
                    received.contact(session, now)
            eventually(lambda: len(mailbox.raw) >= 10)
        other.engine.dispose()
    assert len({message["Message-ID"] for message in mailbox.messages}) == len(mailbox.messages) == 10


class Moody:
    """Fails as it is told to, in turn; then works."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.done = 0

    def __call__(self) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.done += 1


def test_a_failure_is_told_in_one_line_and_once(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worker, "PAUSE_AFTER_FAILURE", 0.0)
    gone = OperationalError("SELECT 1", {}, Exception("the server closed the connection\nunexpectedly"))
    act = Moody(gone, gone)
    job = Job("sending mail", act, every=0.0)
    with caplog.at_level(logging.INFO):
        for _ in range(4):
            job.turn()
    assert act.done == 2
    first, second = (record.getMessage() for record in caplog.records)
    assert first.startswith("sending mail failed and is tried again: OperationalError: ")
    assert "\n" not in first
    assert second == "sending mail works again"


def test_after_a_failure_a_job_waits_before_it_is_tried_again():
    act = Moody(ValueError("no"))
    job = Job("sending mail", act, every=0.0)
    job.turn()
    job.turn()
    assert act.done == 0

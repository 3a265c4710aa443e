"""A worker killed at any step between claiming a mail and writing down that it went: the mail arrives.

The worker is the real one, in a process of its own. What holds it at a step is a mail server that
falls silent there, or a lock on the row it wants to write; then it gets SIGKILL.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import select

from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import OutboxMail
from forms_service.outbox.dispatch import Dispatcher
from forms_service.outbox.queue import LEASE
from tests.conftest import ROOT
from tests.support import received
from tests.support.smtp import STEPS, Mailbox, crowded_server, mail_server, silent_server

PATIENCE = 60.0


@dataclass
class Stage:
    """A worker held at one step: where it delivers to, and when it got there."""

    url: str
    wait: Callable[[], object]
    mailbox: Mailbox


def the_mail(database: Database) -> OutboxMail:
    with database.read() as session:
        return session.scalars(select(OutboxMail)).one()


def eventually(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def worker_process(config: Config, smtp_url: str) -> Iterator[subprocess.Popen[bytes]]:
    settings = {
        "SECRET_KEY": config.secret_key, "DATABASE_URL": config.database_url, "VAR_DIR": str(config.var_dir),
        "OUTPUT_DIR": str(config.output_dir), "SITEURL": config.identity.url, "SMTP_URL": smtp_url,
        "MAIL_TO": config.mail_to, "MAIL_FROM": config.mail_from,
        "MORNING_MAIL": "off",
    }  # fmt: skip
    command = [sys.executable, "-m", "forms_service", "work"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def claimed(database: Database) -> None:
    eventually(lambda: the_mail(database).state == "sending")


@contextmanager
def before_the_connection(database: Database) -> Iterator[Stage]:
    with crowded_server() as url:
        yield Stage(url, lambda: claimed(database), Mailbox())


@contextmanager
def before_the_greeting(database: Database) -> Iterator[Stage]:
    with silent_server() as url:
        yield Stage(url, lambda: claimed(database), Mailbox())


def in_the_middle(step: str) -> Callable[[Database], AbstractContextManager[Stage]]:
    @contextmanager
    def stage(database: Database) -> Iterator[Stage]:
        with mail_server(Mailbox(stall=step)) as mailbox:
            yield Stage(mailbox.url, lambda: mailbox.reached.wait(PATIENCE), mailbox)

    return stage


@contextmanager
def after_it_was_accepted(database: Database) -> Iterator[Stage]:
    """The server has said yes and heard the goodbye, but nobody can write to the row just now."""
    with mail_server(Mailbox(stall="DATA")) as mailbox:

        def wait() -> None:
            assert mailbox.reached.wait(PATIENCE)
            holding = database.write()
            session = holding.__enter__()
            session.get(OutboxMail, 1, with_for_update=True)
            held.append(holding)
            mailbox.may_answer.set()
            assert mailbox.said_goodbye.wait(PATIENCE)

        held: list[AbstractContextManager[object]] = []
        try:
            yield Stage(mailbox.url, wait, mailbox)
        finally:
            for holding in held:
                holding.__exit__(None, None, None)


STAGES = {
    "before the connection": (before_the_connection, 0),
    "before the greeting": (before_the_greeting, 0),
    **{f"in {step}": (in_the_middle(step), int(step == "DATA")) for step in STEPS},
    "after it was accepted": (after_it_was_accepted, 1),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_mail_survives_its_worker(stage: str, config: Config, database: Database):
    held_at, already_there = STAGES[stage]
    with database.write() as session:
        received.contact(session, datetime.now(UTC))
    with held_at(database) as held, worker_process(config, held.url) as process:
        held.wait()
        process.kill()
        process.wait()
    assert the_mail(database).state == "sending"
    assert len(held.mailbox.raw) == already_there
    with mail_server(Mailbox()) as mailbox:
        send_as_another_worker(replace(config, smtp_url=mailbox.url), database)
    arrived = held.mailbox.messages + mailbox.messages
    assert len(mailbox.messages) == 1
    assert {message["Message-ID"] for message in arrived} == {the_mail(database).message_id}
    assert the_mail(database).state == "sent"


def send_as_another_worker(config: Config, database: Database) -> None:
    """Nothing while the dead worker's lease lasts; then the mail."""
    claimed_at = the_mail(database).claimed_at
    assert claimed_at is not None
    for at, sent in ((claimed_at + LEASE / 2, 0), (claimed_at + LEASE, 1)):
        assert Dispatcher(config, database, "another", lambda at=at: at).send_due(Event()) == sent

"""From a waiting row to a delivered mail, against real mail servers."""

import dataclasses
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from threading import Event

from sqlalchemy import select

from forms_service.config import Config
from forms_service.db import Database, make_engine
from forms_service.models import OutboxMail
from forms_service.moderation import decide
from forms_service.outbox.deliver import PATIENCE, Patience
from forms_service.outbox.dispatch import Dispatcher
from tests.support import received
from tests.support.smtp import Mailbox, closed_port, mail_server, silent_server

NEVER = Event()


def dispatcher(
    config: Config, database: Database, url: str, now: datetime, worker: str = "one", patience: Patience = PATIENCE
) -> Dispatcher:
    return Dispatcher(dataclasses.replace(config, smtp_url=url), database, worker, lambda: now, patience)


def put(database: Database, make: Callable[..., OutboxMail], now: datetime, **changed: str) -> None:
    with database.write() as session:
        make(session, now, **changed)


def rows(database: Database) -> list[OutboxMail]:
    with database.read() as session:
        return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_a_waiting_mail_reaches_the_author(config: Config, database: Database, now: datetime):
    put(database, received.contact, now)
    with mail_server(Mailbox()) as mailbox:
        assert dispatcher(config, database, mailbox.url, now).send_due(NEVER) == 1
    (mail,) = rows(database)
    assert (mail.state, mail.sent_at, mail.attempts, mail.claimed_by) == ("sent", now, 1, None)
    assert mailbox.envelopes == [("forms@example.com", ["author@example.com"])]
    assert mailbox.messages[0]["Message-ID"] == mail.message_id
    assert mailbox.messages[0]["Reply-To"] == "gardener@example.com"
    assert "> May I call you about the roses?" in mailbox.messages[0].get_content()


def test_nobody_but_the_author_is_written_to(config: Config, database: Database, now: datetime):
    hostile = "thief@example.com\r\nBcc: thief@example.com\r\n\r\nBuy!"
    put(database, received.contact, now, name=hostile, email=hostile, message=hostile)
    put(database, received.comment, now, name=hostile, email="a@example.com,thief@example.com", text=hostile)
    put(database, received.referral, now, name=hostile, email=hostile + "\n", referred_name=hostile, need=hostile)
    with mail_server(Mailbox()) as mailbox:
        dispatcher(config, database, mailbox.url, now).send_due(NEVER)
    assert [recipients for _, recipients in mailbox.envelopes] == [["author@example.com"]] * 3
    for message in mailbox.messages:
        assert message["To"] == "author@example.com"
        assert "Reply-To" not in message
        assert "Bcc" not in message
        assert "thief@example.com" in message.get_content()


def test_a_server_that_is_down_loses_nothing(config: Config, database: Database, now: datetime):
    put(database, received.contact, now)
    url = f"smtp+insecure://127.0.0.1:{closed_port()}"
    dispatcher(config, database, url, now).send_due(NEVER)
    (mail,) = rows(database)
    assert mail.state == "queued"
    assert mail.last_error == "127.0.0.1 could not be reached: Connection refused"
    with mail_server(Mailbox()) as mailbox:
        assert dispatcher(config, database, mailbox.url, now).send_due(NEVER) == 0
        assert dispatcher(config, database, mailbox.url, now + timedelta(minutes=1)).send_due(NEVER) == 1
    assert (rows(database)[0].state, rows(database)[0].last_error) == ("sent", None)


def test_a_busy_server_gets_it_later(config: Config, database: Database, now: datetime):
    put(database, received.contact, now)
    with mail_server(Mailbox("451 Busy, come back later")) as mailbox:
        dispatcher(config, database, mailbox.url, now).send_due(NEVER)
        assert rows(database)[0].last_error == "127.0.0.1 refused the message: 451 Busy, come back later"
        dispatcher(config, database, mailbox.url, now + timedelta(minutes=1)).send_due(NEVER)
    assert len(mailbox.messages) == 1
    assert (rows(database)[0].state, rows(database)[0].attempts) == ("sent", 2)


def test_a_final_no_is_shown_with_the_servers_words(config: Config, database: Database, now: datetime):
    put(database, received.contact, now)
    with mail_server(Mailbox(at_recipient="550 Nobody of that name")) as mailbox:
        dispatcher(config, database, mailbox.url, now).send_due(NEVER)
    (mail,) = rows(database)
    assert (mail.state, mail.last_error) == ("failed", "127.0.0.1 refused the recipient: 550 Nobody of that name")


def test_a_server_that_hangs_gets_it_later(config: Config, database: Database, now: datetime):
    put(database, received.contact, now)
    with silent_server() as url:
        dispatcher(config, database, url, now, patience=Patience(step=0.3, deadline=0.6)).send_due(NEVER)
    assert rows(database)[0].state == "queued"
    assert "timed out" in str(rows(database)[0].last_error)


def test_a_mail_that_cannot_be_composed_keeps_no_other(config: Config, database: Database, now: datetime, caplog):
    put(database, received.referral, now, level="L9")
    put(database, received.contact, now)
    with mail_server(Mailbox()) as mailbox:
        dispatcher(config, database, mailbox.url, now).send_due(NEVER)
    first, second = rows(database)
    assert (first.state, first.last_error) == ("queued", "KeyError: 'L9'")
    assert "L9" not in caplog.text, "an exception's message may hold a visitor's words"
    assert second.state == "sent"


def test_what_was_called_spam_meanwhile_stays_here(config: Config, database: Database, now: datetime):
    put(database, received.comment, now)
    with database.write() as session:
        decide.mark_spam(session, 1, now)
    with mail_server(Mailbox()) as mailbox:
        dispatcher(config, database, mailbox.url, now).send_due(NEVER)
    assert rows(database)[0].state == "silenced"
    assert mailbox.messages == []


def test_a_sign_in_link_that_ended_is_held_back_with_the_reason(config: Config, database: Database, now: datetime):
    with database.write() as session:
        received.sign_in(session, now, now + timedelta(minutes=15))
    with mail_server(Mailbox()) as mailbox:
        dispatcher(config, database, mailbox.url, now + timedelta(hours=1)).send_due(NEVER)
    (mail,) = rows(database)
    assert mail.state == "silenced"
    assert mail.last_error == "the sign-in link ended before it could be sent; ask for a new one"


def test_nothing_is_begun_once_the_worker_is_to_stop(config: Config, database: Database, now: datetime):
    put(database, received.contact, now)
    stop = Event()
    stop.set()
    with mail_server(Mailbox()) as mailbox:
        assert dispatcher(config, database, mailbox.url, now).send_due(stop) == 0
    assert rows(database)[0].attempts == 0


def test_in_development_mail_is_caught_in_a_file(config: Config, database: Database, now: datetime):
    put(database, received.contact, now)
    Dispatcher(config, database, "one", lambda: now).send_due(NEVER)
    (path,) = config.mail_dir.iterdir()
    assert path.name == "20261118T150000Z-1.eml"
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["Subject"] == "A gardener wrote to you"
    assert rows(database)[0].state == "sent"


def test_the_same_mail_caught_twice_is_one_file(config: Config, database: Database, now: datetime):
    put(database, received.contact, now)
    for later in (timedelta(0), timedelta(minutes=11)):
        Dispatcher(config, database, "one", lambda later=later: now + later).send_due(NEVER)
        with database.write() as session:
            session.get_one(OutboxMail, 1).state = "queued"
    assert len(list(config.mail_dir.iterdir())) == 1


def test_a_folder_that_takes_no_mail_loses_nothing(config: Config, database: Database, now: datetime):
    put(database, received.contact, now)
    config.mail_dir.write_text("a file where a folder should be")
    Dispatcher(config, database, "one", lambda: now).send_due(NEVER)
    assert rows(database)[0].state == "queued"
    assert "mail" in str(rows(database)[0].last_error)


def test_many_workers_send_each_mail_once(config: Config, database_url: str, now: datetime):
    databases = [Database(make_engine(database_url)) for _ in range(4)]
    with databases[0].write() as session:
        for _ in range(100):
            received.contact(session, now)
    with mail_server(Mailbox()) as mailbox:

        def work(number: int) -> int:
            worker = dispatcher(config, databases[number], mailbox.url, now, f"worker {number}")
            # Each looks at the head of the same queue, so that they are in each other's way all the time.
            return sum(worker.send_due(NEVER) for _ in range(48))

        with ThreadPoolExecutor(len(databases)) as pool:
            assert sum(pool.map(work, range(len(databases)))) == 100
    assert Counter(message["Message-ID"] for message in mailbox.messages) == Counter(
        mail.message_id for mail in rows(databases[0])
    )
    for database in databases:
        database.engine.dispose()

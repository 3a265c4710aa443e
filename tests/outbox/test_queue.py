"""Claims: one worker at a time holds a mail, and a dead worker's mail comes back."""

from datetime import datetime, timedelta

from forms_service.db import Database
from forms_service.models import OutboxMail
from forms_service.outbox import queue
from forms_service.outbox.changes import retry_mail
from forms_service.outbox.queue import LEASE, Claim
from forms_service.outbox.retry import MOST_ATTEMPTS
from tests.support import received


def waiting_mail(database: Database, now: datetime, **more) -> int:
    with database.write() as session:
        return received.mail(session, "contact_received", now, **more).id


def row(database: Database, mail_id: int) -> OutboxMail:
    with database.read() as session:
        return session.get_one(OutboxMail, mail_id)


def claimed(database: Database, mail_id: int, now: datetime, worker: str = "one") -> Claim:
    claim = queue.claim(database, mail_id, worker, now)
    assert claim is not None
    return claim


def test_a_mail_is_claimed_once(database: Database, now: datetime):
    mail_id = waiting_mail(database, now)
    assert claimed(database, mail_id, now).attempts == 1
    assert queue.claim(database, mail_id, "two", now) is None
    assert queue.due(database, now) == []


def test_a_mail_waits_for_its_time(database: Database, now: datetime):
    mail_id = waiting_mail(database, now)
    assert queue.due(database, now - timedelta(seconds=1)) == []
    assert queue.claim(database, mail_id, "one", now - timedelta(seconds=1)) is None
    assert queue.due(database, now) == [mail_id]


def test_a_dead_workers_mail_comes_back_when_its_lease_has_run_out(database: Database, now: datetime):
    mail_id = waiting_mail(database, now)
    claimed(database, mail_id, now)
    assert queue.claim(database, mail_id, "two", now + LEASE - timedelta(seconds=1)) is None
    assert claimed(database, mail_id, now + LEASE, "two").attempts == 2


def test_a_failure_is_put_back_for_later(database: Database, now: datetime):
    mail_id = waiting_mail(database, now)
    queue.put_back(database, claimed(database, mail_id, now), "it was down", now)
    mail = row(database, mail_id)
    assert (mail.state, mail.last_error, mail.claimed_by) == ("queued", "it was down", None)
    assert mail.next_attempt_at == now + timedelta(minutes=1)


def test_after_a_day_of_trying_a_mail_is_given_up_visibly(database: Database, now: datetime):
    mail_id = waiting_mail(database, now, attempts=MOST_ATTEMPTS - 1)
    queue.put_back(database, claimed(database, mail_id, now), "it was down", now)
    mail = row(database, mail_id)
    assert (mail.state, mail.last_error) == ("failed", "it was down (given up after a day of trying)")
    assert queue.due(database, now + timedelta(days=9)) == []


def test_a_late_failure_does_not_touch_somebody_elses_claim(database: Database, now: datetime):
    mail_id = waiting_mail(database, now)
    late = claimed(database, mail_id, now)
    claimed(database, mail_id, now + LEASE, "two")
    queue.put_back(database, late, "it was slow", now + LEASE)
    assert (row(database, mail_id).state, row(database, mail_id).claimed_by) == ("sending", "two")


def test_a_late_success_counts(database: Database, now: datetime):
    mail_id = waiting_mail(database, now)
    late = claimed(database, mail_id, now)
    second = claimed(database, mail_id, now + LEASE, "two")
    queue.mark_sent(database, late, now + LEASE)
    queue.put_back(database, second, "it was down", now + LEASE)
    assert row(database, mail_id).state == "sent"


def test_a_mail_that_was_given_up_can_be_sent_again(database: Database, now: datetime):
    mail_id = waiting_mail(database, now, attempts=7)
    queue.give_up(database, claimed(database, mail_id, now), "550 Nobody of that name")
    with database.write() as session:
        assert retry_mail(session, mail_id, now)
        assert not retry_mail(session, mail_id, now)
    mail = row(database, mail_id)
    assert (mail.state, mail.attempts) == ("queued", 0)
    assert mail.last_error == "550 Nobody of that name"
    assert queue.due(database, now) == [mail_id]


def test_what_is_silenced_stays_silent(database: Database, now: datetime):
    mail_id = waiting_mail(database, now)
    queue.silence(database, claimed(database, mail_id, now), "marked as spam before it was sent")
    assert row(database, mail_id).state == "silenced"
    assert queue.due(database, now + timedelta(days=9)) == []

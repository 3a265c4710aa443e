"""What is swept, and what stays."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from forms_service.db import Database
from forms_service.models import AuthorSession, Base, OutboxMail, RateWindow, SignInLink, Submission, SubmissionKey
from forms_service.outbox.housekeeping import sweep
from tests.support import received

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def number(database: Database, table: type[Base]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_counters_and_fingerprints_go_after_two_days(database: Database, now: datetime):
    with database.write() as session:
        for hours in (1, 47, 49):
            at = now - hours * HOUR
            session.add(RateWindow(key="k" * 64, slot=int(at.timestamp() / 60), hits=1))
            session.add(SubmissionKey(fingerprint=f"{hours:064}", reference="K7QM3F", at=at))
    sweep(database, now)
    assert (number(database, RateWindow), number(database, SubmissionKey)) == (2, 2)


def test_sign_ins_go_a_month_after_they_ended(database: Database, now: datetime):
    with database.write() as session:
        for days in (29, 31):
            received.sign_in(session, now - days * DAY, now - days * DAY)
            session.add(AuthorSession(token_hash=f"{days:064}", created_at=now - 90 * DAY, expires_at=now - days * DAY))
        session.add(
            AuthorSession(
                token_hash="r" * 64, created_at=now - 90 * DAY, expires_at=now + DAY, revoked_at=now - 31 * DAY
            )
        )
    sweep(database, now)
    assert (number(database, SignInLink), number(database, AuthorSession)) == (1, 1)
    assert number(database, OutboxMail) == 2


def test_no_word_of_a_visitor_is_ever_swept(database: Database, now: datetime):
    with database.write() as session:
        received.contact(session, now)
    sweep(database, now + 3650 * DAY)
    assert number(database, Submission) == 1
    assert number(database, OutboxMail) == 1

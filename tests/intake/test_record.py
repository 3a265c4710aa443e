"""One transaction: the same words once, new words again, all rows or none, also when many come at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import sleep
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import MultiDict

from forms_service.db import Database
from forms_service.forms import FORMS
from forms_service.intake import record
from forms_service.intake.arrival import Circumstances
from forms_service.intake.record import take_in
from forms_service.models import Comment, Event, Person, Referral, Submission
from forms_service.models.projection import replay
from tests.intake.conftest import WORDS, counts, fields, rows

SECRET = "a secret for tests only"


def form_of(kind: str, **changes: str) -> Any:
    form = FORMS[kind](MultiDict(fields(kind, **changes)))
    assert form.validate(), form.failures
    return form


def take(database: Database, kind: str, now: datetime, **changes: str):
    return take_in(database, SECRET, form_of(kind, **changes), Circumstances(now))


@pytest.mark.parametrize("kind", ["comment", "contact", "referral"])
def test_a_second_click_adds_nothing_and_gets_the_same_receipt(database: Database, now: datetime, kind: str):
    first = take(database, kind, now)
    before = counts(database)
    assert take(database, kind, now + timedelta(minutes=5)) == first
    assert counts(database) == before


def test_new_words_of_the_same_person_are_a_second_submission(database: Database, now: datetime):
    take(database, "contact", now)
    take(database, "contact", now, message="And one more thing.")
    assert (counts(database)["submission"], counts(database)["person"]) == (2, 1)


@pytest.mark.parametrize("change", [{"looking_for": "A tenor"}, {"phone": "212 555 0123"}, {"name": "A builder"}])
def test_no_detail_is_lost_to_a_second_click(database: Database, now: datetime, change: dict[str, str]):
    take(database, "contact", now)
    take(database, "contact", now, **change)
    assert counts(database)["submission"] == 2


def test_the_same_words_under_another_essay_are_another_comment(database: Database, now: datetime):
    take(database, "comment", now)
    take(database, "comment", now, article="2026/11/other")
    assert counts(database)["comment"] == 2


@pytest.mark.parametrize(("hours", "submissions"), [(23.9, 1), (24, 2), (24.1, 2)])
def test_the_same_words_count_again_after_a_day(database: Database, now: datetime, hours: float, submissions: int):
    take(database, "contact", now)
    take(database, "contact", now + timedelta(hours=hours))
    assert counts(database)["submission"] == submissions


def test_a_day_is_counted_from_what_was_taken_in_not_from_the_last_click(database: Database, now: datetime):
    for hours in (0, 20, 40):
        take(database, "contact", now + timedelta(hours=hours))
    assert counts(database)["submission"] == 2


def test_the_same_words_at_the_same_moment_are_one_submission(database: Database, now: datetime):
    with ThreadPoolExecutor(8) as many:
        receipts = list(many.map(lambda _: take(database, "referral", now), range(8)))
    assert len(set(receipts)) == 1
    assert {counts(database)[table] for table in ("submission", "person", "referral", "event", "outbox_mail")} == {1}


def test_two_clicks_in_one_transaction_are_one_submission(database: Database, now: datetime):
    """Both waited while somebody else wrote, and were then written together."""
    with ThreadPoolExecutor(4) as many:
        with database.write():
            clicks = [many.submit(take, database, "contact", now) for _ in range(4)]
            sleep(0.2)
        receipts = [click.result(20) for click in clicks]
    assert len(set(receipts)) == 1
    assert (counts(database)["submission"], counts(database)["outbox_mail"]) == (1, 1)


def test_first_posts_of_one_address_at_the_same_moment_are_one_person(database: Database, now: datetime):
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda n: take(database, "contact", now, message=f"Number {n}"), range(8)))
    assert (counts(database)["submission"], counts(database)["person"]) == (8, 1)
    assert sorted(s.is_claim for s in rows(database, Submission)) == [False] + [True] * 7


def test_replaying_the_events_changes_nothing(database: Database, now: datetime):
    for kind in ("comment", "contact", "referral"):
        take(database, kind, now)
    models = (Submission, Comment, Referral, Person)
    before = [[row.__dict__ | {"_sa_instance_state": None} for row in rows(database, model)] for model in models]
    with database.write() as session:
        replay(session)
    after = [[row.__dict__ | {"_sa_instance_state": None} for row in rows(database, model)] for model in models]
    assert after == before


def test_a_failure_halfway_leaves_no_row(database: Database, now: datetime):
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE outbox_mail RENAME TO elsewhere"))
    with pytest.raises(SQLAlchemyError):
        take(database, "comment", now)
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO outbox_mail"))
    assert counts(database) == {}
    take(database, "comment", now)  # and the same words are welcome afterwards
    assert counts(database)["submission"] == 1


def test_a_reference_drawn_twice_is_drawn_again(database: Database, now: datetime, monkeypatch):
    drawn = iter(["K7QM3FXD", "K7QM3FXD", "W2RT9ACE"])
    monkeypatch.setattr(record, "new_reference", lambda: next(drawn))
    take(database, "contact", now)
    assert take(database, "contact", now, message="Another").reference == "W2RT9ACE"


def test_what_is_stored_as_a_fingerprint_tells_no_address(now: datetime):
    mark = record.fingerprint(SECRET, form_of("contact"))
    assert mark != record.fingerprint("another secret", form_of("contact"))
    assert len(mark) == 64


def test_all_kinds_are_known_to_the_words_of_these_tests():
    assert set(WORDS) == set(FORMS)


def test_the_event_of_a_submission_stands_at_its_moment(database: Database, now: datetime):
    take(database, "contact", now)
    assert [(event.at, event.kind) for event in rows(database, Event)] == [(now, "submitted")]

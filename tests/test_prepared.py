"""Prepared statements keep, find and refuse what SQLAlchemy's own execution would."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError

from forms_service.db import Database
from forms_service.models import OutboxMail, Person, RateWindow, Submission
from forms_service.prepared import Adding, Prepared

TABLE: Any = Person.__table__
NAMES = ("name", "folded_name", "created_at", "source")
ADDING = Adding(TABLE, NAMES)
FINDING = Prepared(lambda _: select(Person.id).where(Person.name == bindparam("wanted")).order_by(Person.id).limit(1))


def values(now: datetime, **changes: Any) -> dict[str, Any]:
    return {"name": "A baker", "folded_name": "a baker", "created_at": now, "source": "form", **changes}


def test_a_row_comes_back_as_it_was_given(database: Database, now: datetime):
    key = database.run(lambda connection: ADDING.key(connection, values(now, name="Zoë % 100 :x ?")))
    with database.read() as session:
        person = session.get_one(Person, key)
        assert (person.name, person.created_at, person.source) == ("Zoë % 100 :x ?", now, "form")


def test_json_comes_back_as_it_was_given(database: Database, now: datetime):
    payload = {"text": "“Thank you”\n\n%s", "name": None, "list": [1, True]}
    row = {
        "reference": "K7QM3FXD", "kind": "contact", "payload": payload, "received_at": now, "is_claim": False,
        "network": "", "suspicions": ["odd"],
    }  # fmt: skip
    table: Any = Submission.__table__
    adding = Adding(table, tuple(row))
    key = database.run(lambda connection: adding.key(connection, row))
    with database.read() as session:
        kept = session.get_one(Submission, key)
        assert (kept.payload, kept.suspicions, kept.is_claim) == (payload, ["odd"], False)


def test_what_the_statement_itself_holds_need_not_be_said(database: Database, now: datetime):
    def work(connection: Any) -> tuple[int, int, Any]:
        first, second = (ADDING.key(connection, values(now, name="Twice")) for _ in range(2))
        return first, second, FINDING.first(connection, {"wanted": "Twice"})

    first, second, found = database.run(work)
    assert first < second
    assert tuple(found) == (first,)


def test_nothing_found_is_none(database: Database):
    assert database.run(lambda connection: FINDING.first(connection, {"wanted": "Nobody"})) is None
    assert database.run(lambda connection: FINDING.scalar(connection, {"wanted": "Nobody"})) is None


def test_a_refusal_is_sqlalchemys_own_and_keeps_nothing(database: Database, now: datetime):
    table: Any = RateWindow.__table__
    counting = Prepared(lambda _: insert(table).returning(table.c.hits), ("key", "slot", "hits"))
    row = {"key": "a" * 64, "slot": 1, "hits": 1}

    def twice(connection: Any) -> None:
        ADDING.key(connection, values(now, name="Taken back"))
        counting.first(connection, row)
        counting.first(connection, row)

    with pytest.raises(IntegrityError):
        database.run(twice)
    assert database.run(lambda connection: FINDING.scalar(connection, {"wanted": "Taken back"})) is None


def test_an_errors_message_holds_no_values(database: Database, now: datetime):
    with pytest.raises(DBAPIError) as failed:
        database.run(lambda connection: ADDING.key(connection, values(now, name=None, source="between us two")))
    assert "between us two" not in str(failed.value).split("DETAIL")[0]


def test_a_missing_table_is_an_error_of_the_database(database: Database, now: datetime):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE person RENAME TO people")
    with pytest.raises((OperationalError, ProgrammingError)):
        database.run(lambda connection: ADDING.key(connection, values(now)))


def test_a_moment_without_a_zone_is_refused(database: Database, now: datetime):
    with pytest.raises((ValueError, SQLAlchemyError), match="without a zone"):
        database.run(lambda connection: ADDING.key(connection, values(now.replace(tzinfo=None))))


def test_an_insert_that_leaves_a_default_to_python_is_refused(database: Database, now: datetime):
    table: Any = OutboxMail.__table__
    careless = Adding(table, ("kind", "message_id", "created_at"))
    row = {"kind": "sign_in", "message_id": "<1@localhost>", "created_at": now}
    with pytest.raises(ValueError, match="say attempts, state too"):
        database.run(lambda connection: careless.key(connection, row))

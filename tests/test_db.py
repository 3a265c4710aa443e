"""The database: durable, orderly, and plain-spoken when it cannot be reached."""

from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError

from forms_service.db import Database, DatabaseError, make_engine, schema_of, upgrade
from forms_service.models import ContactPoint, Person


def person(now: datetime) -> Person:
    return Person(name="A baker", created_at=now, source="form")


def test_sqlite_is_durable_and_keeps_its_foreign_keys(tmp_path: Path):
    engine = make_engine(f"sqlite:///{tmp_path}/x.sqlite3")
    with engine.connect() as connection:
        pragmas = {
            name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_write_that_raises_leaves_nothing(database: Database, now: datetime):
    def write_and_fail() -> None:
        with database.write() as session:
            session.add(person(now))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_reading_keeps_nothing(database: Database, now: datetime):
    with database.read() as session:
        session.add(person(now))
        session.flush()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_a_row_that_points_nowhere_is_refused(database: Database, now: datetime):
    orphan = ContactPoint(person_id=99, kind="email", value="a", normalised="a", source="self", added_at=now)
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(orphan)


def test_a_time_without_a_zone_is_refused(database: Database, now: datetime):
    with pytest.raises(StatementError, match="without a zone"), database.write() as session:
        session.add(person(now.replace(tzinfo=None)))


def test_many_threads_writing_at_once_all_succeed(database: Database, now: datetime):
    def write() -> None:
        for _ in range(10):
            with database.write() as session:
                session.add(person(now))

    threads = [Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 80


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all.sqlite3", "postgresql+psycopg://me:secret@127.0.0.1:1/nothing"]
)
def test_an_unreachable_database_is_one_line_without_the_password(url: str):
    with pytest.raises(DatabaseError, match="cannot use the database") as error:
        upgrade(make_engine(url))
    assert "\n" not in str(error.value)
    assert "secret" not in str(error.value)


def test_an_errors_message_holds_no_values(database: Database):
    def ask() -> None:
        with database.read() as session:
            session.execute(text("SELECT * FROM nowhere WHERE words = :words"), {"words": "between us two"})

    with pytest.raises(DBAPIError) as failed:
        ask()
    assert "between us two" not in str(failed.value)


def test_where_nobody_can_stand_in_line_to_write_the_database_is_away(tmp_path: Path):
    database = Database(make_engine(f"sqlite:///{tmp_path}/nowhere/x.sqlite3"))
    with pytest.raises(OperationalError), database.write():
        pass
    with pytest.raises(OperationalError):
        database.run(lambda connection: connection)


def test_a_file_that_is_no_database_is_told_in_sqlalchemys_words(tmp_path: Path):
    file = tmp_path / "x.sqlite3"
    make_engine(f"sqlite:///{file}").dispose()
    engine = make_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        connection.connection.dbapi_connection.close()
        with pytest.raises(DBAPIError, match="BEGIN"):
            connection.begin()
    engine.dispose()


def test_tables_newer_than_the_code_are_refused_in_a_line(database: Database):
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(DatabaseError, match=r"is newer than the code \(at migration 0999\); run the code"):
        upgrade(database.engine)
    with database.read() as session:
        assert schema_of(session.connection()) == "0999"

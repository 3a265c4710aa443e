"""What is committed gets from SQLite's journal into its file without holding up whoever writes."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from forms_service.db import Database, make_engine
from forms_service.journal import write_back

LONG = "x" * 5000  # longer than a page
ROWS = 2000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database without rows."""
    file = tmp_path / "x.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE words (number INTEGER PRIMARY KEY, word TEXT)")
    connection.close()
    return file


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """More in the journal than SQLite itself would leave there, and a connection that keeps it open."""
    database = Database(make_engine(f"sqlite:///{path}"))
    with database.engine.connect(), database.read() as reading:
        reading.connection()
        fill(database)
        reading.rollback()
        yield database
    database.engine.dispose()


def fill(database: Database) -> None:
    with database.write() as session:
        session.execute(text("INSERT INTO words (word) VALUES (:word)"), [{"word": LONG}] * ROWS)


def in_the_file(path: Path) -> int:
    """How many rows stand in the file itself, read without the journal beside it."""
    alone = path.with_name("alone.sqlite3")
    alone.write_bytes(path.read_bytes())
    connection = sqlite3.connect(alone)
    count: int = connection.execute("SELECT count(*) FROM words").fetchone()[0]
    connection.close()
    return count


def test_nobody_who_commits_writes_it_back_meanwhile(database: Database, path: Path):
    assert in_the_file(path) == 0


def test_what_is_committed_gets_into_the_file(database: Database, path: Path):
    write_back(database)
    assert in_the_file(path) == ROWS


def test_it_does_not_wait_for_whoever_writes(database: Database, path: Path):
    assert database.turns
    with database.turns.mine():
        write_back(database)
    assert in_the_file(path) == ROWS

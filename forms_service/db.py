"""The engine and its sessions: SQLite made durable and orderly, PostgreSQL as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, inspect, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError as DriverError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from forms_service.group_commit import GroupCommit
from forms_service.turns import Turns

Result = TypeVar("Result")

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 15
#: Kept open: one for each thread of a process (deploy/gunicorn.conf.py).
MOST_CONNECTIONS = 16
#: Pages in SQLite's journal before whoever commits writes them back, which happens under load only: else
#: `journal.write_back` comes first.
JOURNAL_PAGES = 8000
#: A server that does not even answer must not keep a visitor waiting for minutes.
CONNECT_SECONDS = 5
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    f"wal_autocheckpoint={JOURNAL_PAGES}",
)


class DatabaseError(Exception):
    """The database cannot be used; the message is one line with the remedy."""


def make_engine(url: str) -> Engine:
    """An engine for `url`. SQLite: WAL, synchronous FULL, foreign keys on, explicit BEGIN."""
    # Values are hidden: an error's message ends up in logs, and they are what visitors wrote.
    if make_url(url).get_backend_name() != "sqlite":
        patience = {"connect_timeout": CONNECT_SECONDS}
        return create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=patience)
    settings = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    # The connection used last is used next: what it has read is still in its memory.
    pool = {"poolclass": QueuePool, "pool_size": MOST_CONNECTIONS, "pool_use_lifo": True}
    engine = create_engine(url, hide_parameters=True, connect_args=settings, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would otherwise begin late and by its own rules; _begin_sqlite says BEGIN instead.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    begin = "BEGIN" if connection.get_execution_options().get("reading", False) else "BEGIN IMMEDIATE"
    driver: sqlite3.Connection = connection.connection.dbapi_connection
    try:  # past SQLAlchemy's own execution, which takes longer than to begin does
        driver.execute(begin)
    except sqlite3.Error as error:
        raise DBAPIError.instance(begin, None, error, sqlite3.Error, dialect=connection.dialect) from error


class Database:
    """Hands out sessions. `write()` is one durable transaction, `read()` never writes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reader = engine.execution_options(reading=True)
        #: PostgreSQL wants no such help.
        self.turns = Turns(engine.url.database or "") if engine.dialect.name == "sqlite" else None
        self._group = GroupCommit(engine, self.turns) if self.turns else None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose work is committed, durably, when the block ends; rolled back if it raises."""
        with self._turn(), Session(self.engine) as session, session.begin():
            yield session

    def _turn(self) -> ExitStack:
        """Our turn to write. Where nobody can stand in line, the database is as good as away."""
        turn = ExitStack()
        try:
            if self.turns:
                turn.enter_context(self.turns.mine())
        except OSError as error:
            raise _no_turn(error) from error
        return turn

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` returns once what it wrote is durable; it may share its transaction with others' work."""
        if self._group is not None:
            try:
                return self._group.run(work)
            except OSError as error:
                raise _no_turn(error) from error
        with self.engine.begin() as connection:
            return work(connection)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on a snapshot; whatever it changes is rolled back."""
        with Session(self._reader, autoflush=False) as session:
            yield session


def _no_turn(error: OSError) -> OperationalError:
    """So that callers need to know of one kind of failure only."""
    return OperationalError("waiting for the turn to write", None, error)


def upsert(dialect: str) -> Callable[[Any], Any]:
    """The `insert` that can say ON CONFLICT: each database has its own, spelt alike."""
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect]


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the tables up to migration `to`. Raises DatabaseError if they are newer, or out of reach."""
    with speaking_plainly(engine):
        if to != "head" or _needs_upgrade(engine):
            _migrate("upgrade", engine, to)


def downgrade(engine: Engine, to: str) -> None:
    _migrate("downgrade", engine, to)


def _migrate(command: str, engine: Engine, to: str) -> None:
    from alembic import command as commands  # most starts find everything done, and need not wait for it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["engine"] = engine
    getattr(commands, command)(config, to)


def _needs_upgrade(engine: Engine) -> bool:
    with engine.execution_options(reading=True).connect() as connection:  # in nobody's way
        stands_at = schema_of(connection)
    if wrong := _newer(stands_at):
        raise DatabaseError(f"the database is {wrong}")
    return stands_at != _newest_migration()


def schema_of(connection: Connection) -> str:
    """The migration the tables stand at; empty without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def mismatch(connection: Connection) -> str:
    """How the tables differ from what the code expects, with the remedy; empty where they do not."""
    stands_at = schema_of(connection)
    is_behind = stands_at < _newest_migration()
    return "older than the code; run: python -m forms_service migrate" if is_behind else _newer(stands_at)


def _newer(stands_at: str) -> str:
    is_ahead = stands_at > _newest_migration()
    return f"newer than the code (at migration {stands_at}); run the code that made it so" if is_ahead else ""


@cache
def _newest_migration() -> str:
    """They are numbered."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


@contextmanager
def speaking_plainly(engine: Engine) -> Iterator[None]:
    """Turn the driver's complaint into a DatabaseError of one line, without the password."""
    try:
        yield
    except DriverError as error:
        reason = str(error.orig).strip().splitlines()[0]
        where = engine.url.render_as_string(hide_password=True)
        raise DatabaseError(f"cannot use the database {where}: {reason}; look at DATABASE_URL") from None

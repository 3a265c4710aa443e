"""What was erased leaves the bytes too: a database only marks old places as free, until it is written anew.

Both databases are rewritten once after an erasure; SQLite's journal is emptied, since it holds what was. `var/scrubbed`
names the last event for which that was done.
"""

from __future__ import annotations

from contextlib import closing, nullcontext
from pathlib import Path

from sqlalchemy import Connection, select, text

from bridge.files import replace_file
from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Base, Event

NAME = "scrubbed"
#: Readers may be under way; nobody is kept waiting longer than this, and the worker comes back.
PATIENCE_MS = 2000


class NotScrubbedError(Exception):
    """Somebody was reading all the while; it is to be tried again."""


def scrub(database: Database, config: Config) -> bool:
    """Rewrite the database if anything was erased since the last time. Raises NotScrubbedError."""
    marker = config.var_dir / NAME
    last = _last_erasure(database)
    if last == _done(marker):
        return False
    if database.engine.dialect.name == "sqlite":
        _rewrite_file(database)
    else:
        _rewrite_tables(database)
    replace_file(marker, last.encode())
    return True


def _last_erasure(database: Database) -> str:
    """Its number and moment; "" if there was none. A restored archive numbers anew."""
    erased = select(Event.id, Event.at).where(Event.is_erasure()).order_by(Event.id.desc()).limit(1)
    with database.read() as session:
        row = session.execute(erased).first()
    return f"{row.id} {row.at.isoformat()}\n" if row else ""


def _done(marker: Path) -> str:
    try:
        return marker.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _rewrite_file(database: Database) -> None:
    with closing(database.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone() or (PATIENCE_MS,)
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        try:
            with database.turns.mine() if database.turns else nullcontext():
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                is_busy, *_ = cursor.fetchone() or (1,)
        finally:
            cursor.execute(f"PRAGMA busy_timeout={usual}")
    if is_busy:
        raise NotScrubbedError("the journal was in use; what was erased leaves it the next time")


def _rewrite_tables(database: Database) -> None:
    """Table by table, and what the server remembers of their values to plan by."""
    with database.engine.connect() as opened:
        connection: Connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        _refuse_old_readers(connection)
        connection.execute(text(f"SET lock_timeout = {PATIENCE_MS}"))
        try:
            for name in sorted(Base.metadata.tables):
                connection.execute(text(f'VACUUM (FULL, ANALYZE) "{name}"'))
        finally:
            connection.execute(text("RESET lock_timeout"))


def _refuse_old_readers(connection: Connection) -> None:
    """What somebody still sees, a backup under way, is written anew with the rest. Raises NotScrubbedError."""
    began = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xmin IS NOT NULL "
        "AND pid <> pg_backend_pid() AND xact_start < clock_timestamp() - :patience * interval '1 millisecond'"
    )
    if connection.scalar(began, {"patience": PATIENCE_MS}):
        raise NotScrubbedError("somebody is reading what was there before; what was erased goes the next time")

"""Migrated databases, made once a process and copied for each test, or lent from test to test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import create_engine, make_url, text

from forms_service.db import make_engine, upgrade


def sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file to copy."""
    path = folder / "template.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()  # the last connection to close also folds the journal into the file
    return path


def sqlite_copy(template: Path, folder: Path) -> str:
    path = folder / "gratitude.sqlite3"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


def postgres_template(server: str) -> str:
    """A migrated database named `template_gm` on `server`; returns the server's URL."""
    administer(server, "CREATE DATABASE template_gm")
    engine = make_engine(named(server, "template_gm"))
    upgrade(engine)
    engine.dispose()
    return server


@contextmanager
def postgres_copy(server: str) -> Iterator[str]:
    """A migrated, empty database. Most tests leave one that only needs to be emptied for the next."""
    url = _spare.pop() if _spare else _copied(server)
    try:
        yield url
    finally:
        if _is_as_new(url):
            _spare.append(url)
        else:
            administer(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


#: Databases that nobody uses just now: making one takes ten times as long as emptying it.
_spare: list[str] = []


def _copied(server: str) -> str:
    url = named(server, f"test_{uuid4().hex}")
    administer(server, f"CREATE DATABASE {make_url(url).database} TEMPLATE template_gm")
    return url


def _is_as_new(url: str) -> bool:
    """Empty the tables and begin their numbers again; False where a test has changed more than rows."""
    try:
        with _plain(url) as connection:
            connection.execute(EVERYBODY_LEAVES)
            if connection.execute(SHAPE).fetchone() != _shape_of_template(named(url, "template_gm")):
                return False
            connection.execute(_emptying(named(url, "template_gm")))
            return True
    except psycopg.Error:
        return False


def _plain(url: str) -> psycopg.Connection[Any]:
    """The driver alone: SQLAlchemy asks a server who it is before each first word."""
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)


@cache
def _emptying(template: str) -> bytes:
    """Statements that leave every table empty, in any order, whatever refers to it, all in one round trip."""
    with _plain(template) as connection:
        deletions = [statement for (statement,) in connection.execute(DELETIONS)]
    return "; ".join(["SET session_replication_role = replica", *deletions, NUMBERS_BEGIN_AGAIN]).encode()


@cache
def _shape_of_template(template: str) -> Any:
    with _plain(template) as connection:
        return connection.execute(SHAPE).fetchone()


#: For every table but the one that says which migration they stand at.
DELETIONS = """
SELECT 'DELETE FROM ' || quote_ident(tablename) FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""
EVERYBODY_LEAVES = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
#: Columns, constraints, triggers, the migration they stand at, and settings of the database, in one mark.
SHAPE = """
SELECT md5(concat(
  (SELECT string_agg(concat_ws(' ', relname, relkind, attname, atttypid, attnotnull, attisdropped), ','
     ORDER BY relname, attnum) FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
     WHERE relnamespace = 'public'::regnamespace),
  (SELECT string_agg(pg_get_constraintdef(oid), ',' ORDER BY conname) FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace),
  (SELECT string_agg(tgname, ',' ORDER BY tgname) FROM pg_trigger WHERE NOT tgisinternal),
  (SELECT string_agg(version_num, ',') FROM alembic_version),
  (SELECT string_agg(setconfig::text, ',') FROM pg_db_role_setting
     WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()))
))
"""
NUMBERS_BEGIN_AGAIN = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""


def named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()

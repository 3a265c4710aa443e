"""Migrated databases, made once a process and copied for each test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

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
    _admin(server, "CREATE DATABASE template_gm")
    engine = make_engine(_named(server, "template_gm"))
    upgrade(engine)
    engine.dispose()
    return server


@contextmanager
def postgres_copy(server: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    _admin(server, f"CREATE DATABASE {name} TEMPLATE template_gm")
    try:
        yield _named(server, name)
    finally:
        _admin(server, f"DROP DATABASE {name} WITH (FORCE)")


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _admin(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()

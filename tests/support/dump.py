"""The whole database as plain values, to compare before and after."""

from typing import Any

from sqlalchemy import select

from forms_service.db import Database
from forms_service.models import Base


def dump(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in an order that does not depend on the database."""
    with database.read() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }

"""Tables as JSON lines and back: the same text from SQLite and PostgreSQL, so that an archive fits either."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, String, Table, func, insert, select, text

from forms_service.models import Base
from forms_service.models.base import UtcDateTime

BATCH = 500
#: In an order in which each table's rows find what they refer to.
TABLES: tuple[Table, ...] = tuple(Base.metadata.sorted_tables)


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows of `table` by primary key, one JSON object a line."""
    statement = select(table).order_by(*(_by_bytes(connection, column) for column in table.primary_key))
    rows = connection.execute(statement, execution_options={"yield_per": BATCH})
    for row in rows.mappings():
        yield written({column.name: row[column.name] for column in table.columns})


def _by_bytes(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """PostgreSQL sorts text by its locale unless told; SQLite by bytes."""
    textual = connection.dialect.name == "postgresql" and isinstance(column.type, String)
    return column.collate("C") if textual else column


def written(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, default=_spelled, ensure_ascii=True, sort_keys=True).encode("ascii") + b"\n"


def _spelled(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no column of ours holds {type(value).__name__}")


def read(line: bytes, table: Table) -> dict[str, Any]:
    """The row a line holds. Raises ValueError if it is not one of `table`."""
    row = json.loads(line)
    if not isinstance(row, dict) or row.keys() != {column.name for column in table.columns}:
        raise ValueError(f"no row of {table.name}")
    times = [column.name for column in table.columns if isinstance(column.type, UtcDateTime)]
    return {**row, **{name: datetime.fromisoformat(row[name]) for name in times if row[name] is not None}}


def put(connection: Connection, table: Table, source: Iterable[bytes]) -> None:
    """Add the rows; those of one table refer to earlier ones only."""
    batch: list[dict[str, Any]] = []
    for line in source:
        batch.append(read(line, table))
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number the next row behind those that were put there with their numbers."""
    key = list(table.primary_key)
    if connection.dialect.name != "postgresql" or [column.name for column in key] != ["id"]:
        return
    last = connection.scalar(select(func.max(key[0])))
    sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
    if last is not None and sequence:
        connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def tally(connection: Connection, table: Table) -> tuple[int, str]:
    """How many rows there are, and the checksum of their lines."""
    total, number = sha256(), 0
    for line in lines(connection, table):
        total.update(line)
        number += 1
    return number, total.hexdigest()

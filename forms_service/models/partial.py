"""Indexes of the few rows that say something in a column.

A row enters every index of its table, and each costs whoever adds the row a page of the journal to write and to
make durable. What nearly every row leaves empty is looked for only where it is said.
"""

from __future__ import annotations

from sqlalchemy import Index, text


def where_said(table: str, *columns: str) -> tuple[Index, ...]:
    """For each column an index of the rows of `table` where it is not null, named as an index of all would be."""
    return tuple(_where(f"ix_{table}_{column}", column, f"{column} IS NOT NULL") for column in columns)


def not_indexed(table: str, column: str) -> Index:
    """The few rows of `table` whose words are not entered in the search's index yet, by `column`."""
    return _where(f"ix_{table}_not_indexed", column, "indexed_at IS NULL")


def _where(name: str, column: str, condition: str) -> Index:
    return Index(name, column, sqlite_where=text(condition), postgresql_where=text(condition))

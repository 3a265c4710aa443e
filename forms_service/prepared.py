"""Statements said once: SQLAlchemy writes the SQL and names the types, the driver's own cursor runs it.

For each execution SQLAlchemy builds a context and a result, which takes several times as long as SQLite takes
to insert a row; and whoever takes a submission in holds the turn to write meanwhile. So the few statements of
that path are compiled once for each kind of database. Values are converted by the columns' types, errors come as
SQLAlchemy's own, and the transaction is the connection's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ClauseElement

Converter = Callable[[Any], Any]
Result = TypeVar("Result")


class Prepared:
    """A statement that gives at most one row, of values that need no conversion on their way back."""

    def __init__(self, make: Callable[[str], ClauseElement], names: Sequence[str] | None = None) -> None:
        """`make` says the statement for a dialect's name; an INSERT says which columns it fills, its `names`."""
        self._make, self._names = make, names
        self._compiled: dict[str, _Compiled] = {}

    def first(self, connection: Connection, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Its row, if any. Raises SQLAlchemy's errors, without the values in their message."""
        return self._run(connection, values, _row)

    def scalar(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first value of its row; None without one."""
        row = self.first(connection, values)
        return None if row is None else row[0]

    def _run(self, connection: Connection, values: Mapping[str, Any], outcome: Callable[[Any], Result]) -> Result:
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(compiled.sql, compiled.bound(values))
            return outcome(cursor)
        except dialect.loaded_dbapi.Error as error:
            raise _spoken(error, compiled.sql, dialect) from error
        finally:
            cursor.close()

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = self._compiled[dialect.name] = _compile(self._make(dialect.name), dialect, self._names)
        return compiled


class Adding(Prepared):
    """One new row of a table, its columns `names` given."""

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        # SQLite's driver knows the number without a row given back, which would be one step more: at each step
        # another thread may take the interpreter away from whoever holds the turn to write.
        super().__init__(lambda name: insert(table) if name == "sqlite" else insert(table).returning(table.c.id), names)

    def key(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Add a row; its number. Raises as `first` does."""
        return self._run(connection, values, _last_number if connection.dialect.name == "sqlite" else _first_value)


def _row(cursor: Any) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _first_value(cursor: Any) -> int:
    return int(cursor.fetchone()[0])


def _last_number(cursor: Any) -> int:
    return int(cursor.lastrowid)


def _spoken(error: Exception, sql: str, dialect: Dialect) -> BaseException:
    """The driver's complaint as SQLAlchemy's of the same name."""
    kind = dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, error, kind, hide_parameters=True, dialect=dialect)


@dataclass(frozen=True)
class _Compiled:
    sql: str
    #: Puts the values in the order of their marks; None where the driver takes them by name.
    order: Callable[[Mapping[str, Any]], tuple[Any, ...]] | None
    #: What the statement itself holds, such as its LIMIT.
    constants: Mapping[str, Any]
    #: By name, where a type has one: a moment, JSON.
    converters: Sequence[tuple[str, Converter]]

    def bound(self, values: Mapping[str, Any]) -> Any:
        """`values` as the driver takes them."""
        given = {**self.constants, **values}
        for name, convert in self.converters:
            given[name] = convert(given[name])
        return given if self.order is None else self.order(given)


def _compile(statement: ClauseElement, dialect: Dialect, names: Sequence[str] | None) -> _Compiled:
    compiled: Any = statement.compile(dialect=dialect, column_keys=names and list(names))
    unsaid = {column.key for column in getattr(compiled, "insert_prefetch", ())}
    if unsaid - set(names or ()):  # only SQLAlchemy's own execution fills in Python's defaults
        raise ValueError(f"{compiled.string}: say {', '.join(sorted(unsaid))} too")
    return _Compiled(
        compiled.string,
        _in_order(compiled.positiontup) if compiled.positional else None,
        {name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        [(name, convert) for name, bind in compiled.binds.items() if (convert := _converter(bind.type, dialect))],
    )


def _in_order(names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    return itemgetter(*names) if len(names) > 1 else lambda values: (values[names[0]],)


def _converter(type_: Any, dialect: Dialect) -> Converter | None:
    converter: Converter | None = type_.dialect_impl(dialect).bind_processor(dialect)
    return converter

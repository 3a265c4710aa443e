"""Where a word stands inside a text, in any case: as each database finds it fastest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, SQLColumnExpression, Text, cast, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


def contains(column: SQLColumnExpression[str], word: str) -> ColumnElement[bool]:
    """`word` stands in `column`, in any case. SQLite folds ASCII only, so other letters are tried both ways."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    how = _LikeAscii if word.isascii() else _Like
    return or_(*(how(column, literal(f"%{_escaped(spelling)}%", Text)) for spelling in sorted(spellings)))


def has_part(column: SQLColumnExpression[str], folded: str) -> ColumnElement[bool]:
    """`folded` stands in `column`; both are folded already (people.folding)."""
    return _HasPart(column, literal(folded, Text), literal(f"%{_escaped(folded)}%", Text))


def may_contain(column: SQLColumnExpression[Any], word: str) -> ColumnElement[bool] | None:
    """Whether it is worth while to take the JSON of `column` apart to look for `word`; None where that cannot be said.

    JSON writes ASCII as it is, but for quotes, backslashes and what cannot be seen.
    """
    if not word.isascii() or not word.isprintable() or set(word) & set('"\\'):
        return None
    return contains(cast(column, Text), word)


def _escaped(word: str) -> str:
    for sign in "/%_":
        word = word.replace(sign, f"/{sign}")
    return word


class _Like(FunctionElement[bool]):
    """What SQLite calls LIKE, PostgreSQL calls ILIKE. Neither is asked to make a copy of each text in small letters."""

    type = Boolean()
    inherit_cache = True
    name = "contains"


class _LikeAscii(_Like):
    """Letters that are folded alike everywhere: PostgreSQL looks for them four times as fast without any language."""

    inherit_cache = True


@compiles(_Like, "sqlite")
def _in_sqlite(element: _Like, compiler: Any, **options: Any) -> str:
    column, pattern = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} LIKE {pattern} ESCAPE '/'"


@compiles(_Like, "postgresql")
def _in_postgresql(element: _Like, compiler: Any, **options: Any) -> str:
    column, pattern = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} ILIKE {pattern} ESCAPE '/'"


@compiles(_LikeAscii, "postgresql")
def _plainly_in_postgresql(element: _LikeAscii, compiler: Any, **options: Any) -> str:
    column, pattern = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({column}) COLLATE \"C\" ILIKE {pattern} ESCAPE '/'"


class _HasPart(FunctionElement[bool]):
    """The column, the part, and the part as a pattern: SQLite is faster with the one, PostgreSQL with the other."""

    type = Boolean()
    inherit_cache = True
    name = "has_part"


@compiles(_HasPart, "sqlite")
def _part_in_sqlite(element: _HasPart, compiler: Any, **options: Any) -> str:
    column, _, pattern = element.clauses
    return f"{compiler.process(column, **options)} LIKE {compiler.process(pattern, **options)} ESCAPE '/'"


@compiles(_HasPart, "postgresql")
def _part_in_postgresql(element: _HasPart, compiler: Any, **options: Any) -> str:
    column, part, _ = element.clauses
    return f'strpos(({compiler.process(column, **options)}) COLLATE "C", {compiler.process(part, **options)}) > 0'

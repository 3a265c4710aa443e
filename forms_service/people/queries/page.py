"""One page of a list, whether another follows, and the rows that its rows name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

PAGE_SIZE = 50
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: Sequence[Row]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1


def fetch_page(session: Session, query: Select[Any], number: int, size: int = PAGE_SIZE) -> Page[Any]:
    """Page `number` of `query`, which returns one entity a row. One row more than shown tells if another follows."""
    number = min(max(number, 1), 1_000_000)
    found = session.scalars(query.limit(size + 1).offset((number - 1) * size)).unique().all()
    return Page(found[:size], number, len(found) > size)


def by_id(session: Session, table: type[Row], ids: Iterable[int | None]) -> dict[int | None, Row]:
    """The rows of these numbers, in one query; no query where there are none."""
    wanted = {key for key in ids if key is not None}
    if not wanted:
        return {}
    numbered: Any = table
    return {row.id: row for row in session.scalars(select(numbered).where(numbered.id.in_(wanted)))}

"""What all changes begin with: the row they are about, held until the transaction ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from forms_service.models import Base, Event, Kind
from forms_service.models.base import HELD
from forms_service.models.projection import standing

Row = TypeVar("Row", bound=Base)


class ChangeError(Exception):
    """This cannot be done; the message tells the author why, in one line."""


def locked(session: Session, table: type[Row], key: int) -> Row:
    """The row, kept to ourselves, so that two presses of one button follow each other. Raises LookupError."""
    row = session.get(table, key, with_for_update=HELD)
    if row is None:
        raise LookupError(f"there is no {table.__tablename__} {key}")
    return row


def standing_acts(session: Session, about: ColumnElement[bool], kind: Kind) -> Sequence[Event]:
    """The acts of this kind that have not been taken back, oldest first."""
    return [event for event in standing(session.scalars(select(Event).where(about))) if event.kind == kind]

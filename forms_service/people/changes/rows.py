"""What all changes begin with: the row they are about, held until the transaction ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from forms_service.models import Base, Event, Kind, Person
from forms_service.models.alone import alone
from forms_service.models.base import HELD
from forms_service.models.projection import standing

Row = TypeVar("Row", bound=Base)


class ChangeError(Exception):
    """This cannot be done; the message tells the author why, in one line."""


def locked(session: Session, table: type[Row], key: int) -> Row:
    """The row as it is now, kept to ourselves, so that two presses of one button follow each other.

    Whatever was read of it before is read again: it may have changed while we waited. Raises LookupError.
    """
    session.flush()
    alone(session)
    row = session.get(table, key, with_for_update=HELD, populate_existing=True)
    if row is None:
        raise LookupError(f"there is no {table.__tablename__} {key}")
    return row


def one_at_a_time(session: Session, what: str) -> None:
    """Wait until nobody else makes `what`, and keep it to ourselves: where no row is yet, none can be held."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))


def not_erased(session: Session, *people: int) -> None:
    """Raises ChangeError for whom nothing is kept about any more."""
    erased = select(Event.id).where(
        Event.kind == Kind.ERASED, Event.person_id.in_(people), Event.submission_id.is_(None)
    )  # fmt: skip
    if session.scalar(erased.limit(1)) is not None:
        raise ChangeError("this person was erased; nothing about them is kept any more")


def not_in_peace(now: datetime, *people: Person | None) -> None:
    """Raises ChangeError where one of them may not be contacted."""
    for person in people:
        if person is not None and not person.is_free(now):
            raise ChangeError(f"{person.name} wants to be left in peace; their page says until when, and who lifts it")


def one_line(text: str, longest: int) -> str:
    """`text` without line breaks and doubled spaces. Raises ChangeError where it is too long."""
    text = " ".join(text.replace("\x00", "").split())
    if len(text) > longest:
        raise ChangeError(f"this may have {longest:,} characters; it has {len(text):,}")
    return text


def standing_acts(session: Session, about: ColumnElement[bool], kind: Kind) -> Sequence[Event]:
    """The acts of this kind that have not been taken back, oldest first."""
    return [event for event in standing(session.scalars(select(Event).where(about))) if event.kind == kind]

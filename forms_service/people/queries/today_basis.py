"""What the queries of Today share: caps, who may be contacted, and which rows are put off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, exists, literal, or_, select
from sqlalchemy.orm import Session

from forms_service.models import Person, PutOff

CAP = 7
MOST_DRIFTING = 5


def may_contact(now: datetime, person: type[Person] = Person) -> ColumnElement[bool]:
    """The person is free, or the pause is over. `person`: the table, or an alias of it."""
    return or_(person.contact_status == "free", person.paused_until <= now)


def is_put_off(row: ColumnElement[str], now: datetime) -> ColumnElement[bool]:
    """The row of this name is put off for the `Person` of the query."""
    return exists().where(PutOff.person_id == Person.id, PutOff.row == row, _still(now))


def named(name: str, column: object, rest: str = "") -> ColumnElement[str]:
    """What the row about this number is called: `reply-7`, `referral-3-tell`."""
    number = literal(f"{name}-").concat(cast(column, String))
    return number.concat(rest) if rest else number


def put_off_rows(session: Session, rows: Collection[str], now: datetime) -> set[tuple[int, str, bool]]:
    """Of the rows of these names, those put off: whose, which, and whether for good."""
    query = select(PutOff.person_id, PutOff.row, PutOff.until).where(PutOff.row.in_(rows), _still(now))
    return {(number, row, until is None) for number, row, until in session.execute(query)}


def _still(now: datetime) -> ColumnElement[bool]:
    return or_(PutOff.until.is_(None), PutOff.until > now)

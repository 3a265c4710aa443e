"""What the author owes a person, row by row, and what he put off: projections of that person's events."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base


class Duty(Base):
    """One thing owed because of one event. What is owed to a referrer follows from the referral itself."""

    __tablename__ = "duty"
    __table_args__ = (Index("ix_duty_open", "done_at", "since"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    #: One of people.duties.RULES.
    rule: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: From when on it stands on Today.
    since: Mapped[datetime]
    done_at: Mapped[datetime | None]


class PutOff(Base):
    """A row of Today that the author wants to see later, or (`until` is None) no more."""

    __tablename__ = "put_off"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    row: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)
    until: Mapped[datetime | None]

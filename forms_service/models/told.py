"""What people told the author: what they need, what they do well, whom they know, and what sort of people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base

#: Where something told came from: a form, the author's own capture, somebody who named a helper.
TOLD_SOURCES = ("form", "author", "introducer")
NEED_STATES = ("open", "answered", "withdrawn", "taken_back")
#: How well two people know each other, from least to most.
DEPTHS = ("met", "know", "trust")


class Need(Base):
    """What somebody seeks. Without a person it is the author's own. `category`: a word of the list of trades, or ""."""

    __tablename__ = "need"
    __table_args__ = (Index("ix_need_asked", "state", "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(100), default="")
    source: Mapped[str] = mapped_column(String(20))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    told_at: Mapped[datetime]
    # projections of this need's events
    state: Mapped[str] = mapped_column(String(10), default="open")
    #: When it was last said to be still wanted: from then on it stays open for sixty days.
    asked_at: Mapped[datetime]


class Offer(Base):
    """What somebody does well; without a person, what the author does."""

    __tablename__ = "offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(100), default="")
    source: Mapped[str] = mapped_column(String(20))
    #: Who recommends it; nobody where people speak of themselves.
    recommended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    told_at: Mapped[datetime]
    # projection of this offer's events
    stands: Mapped[bool] = mapped_column(default=True)


class Knows(Base):
    """One person knows another. When either is erased, `other_id` goes."""

    __tablename__ = "knows"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    depth: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(20))
    told_at: Mapped[datetime]
    # projection of this row's events
    stands: Mapped[bool] = mapped_column(default=True)


class Hint(Base):
    """Somebody knows people of a trade. No third person is named."""

    __tablename__ = "hint"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    category: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(20))
    told_at: Mapped[datetime]
    # projection of this hint's events
    stands: Mapped[bool] = mapped_column(default=True)

"""What a visitor sent, exactly as sent, and the row that makes a second click find the first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forms_service.models.base import Base
from forms_service.models.partial import not_indexed
from forms_service.models.person import Person

KINDS = ("comment", "contact", "referral", "referral_contact")


class Submission(Base):
    """One form, taken in. `payload` is never edited; the columns below the line are projections."""

    __tablename__ = "submission"
    __table_args__ = (
        Index("ix_submission_waiting", "answered_at", "spam_at", "received_at"), not_indexed("submission", "person_id")
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    payload: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: True: the address was known, so the sender only claims to be that person.
    is_claim: Mapped[bool]
    #: The sender's network, cut to /24 or /48; never a full address.
    network: Mapped[str] = mapped_column(String(50), default="")
    #: Why it looks odd, in words for the author; orders the queue and silences mail, nothing else.
    suspicions: Mapped[list[str]] = mapped_column(JSON, default=list)
    # projections of this submission's events
    answered_at: Mapped[datetime | None]
    spam_at: Mapped[datetime | None]
    #: When its words were entered in the index; None: not yet. No event tells of it.
    indexed_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()


class SubmissionKey(Base):
    """A fingerprint of what was sent, pointing at the submission that holds it for a day."""

    __tablename__ = "submission_key"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    reference: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]

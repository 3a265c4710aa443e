"""Mail waiting to go out: written with what caused it, sent later by the worker."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base


class MailState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    #: Kept and not sent: screened out, or about what has ended meanwhile. "Not spam" queues it as new.
    SILENCED = "silenced"


class OutboxMail(Base):
    """One mail to the author. It holds what it is about, not its words: those are composed when it leaves."""

    __tablename__ = "outbox_mail"
    __table_args__ = (Index("ix_outbox_mail_due", "state", "next_attempt_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))  # named by what the reader gets: comment_received, sign_in …
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    sign_in_link_id: Mapped[int | None] = mapped_column(ForeignKey("sign_in_link.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    #: Fixed at birth, so that a mail sent twice around a crash is the same mail.
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[str] = mapped_column(String(10), default=MailState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(String(100))
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)

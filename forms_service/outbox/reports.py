"""Queues what a command has to tell the author: it travels as every mail does, tried again until it has left."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from forms_service.config import Config
from forms_service.models import OutboxMail, Report
from forms_service.outbox.plain import clip, one_line

LONGEST = 100_000  # characters; a mail is no log file
LONGEST_SUBJECT = 150


def queue_report(session: Session, config: Config, subject: str, text: str, now: datetime) -> OutboxMail:
    """Keep the words and the mail that carries them, in the caller's transaction."""
    # PostgreSQL refuses NUL, and no mail needs it.
    kept = clip(text.replace("\x00", ""), LONGEST)
    report = Report(subject=one_line(subject, LONGEST_SUBJECT), text=kept, created_at=now)
    session.add(report)
    session.flush()
    mail = OutboxMail(
        kind="report", report_id=report.id, message_id=f"<{secrets.token_hex(16)}@{config.mail_domain}>",
        created_at=now, next_attempt_at=now,
    )  # fmt: skip
    session.add(mail)
    return mail

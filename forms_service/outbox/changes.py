"""What the author does to a mail in his outbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from forms_service.models import MailState, OutboxMail


def retry_mail(session: Session, mail_id: int, now: datetime) -> bool:
    """Send a mail that was given up once more, with a whole day of trying; False when it is not given up (any more)."""
    again = {"state": MailState.QUEUED, "attempts": 0, "next_attempt_at": now}
    given_up = (OutboxMail.id == mail_id, OutboxMail.state == MailState.FAILED)
    changed: int = session.execute(update(OutboxMail).where(*given_up).values(again)).rowcount  # type: ignore[attr-defined]
    return changed == 1

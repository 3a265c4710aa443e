"""The morning mail's turn: one row a day in the outbox, at the author's hour, by his clocks; its words come later."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import OutboxMail
from forms_service.people.days import is_day_off, on_day

#: A worker that starts later than this lets the morning pass: at night nobody wants to read of it.
STILL_MORNING = timedelta(hours=6)


def is_time(now: datetime, at: time, days_off: Collection[str], zone: ZoneInfo) -> bool:
    """True from `at` on, for a while, on days that are not off."""
    due = on_day(now, at, zone)
    return due <= now < due + STILL_MORNING and not is_day_off(now, days_off, zone)


def queue_morning(database: Database, config: Config, now: datetime) -> bool:
    """Put today's mail into the outbox if it is time and it is not there yet; True when this call did."""
    site = config.identity
    if config.morning_mail is None or not is_time(now, config.morning_mail, site.days_off, site.zone):
        return False
    # The day is in the Message-ID, of which there is one: no restart and no second worker makes another mail.
    message_id = f"<morning-{now.astimezone(site.zone).date()}@{config.mail_domain}>"
    with database.read() as session:
        if _is_there(session, message_id):
            return False
    try:
        with database.write() as session:
            session.add(OutboxMail(kind="morning", message_id=message_id, created_at=now, next_attempt_at=now))
    except IntegrityError:  # another worker was faster
        return False
    return True


def _is_there(session: Session, message_id: str) -> bool:
    return session.scalar(select(OutboxMail.id).where(OutboxMail.message_id == message_id)) is not None

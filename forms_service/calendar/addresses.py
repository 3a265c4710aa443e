"""The secret address of the calendar: made and revoked by the author, kept as a hash, one at a time."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forms_service.models import CalendarAddress
from forms_service.people.changes.rows import one_at_a_time

#: Characters that a token may have; whatever is longer is none of ours.
LONGEST_TOKEN = 64


def make_address(session: Session, now: datetime) -> str:
    """A new address, which ends the one before; returns its secret part, which is kept nowhere."""
    one_at_a_time(session, "calendar address")
    revoke_address(session, now)
    token = secrets.token_urlsafe(32)
    session.add(CalendarAddress(token_hash=_hash(token), created_at=now))
    session.flush()
    return token


def revoke_address(session: Session, now: datetime) -> bool:
    """Whoever holds the address finds nothing there any more; False when there was none."""
    living = update(CalendarAddress).where(CalendarAddress.revoked_at.is_(None))
    ended: int = session.execute(living.values(revoked_at=now)).rowcount  # type: ignore[attr-defined]
    return ended > 0


def living_address(session: Session) -> CalendarAddress | None:
    """The address that serves now, without its secret."""
    return session.scalar(select(CalendarAddress).where(CalendarAddress.revoked_at.is_(None)).limit(1))


def is_living(session: Session, token: str) -> bool:
    """Whether this is the secret of the address that serves now."""
    if len(token) > LONGEST_TOKEN:
        return False
    found = select(CalendarAddress.id).where(
        CalendarAddress.token_hash == _hash(token), CalendarAddress.revoked_at.is_(None)
    )
    return session.scalar(found) is not None


def path_of(token: str) -> str:
    """The address below the site's own."""
    return f"/links/calendar/{token}.ics"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

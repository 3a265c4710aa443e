"""Who sends which mail: rows are claimed by compare-and-set, so that live workers send each mail once.

A claim is a lease. The row of a worker that died comes back when its lease has run out, and leaves
again with the same Message-ID.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update

from forms_service.db import Database
from forms_service.models import MailState, OutboxMail
from forms_service.outbox.retry import next_attempt

#: So many are tried in one round of a worker, each half second: a pile may take its time, whoever sends a form may not.
A_FEW = 5
#: How long a worker may take over one mail. `deliver.Patience.deadline` ends every delivery well before.
LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class Claim:
    """A mail that `worker` alone may send, until its lease runs out."""

    mail_id: int
    worker: str
    at: datetime
    #: How often it has been tried, this time included.
    attempts: int


def due(database: Database, now: datetime, most: int = A_FEW) -> list[int]:
    """Mails to try now, the oldest first. Looks only: an idle worker never asks for the writer's turn."""
    wanted = select(OutboxMail.id).where(_is_due(now)).order_by(OutboxMail.next_attempt_at, OutboxMail.id)
    with database.read() as session:
        return list(session.scalars(wanted.limit(most)))


def claim(database: Database, mail_id: int, worker: str, now: datetime) -> Claim | None:
    """Take this mail; None when another worker was faster."""
    taking = (
        update(OutboxMail)
        .where(OutboxMail.id == mail_id, _is_due(now))
        .values(state=MailState.SENDING, claimed_at=now, claimed_by=worker, attempts=OutboxMail.attempts + 1)
    )
    with database.write() as session:
        taken: int = session.execute(taking).rowcount  # type: ignore[attr-defined]  # an UPDATE's result has it
        if taken != 1:
            return None
        return Claim(mail_id, worker, now, session.get_one(OutboxMail, mail_id).attempts)


def mark_sent(database: Database, claim: Claim, now: datetime) -> None:
    """It is out, whoever holds the row by now: nobody needs to send it again."""
    sent = {"state": MailState.SENT, "sent_at": now, "claimed_at": None, "claimed_by": None, "last_error": None}
    with database.write() as session:
        session.execute(update(OutboxMail).where(OutboxMail.id == claim.mail_id).values(sent))


def put_back(database: Database, claim: Claim, reason: str, now: datetime) -> None:
    """Try again later, or give up where a day was spent trying."""
    again = next_attempt(claim.attempts, now)
    if again is None:
        _settle(database, claim, state=MailState.FAILED, last_error=f"{reason} (given up after a day of trying)")
    else:
        _settle(database, claim, state=MailState.QUEUED, last_error=reason, next_attempt_at=again)


def give_up(database: Database, claim: Claim, reason: str) -> None:
    """It will never go out as it is; the author sees why and can send it again."""
    _settle(database, claim, state=MailState.FAILED, last_error=reason)


def silence(database: Database, claim: Claim, reason: str) -> None:
    """Kept and not sent, like a mail that was screened out when it came in: no failure to be mended."""
    _settle(database, claim, state=MailState.SILENCED, last_error=reason)


def _settle(database: Database, claim: Claim, **values: object) -> None:
    """End the claim, unless the lease ran out and somebody else holds the row now."""
    mine = (OutboxMail.id == claim.mail_id, OutboxMail.claimed_by == claim.worker, OutboxMail.claimed_at == claim.at)
    still_sending = OutboxMail.state == MailState.SENDING
    with database.write() as session:
        session.execute(
            update(OutboxMail).where(*mine, still_sending).values(claimed_at=None, claimed_by=None, **values)
        )


def _is_due(now: datetime) -> ColumnElement[bool]:
    waiting = and_(OutboxMail.state == MailState.QUEUED, OutboxMail.next_attempt_at <= now)
    abandoned = and_(OutboxMail.state == MailState.SENDING, OutboxMail.claimed_at <= now - LEASE)
    return or_(waiting, abandoned)

"""One at a time records events: what follows is derived from all of them, and two would wait for each other.

SQLite has one writer anyway. On PostgreSQL whoever is about to hold a row, or to record an event, first waits here
until nobody else does. Visitors do not: what they send is new rows, from which nothing else is derived.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

ALONE = "alone"


def alone(session: Session) -> None:
    """Keep the recording of events to ourselves until the transaction ends. Asked again, it is kept already.

    Whatever was read before is read again where it is used: it may have changed while we waited.
    """
    if session.get_bind().dialect.name != "postgresql" or session.info.get(ALONE) is session.get_transaction():
        return
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext(ALONE))))
    session.info[ALONE] = session.get_transaction()
    session.flush()
    session.expire_all()

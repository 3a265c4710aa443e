"""SQLite's journal is written back to its file by the worker, so that hardly any visitor waits for it.

SQLite leaves this to whoever happens to commit when the journal has grown, with all who want to write waiting behind.
With room for some thousand pages that is seldom; done much more often beside those who write, it would cost them more.
"""

from __future__ import annotations

from contextlib import closing

from forms_service.db import Database


def write_back(database: Database) -> None:
    """Bring what is committed from the journal into the file, beside those who write; needs no turn to write.

    While they never pause, the journal grows up to `db.JOURNAL_PAGES`. Then whoever commits writes back what is not in
    the file yet, each page once however often it was written, and the journal begins anew.
    """
    if database.turns is None:  # PostgreSQL looks after its own
        return
    with closing(database.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")

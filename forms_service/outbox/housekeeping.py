"""Sweeps what served its time: counters, fingerprints of double clicks, ended sign-in links and sessions.

And keeps the index of words up to what is written.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from forms_service.db import Database
from forms_service.models import AuthorSession, OutboxMail, RateWindow, SignInLink, SubmissionKey
from forms_service.people.indexing import enter_words, is_behind

#: Twice the day within which `intake.record` recognises a second click; the windows of `rate_limit` are far shorter.
COUNTERS_KEPT = timedelta(days=2)
#: So that "where was I signed in?" still has an answer for a while.
SIGN_INS_KEPT = timedelta(days=30)


def sweep(database: Database, now: datetime) -> None:
    """Delete what nothing looks at any more. No word of a visitor is among it."""
    old = now - COUNTERS_KEPT
    with database.write() as session:
        # `rate_limit` names a slot by the minute in which it begins.
        session.execute(delete(RateWindow).where(RateWindow.slot < old.timestamp() / 60))
        session.execute(delete(SubmissionKey).where(SubmissionKey.at < old))
    _sweep_sign_ins(database, now - SIGN_INS_KEPT)


def index_words(database: Database, now: datetime) -> None:
    """Enter a few of the texts that were written since; what is left has its turn the next time.

    However many wait: whoever writes meanwhile stands behind a few only, and the worker's other jobs behind none.
    """
    with database.read() as session:
        is_due = is_behind(session)
    if is_due:
        with database.write() as session:
            enter_words(session, now)


def _sweep_sign_ins(database: Database, before: datetime) -> None:
    gone = select(SignInLink.id).where(SignInLink.expires_at < before)
    ended = or_(AuthorSession.expires_at < before, AuthorSession.revoked_at < before)
    with database.write() as session:
        session.execute(update(OutboxMail).where(OutboxMail.sign_in_link_id.in_(gone)).values(sign_in_link_id=None))
        session.execute(delete(SignInLink).where(SignInLink.expires_at < before))
        session.execute(delete(AuthorSession).where(ended))

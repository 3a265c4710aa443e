"""The author's signed-in browsers: the cookie holds a random token, the table only its hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from forms_service.models import AuthorSession

SESSION_LIFETIME = timedelta(days=30)


def open_session(session: Session, browser: str, now: datetime) -> str:
    """Sign a browser in; returns the token for its cookie."""
    token = secrets.token_urlsafe(32)
    signed_in = AuthorSession(
        token_hash=_hash(token), browser=browser, created_at=now, expires_at=now + SESSION_LIFETIME
    )  # fmt: skip
    session.add(signed_in)
    session.flush()
    return token


def find_session(session: Session, token: str, now: datetime) -> AuthorSession | None:
    """The live session of this token."""
    return session.scalar(select(AuthorSession).where(AuthorSession.token_hash == _hash(token), _is_live(now)))


def live_sessions(session: Session, now: datetime) -> list[AuthorSession]:
    """Every browser that is signed in, the newest first."""
    return list(session.scalars(select(AuthorSession).where(_is_live(now)).order_by(AuthorSession.id.desc())))


def end_session(session: Session, session_id: int, now: datetime) -> None:
    """Sign one browser out; for a session that has ended already nothing is left to do."""
    _end(session, AuthorSession.id == session_id, now)


def end_others(session: Session, session_id: int, now: datetime) -> None:
    """Sign every browser out but this one."""
    _end(session, AuthorSession.id != session_id, now)


def form_token(secret: str, token: str) -> str:
    """What every form of this session carries. It needs no place of its own: it follows from the session's token."""
    return hmac.new(secret.encode(), f"dashboard form:{token}".encode(), hashlib.sha256).hexdigest()


def _is_live(now: datetime) -> ColumnElement[bool]:
    return AuthorSession.revoked_at.is_(None) & (AuthorSession.expires_at > now)


def _end(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    session.execute(update(AuthorSession).where(which, AuthorSession.revoked_at.is_(None)).values(revoked_at=now))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

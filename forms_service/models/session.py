"""The author's sign-in: one-time links and revocable sessions, and the counters of the rate limits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base


class SignInLink(Base):
    """A link that signs in once. The address carries a signed `id` and `nonce`; nothing here signs in by itself."""

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AuthorSession(Base):
    """A signed-in browser. The cookie holds a random token, this row only its hash."""

    __tablename__ = "author_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    browser: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class RateWindow(Base):
    """How often one visitor posted within one window. `key` is a keyed hash, never an address."""

    __tablename__ = "rate_window"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    hits: Mapped[int]

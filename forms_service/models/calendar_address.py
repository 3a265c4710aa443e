"""Where the author's calendar fetches his days: the address is a secret, of which only a hash is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base


class CalendarAddress(Base):
    """One address that was given out; it serves until it is revoked."""

    __tablename__ = "calendar_address"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

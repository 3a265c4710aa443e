"""An outbound referral: the author puts somebody who needs something together with somebody who can help."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base

#: Its stations: both are asked first, neither is named before both agree.
OUTBOUND_STATUSES = (
    "drafted", "asked", "agreed", "introduced", "helped", "not_helped", "no_answer", "declined", "taken_back",
)  # fmt: skip
#: Whose yes is needed: who needs it, and whoever helps or introduces.
SIDES = ("asker", "helper")


class OutboundReferral(Base):
    """A table of its own: a referral that comes in stands on a form and a referrer, this one on a need."""

    __tablename__ = "outbound_referral"

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    #: Whom the author asks for an introduction; nobody where he knows the helper himself.
    via_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    hop: Mapped[str] = mapped_column(String(2))
    drafted_at: Mapped[datetime]
    # projections of its events
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    status: Mapped[str] = mapped_column(String(20), default="drafted")
    asker_asked_at: Mapped[datetime | None]
    helper_asked_at: Mapped[datetime | None]
    asker_agreed_at: Mapped[datetime | None]
    helper_agreed_at: Mapped[datetime | None]
    introduced_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

"""A referral: who referred, what is needed, how far it has gone, and how to reach the third person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, case, false, func
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base

#: How involved the referrer is; what he says is kept as claimed.
LEVELS = ("L0", "L1", "L2", "L3", "L4")
#: Stations of an inbound referral; where it stands follows from the recorded events.
STATUSES = (
    "received", "acknowledged", "waiting", "contacted", "met",
    "customer", "partner", "helped_elsewhere", "not_now", "no", "unreachable", "do_not_contact", "expired", "duplicate",
)  # fmt: skip

#: Nobody has been in touch with the person referred yet.
BEFORE_CONTACT = ("received", "acknowledged", "waiting")


class Referral(Base):
    """The third person stays inside (`referred_name`, ReferredContact) until the author takes him up."""

    __tablename__ = "referral"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    referrer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    referred_name: Mapped[str] = mapped_column(String(200), default="")
    need: Mapped[str] = mapped_column(Text)
    look_out_for: Mapped[str] = mapped_column(Text, default="")
    claimed_level: Mapped[str] = mapped_column(String(2))
    received_at: Mapped[datetime]
    # projections of this referral's events
    confirmed_level: Mapped[str | None] = mapped_column(String(2))
    status: Mapped[str] = mapped_column(String(20), default="received", index=True)
    #: Where the person lives only their own yes counts, not what the referrer says of it.
    needs_own_yes: Mapped[bool] = mapped_column(server_default=false())
    referred_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: When it ended, and when each duty towards the referrer was done.
    outcome_at: Mapped[datetime | None]
    thanked_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    outcome_thanked_at: Mapped[datetime | None]
    rewarded_at: Mapped[datetime | None]
    #: What the referrer asks on its page, "remind" or "helped", and since when; nothing once he was answered.
    asks: Mapped[str] = mapped_column(String(10), server_default="")
    asked_at: Mapped[datetime | None] = mapped_column(index=True)
    #: When the person referred asked to be left in peace, by the link in the author's first message.
    objected_at: Mapped[datetime | None]

    @property
    def level(self) -> str:
        """How far it has gone: as confirmed, else as claimed."""
        return self.confirmed_level or self.claimed_level

    @property
    def station(self) -> str:
        """Where it stands for the person referred: what they asked for themselves outlasts what is recorded of them."""
        return "do_not_contact" if self.objected_at else self.status

    @property
    def permits(self) -> str:
        """The level by which it is decided whether to write: where only their own yes counts, "they agreed" is none."""
        return "L1" if self.level == "L2" and self.needs_own_yes else self.level


def permitted_level() -> ColumnElement[str]:
    """`Referral.permits`, for queries."""
    level = func.coalesce(Referral.confirmed_level, Referral.claimed_level)
    return case((and_(level == "L2", Referral.needs_own_yes), "L1"), else_=level)


class ReferredContact(Base):
    """The second step: how to reach the referred person, and the consent the referrer stated for him."""

    __tablename__ = "referred_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    email: Mapped[str] = mapped_column(String(320), default="")
    phone: Mapped[str] = mapped_column(String(50), default="")
    #: Which wording of the consent statement was on the form, e.g. "2026-11".
    consent_version: Mapped[str] = mapped_column(String(20))
    stated_at: Mapped[datetime]

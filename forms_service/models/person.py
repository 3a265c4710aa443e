"""A person the author knows of, and the ways to reach him, each with its source."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from forms_service.models.base import Base
from forms_service.models.partial import where_said
from forms_service.people.folding import fold
from forms_service.people.stages.contact import Contact


def _folded(row: Any) -> str:
    return fold(row.get_current_parameters()["name"])


class Person(Base):
    """Someone who wrote in, or whom the author took up from a referral.

    New and unconfirmed until the author's first act on what he sent: `confirmed_at` projects that event.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_unthanked", "thanked_at", "touched_at"),
        *where_said("person", "drifts_at", "term_ends_at", "meets_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    #: The name as it is looked for (people.folding); it follows every name that is given.
    folded_name: Mapped[str] = mapped_column(Text, server_default="", default=_folded)
    created_at: Mapped[datetime] = mapped_column(index=True)
    #: Where this row came from: "form" (he wrote himself), "referral" (the author took him up), "author" (he met them)
    #: or "introducer" (a partner named him as one who can help).
    source: Mapped[str] = mapped_column(String(20))
    # projections of the events about this person
    confirmed_at: Mapped[datetime | None]
    #: What the author calls them, and what they usually take or want: who has both is known by name.
    preferred_name: Mapped[str] = mapped_column(String(200), server_default="")
    usual: Mapped[str] = mapped_column(Text, server_default="")
    #: Since when they may be named as a helper without being asked each time.
    introducing_since: Mapped[datetime | None]
    #: The last personal touch and the last thanks; automatic mail is neither.
    touched_at: Mapped[datetime | None]
    thanked_at: Mapped[datetime | None]
    #: From when on they drift away: past the ideal interval since the last touch, and past the longest.
    drifts_at: Mapped[datetime | None]
    lapses_at: Mapped[datetime | None]
    #: When what they bought ends, and the next one-to-one that is booked and not held.
    term_ends_at: Mapped[datetime | None]
    meets_at: Mapped[datetime | None]
    #: Whether that one-to-one has its hour; else `meets_at` stands for the whole day.
    meets_timed: Mapped[bool] = mapped_column(server_default=false())
    #: When a term that ends was last spoken of with them.
    offered_at: Mapped[datetime | None]
    #: free, paused (until `paused_until`), declined or do_not_contact.
    contact_status: Mapped[str] = mapped_column(String(20), server_default="free")
    paused_until: Mapped[datetime | None]
    #: All about them was erased, then; a skeleton stands where referrals and events still point.
    erased_at: Mapped[datetime | None]
    #: What matching asks of a person (people.relations): the author's own word, how well they know each other, partner.
    vouch: Mapped[str] = mapped_column(String(10), server_default="not_yet")
    depth: Mapped[str] = mapped_column(String(10), server_default="met")
    is_partner: Mapped[bool] = mapped_column(server_default=false())

    contact_points: Mapped[list[ContactPoint]] = relationship(back_populates="person", order_by="ContactPoint.id")

    @validates("name")
    def _fold(self, _field: str, name: str) -> str:
        self.folded_name = fold(name)
        return name

    @property
    def is_known_by_name(self) -> bool:
        """One of the signs of a client."""
        return bool(self.preferred_name and self.usual)

    def is_free(self, now: datetime) -> bool:
        """Whether the author may be in touch: neither paused, nor declined, nor left in peace for good."""
        return Contact(self.contact_status, self.paused_until).allows(now)


class ContactPoint(Base):
    """An address or number as typed, and normalised for finding it again. Couples may share one."""

    __tablename__ = "contact_point"
    __table_args__ = (Index("ix_contact_point_normalised", "kind", "normalised"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # email, phone
    value: Mapped[str] = mapped_column(String(320))
    normalised: Mapped[str] = mapped_column(String(320))
    #: Who gave it: "self" on a form, "referrer" in the second step of a referral, "author".
    source: Mapped[str] = mapped_column(String(20))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    added_at: Mapped[datetime]

    person: Mapped[Person] = relationship(back_populates="contact_points")

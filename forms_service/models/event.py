"""What happened, append-only: the truth from which answered, approved, confirmed and the rest follow."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base


class Actor(StrEnum):
    AUTHOR = "author"
    SUBMITTER = "submitter"
    SYSTEM = "system"


class Kind(StrEnum):
    """What can happen. `data` of each is named behind it; personal values stand in `Note` or the subject's row."""

    SUBMITTED = "submitted"
    ANSWERED = "answered"
    MARKED_SPAM = "marked_spam"
    COMMENT_APPROVED = "comment_approved"
    COMMENT_REJECTED = "comment_rejected"
    COMMENT_REPLIED = "comment_replied"
    NOTE_ADDED = "note_added"
    CONTACT_DETAILS_GIVEN = "contact_details_given"
    LEVEL_CONFIRMED = "level_confirmed"  # {"level": "L2"}
    REFERRAL_MOVED = "referral_moved"  # {"to": one of referral.STATUSES}
    REFERRED_TAKEN_UP = "referred_taken_up"  # {"person_id": 7}
    NEED_TOLD = "need_told"
    NEED_RENEWED = "need_renewed"  # still wanted, for another while
    NEED_ANSWERED = "need_answered"
    NEED_WITHDRAWN = "need_withdrawn"
    OFFER_TOLD = "offer_told"
    OFFER_ENDED = "offer_ended"
    KNOWS_TOLD = "knows_told"
    HINT_TOLD = "hint_told"
    TOLD_SET_ASIDE = "told_set_aside"  # {"field": what of a form is no need or offer}
    INTRODUCING_ALLOWED = "introducing_allowed"  # may be named as a helper without being asked each time
    INTRODUCING_ENDED = "introducing_ended"
    OUTBOUND_DRAFTED = "outbound_drafted"  # {"helper_id": 7 or None, "agreed": [sides that need not be asked]}
    OUTBOUND_ASKED = "outbound_asked"  # {"side": one of outbound.SIDES}
    OUTBOUND_AGREED = "outbound_agreed"  # {"side": one of outbound.SIDES}
    HELPER_NAMED = "helper_named"  # {"helper_id": 7}
    OUTBOUND_MOVED = "outbound_moved"  # {"to": introduced or how it ended}; "helped" also answers the need
    ERASED = "erased"  # of a person, a submission, a comment or whom a referral names; cannot be taken back
    UNDONE = "undone"  # reverses_id names the event taken back


class Event(Base):
    """One act. Never changed, never deleted; a mistake is taken back by an UNDONE event."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), index=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"), index=True)
    knows_id: Mapped[int | None] = mapped_column(ForeignKey("knows.id"), index=True)
    hint_id: Mapped[int | None] = mapped_column(ForeignKey("hint.id"), index=True)
    outbound_id: Mapped[int | None] = mapped_column(ForeignKey("outbound_referral.id"), index=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), unique=True)


class Note(Base):
    """The author's words about an event: kept apart, so that they can be erased and the event stays."""

    __tablename__ = "note"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)

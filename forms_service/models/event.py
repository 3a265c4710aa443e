"""What happened, append-only: the truth from which answered, approved, confirmed and the rest follow."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.models.base import Base
from forms_service.models.partial import not_indexed, where_said


class Actor(StrEnum):
    AUTHOR = "author"
    SUBMITTER = "submitter"
    #: The person whom a referral names, by the link in the author's first message.
    SUBJECT = "subject"
    SYSTEM = "system"
    IMPORT = "import"


class Kind(StrEnum):
    """What can happen. `data` of each is named behind it; personal values stand in `Note` or the subject's row."""

    SUBMITTED = "submitted"  # a referral's: {"own_yes": true} where only the person's own yes counts
    ANSWERED = "answered"
    MARKED_SPAM = "marked_spam"
    COMMENT_APPROVED = "comment_approved"  # {"substantial": true} where its writer is owed a word, else {}
    COMMENT_REJECTED = "comment_rejected"
    COMMENT_REPLIED = "comment_replied"
    COMMENT_IMPORTED = "comment_imported"  # it was public before, elsewhere; `at` is when it was written
    NOTE_ADDED = "note_added"
    CONTACT_DETAILS_GIVEN = "contact_details_given"  # {"own_yes": true} as above, by the address that was given
    LEVEL_CONFIRMED = "level_confirmed"  # {"level": "L2"}
    # {"to": one of referral.STATUSES, "day": ISO moment: when to ask again, or until when they bought,
    # "with": [events of the person referred, gone with it]}
    REFERRAL_MOVED = "referral_moved"
    REFERRED_TAKEN_UP = "referred_taken_up"  # {"person_id": 7, "with": [as above]}
    OWN_YES_SET = "own_yes_set"  # {"needed": whether only their own yes counts where they live}
    FIRST_MESSAGE_SENT = "first_message_sent"  # {"notice": the wording of the notice in it}
    REFERRER_ASKED = "referrer_asked"  # {"what": "remind" or "helped"}, on the page of his referral
    NEED_TOLD = "need_told"
    NEED_RENEWED = "need_renewed"  # still wanted, for another while
    NEED_ANSWERED = "need_answered"
    NEED_WITHDRAWN = "need_withdrawn"
    OFFER_TOLD = "offer_told"
    OFFER_ENDED = "offer_ended"
    KNOWS_TOLD = "knows_told"  # {"with": [events of what was said before, gone with it]}, or {}
    KNOWS_REPLACED = "knows_replaced"  # how well they know each other was said again since
    HINT_TOLD = "hint_told"
    TOLD_SET_ASIDE = "told_set_aside"  # {"field": what of a form is no need or offer}
    VOUCHED = "vouched"  # {"as": "yes", "not_yet" or "no"}: the author's own word
    INTRODUCING_ALLOWED = "introducing_allowed"  # may be named as a helper without being asked each time
    INTRODUCING_ENDED = "introducing_ended"
    REFERENCE_ALLOWED = "reference_allowed"  # may name the author as a reference without asking each time
    REFERENCE_ENDED = "reference_ended"
    OUTBOUND_DRAFTED = "outbound_drafted"  # {"helper_id": 7 or None, "agreed": [sides that need not be asked]}
    OUTBOUND_ASKED = "outbound_asked"  # {"side": one of outbound.SIDES}
    OUTBOUND_AGREED = "outbound_agreed"  # {"side": one of outbound.SIDES}
    HELPER_NAMED = "helper_named"  # {"helper_id": 7, "with": [events told along, gone with it]}
    # {"to": introduced or how it ended}; "helped" also answers the need. {"with": events told along, gone with it}
    OUTBOUND_MOVED = "outbound_moved"
    # the author's own acts; each may say {"at": ISO moment} when it happened earlier than it was recorded
    MET = "met"
    ONE_TO_ONE_BOOKED = "one_to_one_booked"  # {"for": ISO moment, "timed": true where it has its hour}
    ONE_TO_ONE_HELD = "one_to_one_held"
    CALLED = "called"
    E_MAILED = "e_mailed"
    IN_TOUCH = "in_touch"  # by whatever way
    CARD_SENT = "card_sent"
    PURCHASED = "purchased"  # {"until": ISO moment the term ends, or null for a one-off}
    RENEWED = "renewed"  # {"until": ISO moment, "automatic": true}
    UPGRADED = "upgraded"  # by themselves
    EXPIRED = "expired"  # the term ended, now
    TERM_SPOKEN_OF = "term_spoken_of"  # {"ends": ISO moment}: an offer, as far as the customer is concerned
    INTEREST_OPENED = "interest_opened"
    INTEREST_CLOSED = "interest_closed"  # {"as": "bought", "not_now" or "no"}
    CLIENT_CONFIRMED = "client_confirmed"
    PARTNER_CONFIRMED = "partner_confirmed"
    PAUSED = "paused"  # {"until": ISO moment}
    MEETING_DECLINED = "meeting_declined"
    DO_NOT_CONTACT = "do_not_contact"
    CONTACT_LIFTED = "contact_lifted"  # {"by": "author" or "person"}
    ROLES_SET = "roles_set"  # {"roles": [of people.stages.ROLES]}
    INTERVAL_SET = "interval_set"  # {"ideal": days, "maximum": days}, or {} for what their role suggests
    THANKED = "thanked"  # {"how": one of people.duties.WAYS, "duty": what it answers, or "", "cost": "4.50" if kept}
    OUTCOME_TOLD = "outcome_told"
    FAVOUR_DONE = "favour_done"  # {"provider_id": 7, "introducer_id": 8 or None}, on the timeline of each
    PROMISE_MADE = "promise_made"  # {"due": ISO moment, "by": "author" or "person"}
    PROMISE_KEPT = "promise_kept"  # {"promise": the event's id}
    FOLLOW_UP_SET = "follow_up_set"  # {"due": ISO moment}
    PUT_OFF = "put_off"  # {"row": a row of Today, "until": ISO moment, or null for good}
    # {"field": one of people.facts.FIELDS, "from": "person" or "author"}; its note has the words, and none if forgotten
    FACT_NOTED = "fact_noted"
    NOTED_TOGETHER = "noted_together"  # {"on": "capture", "sheet" or "names", "with": [events recorded in one go]}
    ERASED = "erased"  # of a person, a submission, a comment or whom a referral names; cannot be taken back
    UNDONE = "undone"  # reverses_id names the event taken back


#: Said as it stands, not as a value: only so is the index of erasures used, which the worker asks every few seconds.
ERASURE = text(f"kind = '{Kind.ERASED}'")


#: What an event may be about besides its person and what was sent; most are about one of these, or none.
ABOUT = ("comment", "referral", "need", "offer", "knows", "hint", "outbound")


class Event(Base):
    """One act. Never changed, never deleted; a mistake is taken back by an UNDONE event."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_erased", "id", sqlite_where=ERASURE, postgresql_where=ERASURE),
        *where_said("event", *(f"{about}_id" for about in ABOUT)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"))
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"))
    knows_id: Mapped[int | None] = mapped_column(ForeignKey("knows.id"))
    hint_id: Mapped[int | None] = mapped_column(ForeignKey("hint.id"))
    outbound_id: Mapped[int | None] = mapped_column(ForeignKey("outbound_referral.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), unique=True)

    @classmethod
    def is_erasure(cls) -> ColumnElement[bool]:
        """For queries that ask for erasures among all events."""
        return cls.kind == literal_column(f"'{Kind.ERASED}'")


class Note(Base):
    """The author's words about an event: kept apart, so that they can be erased and the event stays."""

    __tablename__ = "note"
    __table_args__ = (not_indexed("note", "event_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    #: When its words were entered in the index; None: not yet.
    indexed_at: Mapped[datetime | None]

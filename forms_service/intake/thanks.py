"""The thank-you page's address and what it knows: read from the rows, nothing written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bridge.identity import Identity
from forms_service.forms.referral import AGREED
from forms_service.intake.arrival import Receipt, SecondStep, Sender
from forms_service.intake.introductions import Introduction, introduction
from forms_service.links.tokens import Link, read, sign
from forms_service.models import Comment, Referral, ReferredContact, Submission

#: A referrer may find out how to reach someone months later.
LIFETIME = timedelta(days=365)


@dataclass(frozen=True)
class Thanks:
    """What the page says beside its fixed words."""

    submission: Submission
    referral: Referral | None = None
    introduction: Introduction | None = None
    article_id: str = ""

    @property
    def referred_name(self) -> str:
        return self.referral.referred_name if self.referral else ""

    @property
    def asks_how_to_reach(self) -> bool:
        """From "agreed" upward, as the answer to the first step only; not where only their own yes counts."""
        asks = self.submission.kind == "referral" and self.referral is not None and may_be_reached(self.referral)
        return asks and not self.own_yes_is_missing

    @property
    def own_yes_is_missing(self) -> bool:
        """They agreed, as the referrer says; but where they live they have to say so themselves."""
        return self.referral is not None and self.referral.claimed_level == "L2" and self.referral.needs_own_yes


def token_of(secret: str, receipt: Receipt) -> str:
    """The signed reference: the same for a second click, since it follows from the first's row."""
    return sign(secret, Link("thanks", receipt.submission_id, ""), receipt.received_at + LIFETIME)


def submission_of(session: Session, secret: str, token: str, kind: str, now: datetime) -> Submission | None:
    """The submission a signed reference names, if it is one of this kind. Raises LinkError."""
    submission = session.get(Submission, read(secret, token, now, "thanks").target)
    known = submission is not None and submission.kind == kind and submission.payload  # the erased have none
    return submission if known else None


def thanks_for(session: Session, submission: Submission, site: Identity) -> Thanks:
    """Gather what the thank-you page for `submission` tells."""
    if submission.kind == "comment":
        article = session.scalar(select(Comment.article_id).filter_by(submission_id=submission.id))
        return Thanks(submission, article_id=article or "")
    referral = _referral(session, submission)
    if referral is None:
        return Thanks(submission)
    told = Thanks(submission, referral)
    is_erased = not referral.need
    if is_erased or (submission.kind != "referral" and not told.own_yes_is_missing):
        return told
    # The name as typed, not that of the person: an answer never tells whether an address is known.
    referrer = str(session.get_one(Submission, referral.submission_id).payload.get("name", ""))
    words = introduction(referral.claimed_level, referrer, referral.referred_name, referral.need, site)
    return replace(told, introduction=words)


def second_step(session: Session, submission: Submission) -> SecondStep | None:
    """What further details about the person of `submission` belong to; None where none may be given."""
    referral = session.scalar(select(Referral).filter_by(submission_id=submission.id))
    if referral is None or not may_be_reached(referral):
        return None
    return SecondStep(referral.id, Sender(referral.referrer_id, submission.is_claim))


def may_be_reached(referral: Referral) -> bool:
    """The referrer said that the person agreed to hear from the author, and nobody erased it all since."""
    return referral.claimed_level in AGREED and bool(referral.need)


def _referral(session: Session, submission: Submission) -> Referral | None:
    if submission.kind == "referral":
        return session.scalar(select(Referral).filter_by(submission_id=submission.id))
    if submission.kind == "referral_contact":
        contact = session.scalar(select(ReferredContact).filter_by(submission_id=submission.id))
        return session.get(Referral, contact.referral_id) if contact else None
    return None

"""Makers of what visitors sent: the rows that intake writes, with their mail to the author waiting."""

from datetime import datetime
from itertools import count

from sqlalchemy.orm import Session

from forms_service.models import (
    Comment,
    ContactPoint,
    OutboxMail,
    Person,
    Referral,
    ReferredContact,
    SignInLink,
    Submission,
)  # fmt: skip

_numbers = count(1)

COMMENT = {
    "name": "A baker", "email": "baker@example.com", "text": "I thank my miller every Friday.",
    "article": "2026/11/thanks",
}  # fmt: skip
CONTACT = {
    "name": "A gardener", "email": "gardener@example.com", "phone": "+1 212-555-0143",
    "message": "May I call you about the roses?", "looking_for": "A good printer", "good_at": "Pruning",
}  # fmt: skip
REFERRAL = {
    "name": "A plumber", "email": "plumber@example.com", "phone": "", "level": "L2", "referred_name": "A teacher",
    "need": "Someone who writes thank-you cards with a whole class.", "look_out_for": "A landlord with old pipes",
}  # fmt: skip
HOW_TO_REACH = {"email": "teacher@example.com", "phone": "+1 212-555-0167", "consent": "2026-11"}


def submission(session: Session, kind: str, payload: dict[str, str], now: datetime, **more) -> Submission:
    person = Person(name=payload.get("name", "A visitor"), created_at=now, source="form")
    if email := payload.get("email"):
        person.contact_points.append(
            ContactPoint(kind="email", value=email, normalised=email, source="self", added_at=now)
        )
    number = next(_numbers)
    row = Submission(
        reference=f"K7QM{number:04}", kind=kind, payload=payload, received_at=now, person=person, is_claim=False,
        **more,
    )  # fmt: skip
    session.add_all([person, row])
    session.flush()
    return row


def mail(session: Session, kind: str, now: datetime, **more) -> OutboxMail:
    number = next(_numbers)
    row = OutboxMail(kind=kind, message_id=f"<mail-{number}@example.com>", created_at=now, next_attempt_at=now, **more)
    session.add(row)
    session.flush()
    return row


def comment(session: Session, now: datetime, parent: Comment | None = None, **changed: str) -> OutboxMail:
    sent = submission(session, "comment", {**COMMENT, **changed}, now)
    words = sent.payload
    row = Comment(
        submission_id=sent.id, article_id=words["article"], parent_id=parent.id if parent else None,
        name=words["name"], text=words["text"], written_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return mail(session, "comment_received", now, submission_id=sent.id)


def contact(session: Session, now: datetime, **changed: str) -> OutboxMail:
    sent = submission(session, "contact", {**CONTACT, **changed}, now)
    return mail(session, "contact_received", now, submission_id=sent.id)


def referral(session: Session, now: datetime, **changed: str) -> OutboxMail:
    sent = submission(session, "referral", {**REFERRAL, **changed}, now)
    words = sent.payload
    session.add(
        Referral(
            submission_id=sent.id, referrer_id=sent.person_id, referred_name=words["referred_name"],
            need=words["need"], look_out_for=words["look_out_for"], claimed_level=words["level"], received_at=now,
        )
    )  # fmt: skip
    session.flush()
    return mail(session, "referral_received", now, submission_id=sent.id)


def referral_contact(session: Session, now: datetime, about: Referral) -> OutboxMail:
    sent = submission(session, "referral_contact", HOW_TO_REACH, now)
    session.add(
        ReferredContact(
            referral_id=about.id, submission_id=sent.id, email=HOW_TO_REACH["email"], phone=HOW_TO_REACH["phone"],
            consent_version=HOW_TO_REACH["consent"], stated_at=now,
        )
    )  # fmt: skip
    session.flush()
    return mail(session, "referral_contact_received", now, submission_id=sent.id)


def sign_in(session: Session, now: datetime, expires_at: datetime) -> OutboxMail:
    link = SignInLink(nonce="n0nce-of-a-link", created_at=now, expires_at=expires_at)
    session.add(link)
    session.flush()
    return mail(session, "sign_in", now, sign_in_link_id=link.id)

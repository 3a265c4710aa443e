"""Erases what is known about a person, or about somebody whom a referral names, in the caller's transaction.

Rows stay as skeletons without words, so that events still tell what happened and when. Pages, kept releases and
caught mail follow: the essays are marked stale here, and the worker does the rest. There is no way back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from forms_service.models import (
    Actor,
    Comment,
    ContactPoint,
    Event,
    Hint,
    ImportedComment,
    Kind,
    Knows,
    Need,
    Note,
    Offer,
    Person,
    Referral,
    ReferredContact,
    Submission,
    SubmissionKey,
)
from forms_service.models.alone import alone
from forms_service.models.base import HELD
from forms_service.models.projection import record
from forms_service.moderation.decide import mark_stale
from forms_service.people.indexing import forget_words

NAME = "Erased person"


def erase_person(session: Session, person_id: int, now: datetime) -> Event | None:
    """Everything from and about this person. None when that was done already. Raises LookupError."""
    alone(session)
    person = session.get(Person, person_id, with_for_update=HELD)
    if person is None:
        raise LookupError(f"there is no person {person_id}")
    if _done(session, Event.person_id == person_id, Event.referral_id.is_(None)):
        return None
    person.name, person.preferred_name, person.usual = NAME, "", ""
    sent = session.scalars(select(Submission).where(Submission.person_id == person_id).order_by(Submission.id)).all()
    for submission in sent:
        _erase_submission(session, submission, now)
    for referral in session.scalars(select(Referral).where(Referral.referrer_id == person_id)):
        _erase_third_person(session, referral)
        referral.look_out_for = ""
    for referral in session.scalars(select(Referral).where(Referral.referred_id == person_id)):
        _erase_third_person(session, referral)
    session.execute(delete(ContactPoint).where(ContactPoint.person_id == person_id))
    _erase_told(session, person_id)
    about = select(Event.id).where(Event.person_id == person_id)
    session.execute(delete(Note).where(Note.event_id.in_(about)))
    forget_words(session, person_id)
    return record(session, Event(at=now, kind=Kind.ERASED, actor=Actor.AUTHOR, person_id=person_id))


def _erase_told(session: Session, person_id: int) -> None:
    """What they told, and with whom they are connected: neither end of an acquaintance is left."""
    for need in session.scalars(select(Need).where(Need.person_id == person_id)):
        need.text = need.category = need.place = ""
    for own in session.scalars(select(Offer).where(Offer.person_id == person_id)):
        own.text = own.category = own.place = ""
    for offer in session.scalars(select(Offer).where(Offer.recommended_by_id == person_id)):
        offer.recommended_by_id = None
    for hint in session.scalars(select(Hint).where(Hint.person_id == person_id)):
        hint.category = ""
    for known in session.scalars(select(Knows).where(or_(Knows.person_id == person_id, Knows.other_id == person_id))):
        known.other_id = None


def erase_referred(
    session: Session, referral_id: int, now: datetime, actor: Actor = Actor.AUTHOR
) -> Event | None:  # fmt: skip
    """The person whom this referral names and the author has not taken up. None when that was done already.

    Raises LookupError.
    """
    alone(session)
    referral = session.get(Referral, referral_id, with_for_update=HELD)
    if referral is None:
        raise LookupError(f"there is no referral {referral_id}")
    if _done(session, Event.referral_id == referral_id):
        return None
    _erase_third_person(session, referral)
    return record(session, Event(at=now, kind=Kind.ERASED, actor=actor, referral_id=referral_id))


def erase_comment(session: Session, comment_id: int, now: datetime) -> Event | None:
    """An imported comment: whoever wrote it is no person here. None when that was done already. Raises LookupError."""
    imported = session.scalar(select(ImportedComment).where(ImportedComment.comment_id == comment_id))
    if imported is None:
        raise LookupError(f"there is no imported comment {comment_id}")
    alone(session)
    comment = session.get_one(Comment, comment_id, with_for_update=HELD)
    if comment.is_erased:
        return None
    imported.url = ""
    if comment.submission_id is not None:
        return _erase_submission(session, session.get_one(Submission, comment.submission_id), now)
    _erase_comment(session, comment, now)
    return record(session, Event(at=now, kind=Kind.ERASED, actor=Actor.AUTHOR, comment_id=comment_id))


def _done(session: Session, *about: object) -> bool:
    erased = select(Event.id).where(Event.kind == Kind.ERASED, Event.submission_id.is_(None), *about)  # type: ignore[arg-type]
    return session.scalar(erased.limit(1)) is not None


def _erase_submission(session: Session, submission: Submission, now: datetime) -> Event:
    submission.payload, submission.network, submission.suspicions = {}, "", []
    comment = session.scalar(select(Comment).where(Comment.submission_id == submission.id))
    if comment is not None:
        _erase_comment(session, comment, now)
    _forget_fingerprints(session, [submission])
    return record(session, Event(
        at=now, kind=Kind.ERASED, actor=Actor.AUTHOR, person_id=submission.person_id, submission_id=submission.id,
        comment_id=comment.id if comment else None,
    ))  # fmt: skip


def _erase_comment(session: Session, comment: Comment, now: datetime) -> None:
    """With it go the author's answers, which speak to the person; what others answered is theirs and stays."""
    comment.name, comment.text = NAME, ""
    for reply in session.scalars(select(Comment).where(Comment.parent_id == comment.id, Comment.by_author)).all():
        reply.text = ""
        record(session, Event(at=now, kind=Kind.ERASED, actor=Actor.AUTHOR, comment_id=reply.id))
    mark_stale(session, comment.article_id, now)


def _erase_third_person(session: Session, referral: Referral) -> None:
    """What the referrer said of the person goes, and what the author wrote about it, which speaks of them too.

    What the referrer said of himself stays, and that he was thanked.
    """
    referral.referred_name = referral.need = ""
    given = session.scalars(select(ReferredContact).where(ReferredContact.referral_id == referral.id)).all()
    for contact in given:
        contact.email = contact.phone = ""
    first = session.get_one(Submission, referral.submission_id)
    first.payload = {name: value for name, value in first.payload.items() if name not in ("referred_name", "need")}
    seconds = [session.get_one(Submission, contact.submission_id) for contact in given]
    for second in seconds:
        second.payload = {name: value for name, value in second.payload.items() if name == "consent"}
    _forget_fingerprints(session, [first, *seconds])
    about = select(Event.id).where(Event.referral_id == referral.id)
    session.execute(delete(Note).where(Note.event_id.in_(about)))
    for sender in sorted({each.person_id for each in (first, *seconds) if each.person_id is not None}):
        forget_words(session, sender)


def _forget_fingerprints(session: Session, submissions: Iterable[Submission]) -> None:
    references = [submission.reference for submission in submissions]
    session.execute(delete(SubmissionKey).where(SubmissionKey.reference.in_(references)))

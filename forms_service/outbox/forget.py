"""Removes caught mails that hold words of somebody who has been erased. Mail that was sent is the author's own."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Event, Kind, OutboxMail, Referral, ReferredContact
from forms_service.outbox.dispatch import caught_name


def forget_caught_mails(database: Database, config: Config) -> None:
    """Idempotent: what is gone already is passed over."""
    erased = select(Event.submission_id).where(Event.kind == Kind.ERASED)
    named = select(Event.referral_id).where(Event.kind == Kind.ERASED)
    taken_up = select(Event.person_id).where(Event.kind == Kind.ERASED)
    about = or_(Referral.id.in_(named), Referral.referred_id.in_(taken_up))
    first = select(Referral.submission_id).where(about)
    second = (
        select(ReferredContact.submission_id).join(Referral, ReferredContact.referral_id == Referral.id).where(about)
    )
    # A morning's mail may name anybody.
    last = select(func.max(Event.at)).where(Event.kind == Kind.ERASED).scalar_subquery()
    mornings = and_(OutboxMail.kind == "morning", OutboxMail.created_at <= last)
    mails = select(OutboxMail).where(
        or_(mornings, *(OutboxMail.submission_id.in_(each) for each in (erased, first, second)))
    )
    with database.read() as session:
        for mail in session.scalars(mails):
            (config.mail_dir / caught_name(mail)).unlink(missing_ok=True)

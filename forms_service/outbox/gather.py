"""Reads what a mail is about and has it composed. Reads only; the words are those of `emails`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.config import Config
from forms_service.essays import essay, newest_essay_date
from forms_service.links.addresses import LINK_LIFETIME, link_address, sign_in_address
from forms_service.links.tokens import Link
from forms_service.models import Comment, OutboxMail, Referral, ReferredContact, Report, SignInLink, Submission
from forms_service.outbox import emails
from forms_service.outbox.emails import Arrival, Button
from forms_service.outbox.message import Email
from forms_service.outbox.morning_email import morning
from forms_service.people.deadlines import due_at, time_left
from forms_service.people.today import today
from forms_service.reference import spoken


class NothingToSendError(Exception):
    """What this mail was about has ended meanwhile; the message says how, for the author to read in his outbox.

    No failure: trying again would help nobody, and nothing is wrong with the service.
    """


@dataclass(frozen=True)
class Desk:
    """What composing needs besides the row: where to read, who we are, what time it is."""

    session: Session
    config: Config
    now: datetime

    def button(self, label: str, purpose: str, target: int, action: str) -> Button:
        identity, expires_at = self.config.identity, self.now + LINK_LIFETIME
        link = Link(purpose, target, action)
        return Button(label, link_address(identity.url, self.config.secret_key, link, expires_at))


def gather(session: Session, mail: OutboxMail, config: Config, now: datetime) -> Email:
    """The mail as it reads now. Raises NothingToSendError."""
    desk = Desk(session, config, now)
    if mail.kind == "sign_in":
        return _sign_in(desk, mail)
    if mail.kind == "report":
        return _report(desk, mail)
    if mail.kind == "morning":
        return _morning(desk, mail)
    submission = session.get(Submission, mail.submission_id) if mail.submission_id else None
    if submission is None or not submission.payload:
        raise NothingToSendError("what this mail was about has been erased")
    if submission.spam_at is not None:
        raise NothingToSendError("marked as spam before it was sent")
    return _COMPOSERS[mail.kind](desk, submission)


def _comment_received(desk: Desk, submission: Submission) -> Email:
    comment = _only(desk, Comment, submission)
    parent = desk.session.get(Comment, comment.parent_id) if comment.parent_id else None
    about = essay(desk.config, comment.article_id)
    return emails.comment_received(
        _arrival(desk, submission, comment.name, f"/dashboard/comments/{comment.id}"),
        title=about.title,
        address=about.address,
        text=comment.text,
        replies_to=parent.name if parent else "",
        buttons=[
            desk.button("Publish it", "comment", comment.id, "approve"),
            desk.button("Keep it off the site", "comment", comment.id, "reject"),
            desk.button("It is spam", "comment", comment.id, "spam"),
        ],
    )


def _contact_received(desk: Desk, submission: Submission) -> Email:
    return emails.contact_received(
        _arrival(desk, submission, _typed(submission, "name"), f"/dashboard/inbox/{submission.id}"),
        message=_typed(submission, "message"),
        looking_for=_typed(submission, "looking_for"),
        good_at=_typed(submission, "good_at"),
        buttons=_answering(desk, submission),
    )


def _referral_received(desk: Desk, submission: Submission) -> Email:
    referral = _only(desk, Referral, submission)
    return emails.referral_received(
        _arrival(desk, submission, _typed(submission, "name"), f"/dashboard/referrals/{referral.id}"),
        level=referral.claimed_level,
        needs_own_yes=referral.needs_own_yes,
        referred=referral.referred_name,
        need=referral.need,
        look_out_for=referral.look_out_for,
        buttons=_answering(desk, submission),
    )


def _referral_contact_received(desk: Desk, submission: Submission) -> Email:
    details = _only(desk, ReferredContact, submission)
    referral = desk.session.get_one(Referral, details.referral_id)
    first_step = desk.session.get_one(Submission, referral.submission_id)
    # The address on this form is the third person's: name and Reply-To are those of the referrer.
    page = f"/dashboard/referrals/{referral.id}"
    return emails.referral_contact_received(
        _arrival(desk, submission, _typed(first_step, "name"), page, sender=first_step),
        level=referral.level,
        status=referral.station,
        needs_own_yes=referral.needs_own_yes,
        referred=referral.referred_name,
        email=details.email,
        phone=details.phone,
        consent=details.consent_version,
        agreed=_typed(submission, "agreed"),
        buttons=_answering(desk, submission),
    )


def _sign_in(desk: Desk, mail: OutboxMail) -> Email:
    link = desk.session.get(SignInLink, mail.sign_in_link_id) if mail.sign_in_link_id else None
    if link is None or link.used_at is not None or link.expires_at <= desk.now:
        raise NothingToSendError("the sign-in link ended before it could be sent; ask for a new one")
    site = desk.config.identity
    address = sign_in_address(site.url, desk.config.secret_key, link.id, link.nonce, link.expires_at)
    return emails.sign_in(site, address, link.expires_at)


def _report(desk: Desk, mail: OutboxMail) -> Email:
    report = desk.session.get(Report, mail.report_id) if mail.report_id else None
    if report is None:
        raise NothingToSendError("what this mail was to tell is gone")
    return emails.report(report.subject, report.text)


def _morning(desk: Desk, mail: OutboxMail) -> Email:
    """The day as it is now; of a day that is over nobody wants to read."""
    site, zone = desk.config.identity, desk.config.identity.zone
    if mail.created_at.astimezone(zone).date() != desk.now.astimezone(zone).date():
        raise NothingToSendError("the day was over before it could be sent")
    newest = newest_essay_date(desk.config, desk.now)
    found = today(desk.session, desk.now, site, desk.config.root, newest)
    if not found.groups and not desk.config.morning_mail_when_empty:
        raise NothingToSendError("nothing was owed to anybody that morning")
    return morning(site, desk.now, found.groups)


def _arrival(desk: Desk, submission: Submission, name: str, page: str, sender: Submission | None = None) -> Arrival:
    """`sender` is where the sender's own addresses stand, if not in `submission`."""
    site, typed = desk.config.identity, sender or submission
    due = due_at(submission.received_at, site.answer_hours, site.days_off, site.zone)
    return Arrival(
        site=site,
        reference=spoken(submission.reference),
        name=name,
        email=_typed(typed, "email").strip(),
        phone=_typed(typed, "phone").strip(),
        is_claim=typed.is_claim,
        suspicions=tuple(submission.suspicions),
        due_at=due,
        left=time_left(desk.now, due, site.days_off, site.zone),
        dashboard=site.url + page,
    )


def _answering(desk: Desk, submission: Submission) -> list[Button]:
    return [
        desk.button("I have answered", "submission", submission.id, "answered"),
        desk.button("It is spam", "submission", submission.id, "spam"),
    ]


def _only(desk: Desk, table: Any, submission: Submission) -> Any:
    row = desk.session.scalar(select(table).where(table.submission_id == submission.id))
    if row is None:
        raise NothingToSendError("what this mail was about has been erased")
    return row


def _typed(submission: Submission, name: str) -> str:
    return str(submission.payload.get(name) or "")


_COMPOSERS = {
    "comment_received": _comment_received,
    "contact_received": _contact_received,
    "referral_received": _referral_received,
    "referral_contact_received": _referral_contact_received,
}

"""The outbox: which mail waits, which could not be sent and why, which is held back, which has gone."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from sqlalchemy import case, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.answers import done, one_of, page_number
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.models import MailState, OutboxMail, Submission
from forms_service.outbox.changes import retry_mail
from forms_service.people.queries.page import Page, by_id, fetch_page

SHOWS = {"all": "All", "waiting": "Waiting", "failed": "Failed", "held": "Held back", "sent": "Sent"}
STATES = {
    "waiting": (MailState.QUEUED, MailState.SENDING),
    "failed": (MailState.FAILED,),
    "held": (MailState.SILENCED,),
    "sent": (MailState.SENT,),
}
MAIL_WORDS = {
    "comment_received": "A comment came in",
    "contact_received": "A message came in",
    "referral_received": "A referral came in",
    "referral_contact_received": "How to reach someone referred",
    "sign_in": "A link to sign in",
    "report": "A report on publishing",
    "morning": "Your morning",
}


@dataclass(frozen=True)
class Mail:
    row: OutboxMail
    submission: Submission | None


@dashboard.get("/outbox")
def outbox() -> str:
    show = one_of("show", SHOWS, "all")
    with database().read() as session:
        page = _mails(session, show, page_number())
        return render_template(
            "dashboard/outbox.html", page=page, show=show, shows=SHOWS, mail_words=MAIL_WORDS, mail_to=config().mail_to
        )


@dashboard.post("/outbox/<int:mail_id>/retry")
def retry(mail_id: int) -> Response:
    with database().write() as session:
        again = retry_mail(session, mail_id, now())
    said = "It is tried again in a moment." if again else "It is not given up, so there is nothing to try again."
    return done(said, address("outbox"))


def _mails(session: Session, show: str, number: int) -> Page[Mail]:
    """What failed first, then what waits, then the rest; each the newest first."""
    query = select(OutboxMail)
    if show != "all":
        query = query.where(OutboxMail.state.in_(STATES[show]))
    rank = case((OutboxMail.state.in_(STATES["failed"]), 0), (OutboxMail.state.in_(STATES["waiting"]), 1), else_=2)
    page = fetch_page(session, query.order_by(rank, OutboxMail.id.desc()), number)
    submissions = by_id(session, Submission, [row.submission_id for row in page.rows])
    return Page([Mail(row, submissions.get(row.submission_id)) for row in page.rows], page.number, page.has_next)

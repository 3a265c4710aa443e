"""The inbox: everything that was sent, what waits for an answer first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort, render_template
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.answers import done, done_by, one_of, page_number
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.essays import essays
from forms_service.models import Submission
from forms_service.people import changes
from forms_service.people.deadlines import SOON, due_at, in_words, time_left
from forms_service.people.event_words import FIELD_WORDS
from forms_service.people.queries import InboxFilter, inbox, submission_details
from forms_service.people.referral_words import LEVEL_WORDS

KINDS = {
    "": "Everything", "comment": "Comments", "contact": "Messages", "referral": "Referrals",
    "referral_contact": "Ways to reach someone",
}  # fmt: skip
SHOWS = {"open": "All", "waiting": "Waiting", "answered": "Answered", "spam": "Spam"}


@dashboard.get("/inbox")
def inbox_page() -> str:
    wanted = InboxFilter(one_of("kind", KINDS, ""), one_of("show", SHOWS, "open"))
    with database().read() as session:
        page = inbox(session, wanted, page_number())
        due = {row.id: _due(row, now()) for row in page.rows}
        return render_template("dashboard/inbox.html", page=page, wanted=wanted, kinds=KINDS, shows=SHOWS, due=due)


@dashboard.get("/inbox/<int:submission_id>")
def submission(submission_id: int) -> str:
    with database().read() as session:
        details = submission_details(session, submission_id)
        if details is None:
            abort(404)
        return render_template(
            "dashboard/submission.html",
            details=details, due=_due(details.submission, now()), fields=sent_fields(details.submission),
            essays=essays(config().site_roots),
        )  # fmt: skip


@dashboard.post("/inbox/<int:submission_id>/answered")
def mark_answered(submission_id: int) -> Response:
    with database().write() as session:
        event = changes.mark_answered(session, submission_id, now())
        return done_by(event, "Marked as answered.", _page(submission_id))


@dashboard.post("/inbox/<int:submission_id>/not-answered")
def undo_answered(submission_id: int) -> Response:
    with database().write() as session:
        event = changes.undo_answered(session, submission_id, now())
    again = address("mark_answered", submission_id=submission_id) if event else ""
    return done("Waiting for your answer again.", _page(submission_id), again)


@dashboard.post("/inbox/<int:submission_id>/spam")
def mark_spam(submission_id: int) -> Response:
    with database().write() as session:
        changes.mark_spam(session, submission_id, now())
    undo = address("not_spam", submission_id=submission_id)
    return done("Marked as spam. It is kept among the spam.", _page(submission_id), undo)


@dashboard.post("/inbox/<int:submission_id>/not-spam")
def not_spam(submission_id: int) -> Response:
    with database().write() as session:
        event = changes.not_spam(session, submission_id, now())
    undo = address("mark_spam", submission_id=submission_id) if event else ""
    return done("Not spam. It waits in the inbox.", _page(submission_id), undo)


def _page(submission_id: int) -> str:
    return address("submission", submission_id=submission_id)


@dataclass(frozen=True)
class SentField:
    """One field as it was sent, under the author's name for it."""

    name: str
    label: str
    value: str

    @property
    def is_long(self) -> bool:
        return len(self.value) > 60 or "\n" in self.value


def sent_fields(row: Submission) -> list[SentField]:
    """Everything that was filled in, fields the service no longer knows included."""
    filled = {name: str(value) for name, value in row.payload.items() if str(value).strip()}
    labels = FIELD_WORDS | {name: name.replace("_", " ").capitalize() for name in filled if name not in FIELD_WORDS}
    if row.kind == "referral":
        filled["level"] = LEVEL_WORDS.get(filled.get("level", ""), filled.get("level", ""))
    return [SentField(name, labels[name], filled[name]) for name in labels if filled.get(name)]


class Due:
    """By when an answer is due, and how that stands now."""

    def __init__(self, at: datetime, left: timedelta) -> None:
        self.at = at
        self.words = in_words(left)
        self.is_overdue = left < timedelta(0)
        self.is_soon = not self.is_overdue and left < SOON


def _due(row: Submission, now: datetime) -> Due | None:
    """None once there is nothing to answer."""
    if row.answered_at is not None or row.spam_at is not None:
        return None
    who = config().identity
    at = due_at(row.received_at, who.answer_hours, who.days_off, who.zone)
    return Due(at, time_left(now, at, who.days_off, who.zone))

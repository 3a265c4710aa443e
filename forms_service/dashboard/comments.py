"""Comments: the queue, one comment, and the author's decisions about them, singly or many at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import abort, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.answers import done, number_in, one_of, page_number
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.comment_queue import comment_details, comment_queue
from forms_service.dashboard.presenting import address
from forms_service.essays import essays
from forms_service.models import Comment, CommentState
from forms_service.moderation import decide
from forms_service.people.changes import ChangeError, release_mail

SHOWS = {"open": "All", "pending": "Waiting", "approved": "Approved", "rejected": "Rejected", "spam": "Spam"}
LONGEST_REPLY = 10_000
MOST_AT_ONCE = 200


def _undo(session: Session, comment_id: int, now: datetime) -> object:
    """Back to what was before; if that was spam, a mail held back about it leaves now."""
    was_spam = session.get_one(Comment, comment_id).state == CommentState.SPAM
    undone = decide.undo_decision(session, comment_id, now)
    submission_id = session.get_one(Comment, comment_id).submission_id
    if was_spam and undone and submission_id is not None:
        release_mail(session, submission_id, now)
    return undone


DECISIONS: dict[str, Callable[[Session, int, datetime], object]] = {
    "approve": decide.approve,
    "reject": decide.reject,
    "spam": decide.mark_spam,
    "undo": _undo,
}
SAID = {"approve": "Approved", "reject": "Rejected", "spam": "Marked as spam", "undo": "Taken back"}
NOTHING = {
    False: "It was so already.",
    True: "There is no decision left to take back. You can make a new one.",
}
AFTER = {
    "approve": "On the site in a moment.",
    "reject": "Kept here, off the site.",
    "spam": "Kept among the spam.",
    "undo": "",
}


@dashboard.get("/comments")
def comments() -> str:
    show = one_of("show", SHOWS, "open")
    with database().read() as session:
        page = comment_queue(session, show, page_number())
        return render_template(
            "dashboard/comments.html", page=page, show=show, shows=SHOWS, essays=essays(config().site_roots)
        )  # fmt: skip


@dashboard.get("/comments/<int:comment_id>")
def comment(comment_id: int) -> str:
    with database().read() as session:
        details = comment_details(session, comment_id)
        if details is None:
            abort(404)
        return render_template(
            "dashboard/comment.html", details=details, essays=essays(config().site_roots), longest_reply=LONGEST_REPLY
        )


@dashboard.post("/comments/decide")
def decide_comments() -> Response:
    """One button decides one comment (`one=approve-7`), or the ticked ones (`act=approve`, `comment=7` …)."""
    act, ids = _decision()
    if not ids:
        return done("No comment was ticked, so nothing was changed.", address("comments"))
    with database().write() as session:
        decide.hold(session, ids)
        changed = [comment_id for comment_id in ids if DECISIONS[act](session, comment_id, now()) is not None]
    if not changed:
        return done(NOTHING[act == "undo"], address("comments"))
    which = f"{SAID[act]}." if len(changed) == 1 else f"{SAID[act]}: {len(changed)} comments."
    undo = address("decide_comments") if act != "undo" else ""
    return done(f"{which} {AFTER[act]}".strip(), address("comments"), undo, _undo_fields(changed))


@dashboard.post("/comments/<int:comment_id>/reply")
def reply(comment_id: int) -> Response:
    text = request.form.get("text", "").replace("\x00", "").replace("\r\n", "\n").strip()
    if not text:
        raise ChangeError("an empty reply says nothing; write something first")
    if len(text) > LONGEST_REPLY:
        raise ChangeError(f"a reply may have {LONGEST_REPLY:,} characters; this one has {len(text):,}")
    with database().write() as session:
        waited = session.get_one(Comment, comment_id).state != CommentState.APPROVED
        answer = decide.reply_as_author(session, comment_id, text, now(), config().identity.author)
        published = [answer.id, comment_id] if waited else [answer.id]
    return done(
        "Your reply is published, and on the page in a moment.",
        address("comment", comment_id=comment_id), address("decide_comments"), _undo_fields(published),
    )  # fmt: skip


def _undo_fields(ids: list[int]) -> dict[str, str | list[str]]:
    return {"act": "undo", "comment": [str(each) for each in ids]}


def _decision() -> tuple[str, list[int]]:
    one = request.form.get("one", "")
    act, ids = request.form.get("act", ""), request.form.getlist("comment")
    if one:
        act, _, number = one.partition("-")
        ids = [number]
    numbers = {number_in(each) for each in ids}
    if act not in DECISIONS or len(ids) > MOST_AT_ONCE or None in numbers:
        raise ChangeError("this is no decision about comments")
    return act, sorted(each for each in numbers if each is not None)

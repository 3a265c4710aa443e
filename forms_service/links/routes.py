"""`/links/<token>`: GET shows what the button will do, POST does it. The signed token is the only authority.

No sign-in, no cookie, no script, and any origin, since mail programs send none. GET and HEAD change
nothing: the scanners of mail servers open every link.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask, render_template, request

from bridge.dates import moment_in_words
from forms_service.access import config, database, now
from forms_service.links import acts, subjects
from forms_service.links.subjects import Subject
from forms_service.links.tokens import Link, LinkError, read

Answer = tuple[str, int]
REFUSALS = {"expired": 410, "gone": 410, "forged": 404}
LONGEST_SEEN = 20


def register(app: Flask) -> None:
    """Add these routes to `app`."""
    app.add_url_rule("/links/<token>", "link_page", show)
    app.add_url_rule("/links/<token>", "link_pressed", press, methods=["POST"])


def show(token: str) -> Answer:
    try:
        link = _link(token, now())
    except LinkError as error:
        return _refuse(error.reason)
    with database().read() as session:
        subject = subjects.find(session, config(), link)
    return _page(link, subject) if subject else _refuse("gone")


def press(token: str) -> Answer:
    moment = now()
    try:
        link = _link(token, moment)
    except LinkError as error:
        return _refuse(error.reason)
    with database().write() as session:
        subject = subjects.find(session, config(), link, hold=True)
        if subject is None:
            return _refuse("gone")
        wanted = acts.ACTS[link.purpose, link.action].leads_to
        outcome = acts.verdict(link.purpose, subject.state, wanted, _seen(link))
        if outcome == "act":
            subjects.act(session, link, moment)
            subject = subjects.find(session, config(), link)
    return _page(link, subject, done=outcome == "act") if subject else _refuse("gone")


def _link(token: str, moment: datetime) -> Link:
    return read(config().secret_key, token, moment, "comment", "submission")


def _seen(link: Link) -> str:
    """How things stood on the page whose button was pressed; without a word of it, undecided."""
    return request.form.get("seen", acts.UNDECIDED[link.purpose])[:LONGEST_SEEN]


def _page(link: Link, subject: Subject, *, done: bool = False) -> Answer:
    act = acts.ACTS[link.purpose, link.action]
    return render_template(
        "link.html",
        act=act,
        subject=subject,
        done=done,
        already=not done and subject.state == act.leads_to,
        decided=_moment(subject.decided_at) if subject.decided_at else "",
        received=_moment(subject.received_at),
        state_words=acts.STATE_WORDS[subject.state],
        may_be_pressed=acts.may_be_pressed(link.purpose, subject.state, act.leads_to),
        dashboard=f"{'comments' if link.purpose == 'comment' else 'inbox'}/{link.target}",
    ), 200


def _refuse(reason: str) -> Answer:
    return render_template("link_refused.html", reason=reason), REFUSALS[reason]


def _moment(at: datetime) -> str:
    return moment_in_words(at, config().identity.zone)

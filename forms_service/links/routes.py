"""`/links/<token>`: GET shows what the button will do, POST does it. The signed token is the only authority.

No sign-in, no cookie, no script, and any origin, since mail programs send none. GET and HEAD change
nothing: the scanners of mail servers open every link.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask, render_template, request

from bridge.dates import day_in_words, moment_in_words
from forms_service.access import config, database, now
from forms_service.links import acts, referrals, subjects
from forms_service.links.referrals import Objection
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
    moment = now()
    try:
        link = _link(token, moment)
    except LinkError as error:
        return _refuse(error.reason)
    if link.purpose == "referral":
        return _SHOWN[link.action](link, moment)
    with database().read() as session:
        subject = subjects.find(session, config(), link)
    return _page(link, subject) if subject else _refuse("gone")


def press(token: str) -> Answer:
    moment = now()
    try:
        link = _link(token, moment)
    except LinkError as error:
        return _refuse(error.reason)
    if link.purpose == "referral":
        return _PRESSED[link.action](link, moment)
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
    return read(config().secret_key, token, moment, "comment", "submission", "referral")


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


def _follow(link: Link, moment: datetime, asked: bool = False) -> Answer:
    with database().read() as session:
        found = referrals.follow(session, link.target, moment)
    if found is None:
        return _refuse("gone")
    waits = _moment(found.asked_at) if found.asked_at else ""
    received = day_in_words(found.received_at.astimezone(config().identity.zone).date())
    return render_template("link_follow.html", found=found, asked=asked, waits=waits, received=received), 200


def _ask(link: Link, moment: datetime) -> Answer:
    with database().write() as session:
        asked = referrals.ask(session, link.target, request.form.get("ask", "")[:LONGEST_SEEN], moment)
    return _follow(link, moment, asked)


def _may_object(link: Link, _moment: datetime) -> Answer:
    with database().read() as session:
        found = referrals.objection(session, link.target)
    return _objection(found)


def _object(link: Link, moment: datetime) -> Answer:
    with database().write() as session:
        done = referrals.say_no(session, link.target, moment)
        found = referrals.objection(session, link.target)
    return _objection(found, done=done)


def _objection(found: Objection | None, *, done: bool = False) -> Answer:
    return (render_template("link_object.html", found=found, done=done), 200) if found else _refuse("gone")


_SHOWN: dict[str, Callable[[Link, datetime], Answer]] = {"follow": _follow, "object": _may_object}
_PRESSED: dict[str, Callable[[Link, datetime], Answer]] = {"follow": _ask, "object": _object}


def _refuse(reason: str) -> Answer:
    return render_template("link_refused.html", reason=reason), REFUSALS[reason]


def _moment(at: datetime) -> str:
    return moment_in_words(at, config().identity.zone)

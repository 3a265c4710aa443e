"""Signing in by a link that works once: mailed on request, printed by the commands, used up by a button only."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from flask import abort, g, redirect, render_template, request, session
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service import rate_limit
from forms_service.access import config, database, now
from forms_service.config import Config
from forms_service.dashboard.author_session import end_session, open_session
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.browser_words import browser_words
from forms_service.dashboard.presenting import address
from forms_service.links.addresses import sign_in_address
from forms_service.links.tokens import LinkError, read
from forms_service.models import MailState, OutboxMail, SignInLink

LINK_LIFETIME = timedelta(minutes=15)
#: So many mails may be on their way at once, whoever asks: nobody can fill the author's mailbox from here.
MOST_MAILS = 5


def create_link(writing: Session, now: datetime) -> SignInLink:
    """A fresh link; its address is `link_url`."""
    link = SignInLink(nonce=secrets.token_urlsafe(24), created_at=now, expires_at=now + LINK_LIFETIME)
    writing.add(link)
    writing.flush()
    return link


def link_url(config: Config, link: SignInLink) -> str:
    """The whole address of `link`."""
    return sign_in_address(config.identity.url, config.secret_key, link.id, link.nonce, link.expires_at)


@dashboard.get("/sign-in")
def sign_in_page() -> str:
    return render_template("dashboard/sign_in.html")


@dashboard.post("/sign-in")
def send_link() -> Response:
    """The answer is the same whether or not a mail leaves, and it leaves for the author only."""
    moment = now()
    if not rate_limit.allow(database(), config(), "sign_in", request.remote_addr or "", moment):
        abort(429, "Too many links were asked for from here. Try again in a while.")
    with database().write() as writing:
        _queue_mail(writing, config(), moment)
    return redirect(address("link_sent"), 303)


@dashboard.get("/sign-in/sent")
def link_sent() -> str:
    minutes = int(LINK_LIFETIME / timedelta(minutes=1))
    return render_template("dashboard/link_sent.html", minutes=minutes)


@dashboard.get("/sign-in/<token>")
def sign_in_link(token: str) -> tuple[str, int]:
    """Shows a button and changes nothing: mail scanners open links."""
    with database().read() as reading:
        problem = _problem(reading, token, now())
    if problem:
        return _refusal(problem)
    return render_template("dashboard/sign_in_link.html", token=token), 200


@dashboard.post("/sign-in/<token>")
def sign_in(token: str) -> Response | tuple[str, int]:
    """Uses the link up; of two that press at once, one is signed in."""
    moment = now()
    with database().write() as writing:
        if not _use_up(writing, token, moment):
            problem = _problem(writing, token, moment) or "used"
            if problem == "used" and g.author_session is not None:  # the second of two clicks
                return redirect(address("today"), 303)
            return _refusal(problem)
        if g.author_session is not None:
            end_session(writing, g.author_session.id, moment)
        cookie = open_session(writing, browser_words(request.user_agent.string), moment)
    session.clear()
    session["token"] = cookie
    session.permanent = True
    return redirect(address("today"), 303)


def _queue_mail(writing: Session, config: Config, now: datetime) -> None:
    recent = OutboxMail.kind == "sign_in", OutboxMail.created_at > now - LINK_LIFETIME
    if (writing.scalar(select(func.count()).select_from(OutboxMail).where(*recent)) or 0) >= MOST_MAILS:
        return
    link = create_link(writing, now)
    writing.add(
        OutboxMail(
            kind="sign_in", sign_in_link_id=link.id, message_id=f"<{secrets.token_hex(16)}@{config.mail_domain}>",
            state=MailState.QUEUED, created_at=now, next_attempt_at=now,
        )
    )  # fmt: skip


def _use_up(writing: Session, token: str, now: datetime) -> bool:
    """Compare and set: true for exactly one of all who hold the link."""
    try:
        link = read(config().secret_key, token, now, "sign_in")
    except LinkError:
        return False
    unused = update(SignInLink).where(SignInLink.id == link.target, SignInLink.nonce == link.nonce)
    unused = unused.where(SignInLink.used_at.is_(None), SignInLink.expires_at > now)
    return writing.connection().execute(unused.values(used_at=now)).rowcount == 1


def _problem(reading: Session, token: str, now: datetime) -> str:
    """Why this link does not sign in: "expired", "forged" or "used"; empty when it does."""
    try:
        link = read(config().secret_key, token, now, "sign_in")
    except LinkError as error:
        return error.reason
    row = reading.get(SignInLink, link.target)
    if row is None or row.nonce != link.nonce:
        return "forged"
    if row.used_at is not None:
        return "used"
    return "" if row.expires_at > now else "expired"


def _refusal(problem: str) -> tuple[str, int]:
    return render_template("dashboard/sign_in_refused.html", problem=problem), 403

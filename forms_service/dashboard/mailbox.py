"""Mail caught in development, to read in the browser. Once real mail is sent there is no such page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path

from flask import abort, render_template
from markupsafe import Markup, escape

from forms_service.access import config
from forms_service.dashboard.blueprint import dashboard

MOST_SHOWN = 200


@dataclass(frozen=True)
class CaughtMail:
    name: str
    caught_at: datetime
    subject: str
    sender: str
    recipient: str
    text: str


@dashboard.get("/mail")
def mailbox() -> str:
    mails = [_read(path) for path in _caught()[:MOST_SHOWN]]
    return render_template("dashboard/mailbox.html", mails=mails)


@dashboard.get("/mail/<name>")
def caught_mail(name: str) -> str:
    """The name is looked up among the files that are there; no path is made of it."""
    path = next((path for path in _caught() if path.name == name), None)
    if path is None:
        abort(404)
    mail = _read(path)
    return render_template("dashboard/mail.html", mail=mail, text=with_own_links(mail.text, config().identity.url))


def _caught() -> list[Path]:
    """The files, newest first. 404 where mail is really sent."""
    if not config().catches_mail:
        abort(404)
    return sorted(config().mail_dir.glob("*.eml"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _read(path: Path) -> CaughtMail:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return CaughtMail(
        name=path.name,
        caught_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        subject=str(mail.get("Subject", "")),
        sender=str(mail.get("From", "")),
        recipient=str(mail.get("To", "")),
        text=_text(mail),
    )


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    try:
        return str(body.get_content()) if body is not None else ""
    except (MessageError, LookupError, UnicodeError):
        return "This mail cannot be shown as text."


def with_own_links(text: str, site_url: str) -> Markup:
    """The text, escaped, in which addresses of this site alone are links."""
    pieces = re.split(rf"({re.escape(site_url)}/[A-Za-z0-9/_.?=&%#~+-]*[A-Za-z0-9/_=-])", text)
    return Markup("").join(
        Markup('<a href="{0}">{0}</a>').format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )

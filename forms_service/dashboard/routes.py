"""The author's side of the service: one blueprint, one file per subject, one gate before all of them."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask

from forms_service.config import Config
from forms_service.dashboard import (  # noqa: F401  # each adds its pages to the blueprint
    acts,
    calendar,
    capture,
    comments,
    erasure,
    errors,
    favours,
    gate,
    inbox,
    later,
    mailbox,
    needs,
    one_to_one,
    outbox,
    people,
    presenting,
    referrals,
    sessions,
    sign_in,
    thanks,
    today,
    undo,
)  # fmt: skip
from forms_service.dashboard.author_session import SESSION_LIFETIME
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.cookie import AuthorsCookie


def register(app: Flask) -> None:
    """Add the dashboard to `app`, with a cookie that goes nowhere else."""
    config: Config = app.extensions["config"]
    site = urlsplit(config.identity.url)
    app.session_interface = AuthorsCookie()
    app.config.update(
        SESSION_COOKIE_NAME="author",
        SESSION_COOKIE_PATH=f"{site.path}/dashboard",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=site.scheme == "https",
        # A page opened must not lengthen a session: opening changes nothing.
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(seconds=SESSION_LIFETIME.total_seconds()),
    )
    app.register_blueprint(dashboard)

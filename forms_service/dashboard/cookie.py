"""The signed cookie of the dashboard: read and written there, and nowhere else."""

from __future__ import annotations

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from forms_service.dashboard.blueprint import dashboard


class AuthorsCookie(SecureCookieSessionInterface):
    """Visitors' pages open no session: none could reach them, and each would cost as much as reading a form."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """None outside the dashboard, which Flask takes for a session that refuses to be written."""
        return super().open_session(app, request) if request.path.startswith(str(dashboard.url_prefix)) else None

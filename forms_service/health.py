"""`/healthz`: whether the service can keep what it is sent and pass it on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, jsonify
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from forms_service import access
from forms_service.db import mismatch
from forms_service.models import MailState, OutboxMail

#: A queued mail should leave within seconds; one this late means that no worker runs.
LATE = timedelta(minutes=15)


def register(app: Flask) -> None:
    """Add `/healthz` to `app`."""
    app.add_url_rule("/healthz", view_func=healthz)


def healthz() -> Response:
    try:
        with access.database().read() as session:
            if wrong := mismatch(session.connection()):
                return _answer({"database": wrong}, 503)
            outbox = outbox_state(session, access.now())
    except SQLAlchemyError:
        return _answer({"database": "unreachable"}, 503)
    return _answer({"database": "ok", "outbox": outbox}, 503 if outbox["late"] or outbox["failed"] else 200)


def outbox_state(session: Session, now: datetime) -> dict[str, int]:
    """How many mails wait, are late (no worker seems to run) and were given up for good."""
    waiting = (MailState.QUEUED, MailState.SENDING)

    def count(*where: Any) -> int:
        return session.scalar(select(func.count()).select_from(OutboxMail).where(*where)) or 0

    return {
        "waiting": count(OutboxMail.state.in_(waiting)),
        "late": count(OutboxMail.state.in_(waiting), OutboxMail.attempts == 0, OutboxMail.next_attempt_at < now - LATE),
        "failed": count(OutboxMail.state == MailState.FAILED),
    }


def _answer(state: dict[str, Any], status: int) -> Response:
    response = jsonify(state)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response

"""How the dashboard answers a press of a button: it goes back, says what was done, and offers to undo it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from forms_service.dashboard.presenting import address
from forms_service.models import Event

#: A page of the dashboard and nothing else: no other host, no other part of the site.
OWN_PAGE = re.compile(r"/dashboard/[A-Za-z0-9/_.-]*(\?[A-Za-z0-9=&%+._~-]*)?", re.ASCII)
LONGEST_BACK = 500


def done(message: str, default: str, undo: str = "", fields: Mapping[str, str | list[str]] | None = None) -> Response:
    """303 to where the author was, with `message` and, if `undo` is an address, a button that posts `fields` there."""
    flash({"text": message, "undo": undo, "fields": dict(fields or {})})  # type: ignore[arg-type]  # JSON, kept signed
    return redirect(back(default), 303)


def back(default: str) -> str:
    """The page of the dashboard that the form stood on."""
    wanted = request.form.get("back", "")
    if len(wanted) <= LONGEST_BACK and OWN_PAGE.fullmatch(wanted) and ".." not in wanted:
        return address("today").removesuffix("/dashboard/") + wanted
    return default


def done_by(event: Event | None, message: str, default: str) -> Response:
    """As `done`, with a button that takes `event` back; without an event nothing had to be done."""
    if event is None:
        return done(message, default)
    return done(message, default, address("undo_act"), {"event": str(event.id)})


def done_then(event: Event | None, message: str, page: str) -> Response:
    """As `done_by`, but on to `page`, where the next thing to do stands."""
    undo = {"undo": address("undo_act"), "fields": {"event": str(event.id)}} if event else {"undo": "", "fields": {}}
    flash({"text": message, **undo})  # type: ignore[arg-type]
    return redirect(page, 303)


def number_in(text: str) -> int | None:
    """The number that was sent, if it can be one of ours."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def page_number() -> int:
    """The page of a list that is asked for; whatever is no number is the first."""
    return number_in(request.args.get("page", "")) or 1


def one_of(name: str, allowed: Mapping[str, str], default: str) -> str:
    """The query parameter `name` if it is one of `allowed`."""
    asked = request.args.get(name, default)
    return asked if asked in allowed else default

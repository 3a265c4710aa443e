"""Somebody the author has just met, kept in less than a minute: a name, where, what for, and when to be in touch."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import render_template, request
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.acts import at_hour, day_in
from forms_service.dashboard.answers import done_then, number_in
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.people import changes
from forms_service.people.changes import ChangeError, Next, Told
from forms_service.people.days import noon
from forms_service.people.trades import trades

#: The days until the next word that a tap chooses; any other day is a field.
SOON = {"1": "Tomorrow", "7": "In a week", "30": "In a month", "": "On a day of my choice, or not yet"}


@dashboard.get("/capture")
def capture_page() -> str:
    today = now().astimezone(config().identity.zone).date()
    return render_template("dashboard/capture.html", today=today, soon=SOON, typed={}, wrong="")


@dashboard.post("/capture")
def capture() -> Response | tuple[str, int]:
    """What was typed stands there again when something is wrong with it."""
    try:
        return _kept()
    except ChangeError as error:
        today = now().astimezone(config().identity.zone).date()
        return render_template(
            "dashboard/capture.html", today=today, soon=SOON, typed=request.form, wrong=str(error)
        ), 422  # fmt: skip


def _kept() -> Response:
    said = request.form
    with database().write() as session:
        person, event = changes.capture(
            session, said.get("name", ""), now(), where=said.get("where", ""), address=said.get("address", ""),
            country=config().identity.country, need=_told("need"), offer=_told("offer"), next_on=_next(),
        )  # fmt: skip
        page = address("person", person_id=person.id)
        return done_then(event, "Kept. Add the rest whenever you like." if event else "Kept already.", page)


def _told(what: str) -> Told | None:
    """What they look for or do well, with the trade that its words speak of."""
    text = request.form.get(what, "").strip()
    return Told(None, text, trades(config().root)[0].proposed(text)) if text else None


def _next() -> Next | None:
    """The day that was tapped or chosen. A chosen day counts more; with an hour it is a meeting."""
    day, is_timed = at_hour(day_in("next") or _tapped(), "time")
    is_meeting = "meeting" in request.form or bool(request.form.get("time", "").strip())
    if day is None and is_meeting:
        raise ChangeError("choose the day on which you meet")
    return Next(day, is_meeting, is_timed) if day else None


def _tapped() -> datetime | None:
    soon = number_in(request.form.get("soon", ""))
    if soon is None or str(soon) not in SOON:
        return None
    zone = config().identity.zone
    return noon(now().astimezone(zone).date() + timedelta(days=soon), zone)

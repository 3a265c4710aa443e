"""Somebody the author has just met, kept in less than a minute: a name, where, and when to be in touch."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.acts import day_in
from forms_service.dashboard.answers import done, done_by
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.people import changes


@dashboard.get("/capture")
def capture_page() -> str:
    today = now().astimezone(config().identity.zone).date()
    return render_template("dashboard/capture.html", today=today)


@dashboard.post("/capture")
def capture() -> Response:
    with database().write() as session:
        person, event = changes.capture(
            session, request.form.get("name", ""), now(), where=request.form.get("where", ""),
            address=request.form.get("address", ""), country=config().identity.country, next_on=day_in("next"),
        )  # fmt: skip
        page = address("person", person_id=person.id)
        if event is None:
            return done("Kept already.", page)
        return done_by(event, "Kept. Add the rest whenever you like.", page)

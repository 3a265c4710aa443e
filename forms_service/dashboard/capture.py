"""Somebody the author has just met, kept in less than a minute: a name, where, and when to be in touch."""

from __future__ import annotations

from flask import render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.acts import day_in
from forms_service.dashboard.answers import done, done_by
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.people import changes
from forms_service.people.changes import Told
from forms_service.people.trades import trades


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
        _keep_told(session, person.id)
        page = address("person", person_id=person.id)
        if event is None:
            return done("Kept already.", page)
        return done_by(event, "Kept. Add the rest whenever you like.", page)


def _keep_told(session: Session, person_id: int) -> None:
    """One need and one offer, if they spoke of any; said twice, kept once."""
    for what, keep in (("need", changes.tell_need), ("offer", changes.tell_offer)):
        text = request.form.get(what, "").strip()
        if text:
            keep(session, Told(person_id, text, trades(config().root)[0].proposed(text)), now())

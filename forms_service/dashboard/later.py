"""What takes a row off Today without its being done: later, on a chosen day, never; and terms spoken of."""

from __future__ import annotations

from datetime import datetime

from flask import request
from werkzeug.wrappers import Response

from bridge.dates import long_date
from forms_service.access import config, database, now
from forms_service.dashboard.acts import day_in
from forms_service.dashboard.answers import done_by, number_in
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.people import changes
from forms_service.people.changes import ChangeError
from forms_service.people.days import morning_after, morning_of

LONGEST_PUT_OFF = 400


@dashboard.post("/people/<int:person_id>/later")
def put_off(person_id: int) -> Response:
    """`row` leaves Today for so many `days`, until a `day`, or for good."""
    until = _until()
    said = f"It comes back on {long_date(until.astimezone(config().identity.zone))}." if until else ""
    with database().write() as session:
        event = changes.put_off(session, person_id, request.form.get("row", ""), until, now())
        return done_by(event, said or "It will not come back.", address("today"))


def _until() -> datetime | None:
    """The morning on which the row comes back; None for never. Raises ChangeError."""
    zone, days, day = config().identity.zone, number_in(request.form.get("days", "")), day_in("day")
    if "days" not in request.form and day is None:
        raise ChangeError("choose a day, and press again")
    until = morning_of(day, zone) if day else morning_after(now(), days, zone) if days is not None else None
    if until is not None and not now() < until <= morning_after(now(), LONGEST_PUT_OFF, zone):
        raise ChangeError(f"put off for one to {LONGEST_PUT_OFF} days, or for good")
    return until


@dashboard.post("/people/<int:person_id>/term")
def spoke_of_term(person_id: int) -> Response:
    """The author spoke of a term that ends: the next word of it is a month away, with a touch in between."""
    with database().write() as session:
        event = changes.speak_of_term(session, person_id, now())
        return done_by(event, "Noted. It comes back after a month, if the term still ends.", address("today"))

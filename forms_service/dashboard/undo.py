"""The undo button: takes one act back by its event."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from forms_service.access import database, now
from forms_service.dashboard.answers import done, number_in
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.people.changes import take_back


@dashboard.post("/undo")
def undo_act() -> Response:
    event_id = number_in(request.form.get("event", "")) or 0
    with database().write() as session:
        taken_back = take_back(session, event_id, now())
    return done("Taken back." if taken_back else "That was taken back already.", address("today"))

"""The calendar's page: makes its secret address, shows it once, and revokes it."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.calendar.addresses import living_address, make_address, path_of, revoke_address
from forms_service.dashboard.answers import done
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address


@dashboard.get("/calendar")
def calendar() -> str:
    return _page()


@dashboard.post("/calendar")
def make_calendar_address() -> str:
    """Answers with the page itself and no redirect: the secret is in this answer, and nowhere else."""
    with database().write() as session:
        token = make_address(session, now())
    return _page(config().identity.url + path_of(token))


@dashboard.post("/calendar/revoke")
def revoke_calendar_address() -> Response:
    with database().write() as session:
        ended = revoke_address(session, now())
    return done("The address is gone: calendars that had it find nothing there." if ended else "There is none.",
                address("calendar"))  # fmt: skip


def _page(fresh: str = "") -> str:
    with database().read() as session:
        return render_template("dashboard/calendar.html", living=living_address(session), fresh=fresh)

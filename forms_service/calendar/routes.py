"""`/links/calendar/<secret>.ics`: the feed, for whoever knows the address. Fetching it changes nothing."""

from __future__ import annotations

from flask import Flask, Response, abort

from forms_service.access import config, database, now
from forms_service.calendar.addresses import is_living
from forms_service.calendar.entries import entries
from forms_service.calendar.feed import feed
from forms_service.essays import newest_essay_date
from forms_service.people.days import day_of
from forms_service.people.queries.dated import dated
from forms_service.people.today import today


def register(app: Flask) -> None:
    """Add the feed to `app`."""
    app.add_url_rule("/links/calendar/<token>.ics", "calendar_feed", show)


def show(token: str) -> Response:
    """A wrong or revoked address is an address like any other that is not there."""
    moment, site = now(), config().identity
    with database().read() as session:
        if not is_living(session, token):
            abort(404)
        found = today(session, moment, site, config().root, newest_essay_date(config(), moment))
        listed = entries(dated(session, day_of(moment, site.zone)), found.groups, moment, site)
        text = feed(listed, f"{site.name}: Today", site.timezone, moment)
    headers = {"Content-Disposition": 'inline; filename="today.ics"', "X-Robots-Tag": "noindex"}
    return Response(text, mimetype="text/calendar", headers=headers)

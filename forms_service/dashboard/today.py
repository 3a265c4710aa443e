"""Today: whom to answer, whom to thank, whom to meet, and what was promised, each with its reason and its acts."""

from __future__ import annotations

from flask import redirect, render_template
from werkzeug.wrappers import Response

from bridge.dates import long_date
from forms_service.access import config, database, now
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.essays import newest_essay_date
from forms_service.people.days import day_of
from forms_service.people.today import today as todays_groups
from forms_service.people.today_words import empty_words

#: What the way to a row's page says, where the row itself has no button.
LOOKS = {"reply": "Decide", "sunday": "Answer"}


@dashboard.get("")
def without_slash() -> Response:
    """One page has one address, to which its buttons come back."""
    return redirect(address("today"), 303)


@dashboard.get("/")
def today() -> str:
    moment, who = now(), config().identity
    with database().read() as session:
        found = todays_groups(session, moment, who, config().root, newest_essay_date(config(), moment))
        return render_template(
            "dashboard/today.html",
            found=found, day=long_date(moment.astimezone(who.zone)), nothing=empty_words(found.is_day_off), looks=LOOKS,
            tomorrow=day_of(moment, who.zone).ends.astimezone(who.zone).date(),
        )  # fmt: skip

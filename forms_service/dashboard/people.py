"""The prospect list, and one person's page."""

from __future__ import annotations

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.answers import done_by, page_number
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.essays import essays
from forms_service.people import changes, queries
from forms_service.people.queries.brief import facts_of
from forms_service.people.queries.needs import person_told
from forms_service.people.queries.people import LONGEST_SEARCH
from forms_service.people.queries.thanks_ledger import thanks_owed
from forms_service.people.thanks_words import for_what
from forms_service.people.trades import trades

#: What may have happened on another day, and what names a day itself.
PAST_ACTS = {
    "met": "Met", "called": "Called", "e_mailed": "Wrote an e-mail", "card_sent": "Sent a card",
    "one_to_one_held": "Sat down together", "upgraded": "They upgraded by themselves", "expired": "Their term ended",
}  # fmt: skip
DATED_ACTS = {
    "one_to_one_booked": "A one-to-one, on that day", "promise_made": "You promised, by that day",
    "follow_up_set": "To be in touch on that day",
    "purchased": "They bought; the term ends that day (none: a one-off, for a year)",
    "renewed": "They renewed until that day", "paused": "Leave them in peace until that day",
}  # fmt: skip
ROLE_WORDS = {
    "family": "Family", "friend": "A friend", "neighbour": "A neighbour", "employee": "Works with you",
    "vendor": "You buy from them", "regulated": "In a profession that may not take gifts",
}  # fmt: skip


@dashboard.get("/people")
def people() -> str:
    search = request.args.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    with database().read() as session:
        page = queries.people(session, search, page_number())
        return render_template("dashboard/people.html", page=page, search=search)


@dashboard.get("/people/<int:person_id>")
def person(person_id: int) -> str:
    with database().read() as session:
        details = queries.person_details(session, person_id)
        if details is None:
            abort(404)
        return render_template(
            "dashboard/person.html",
            details=details,
            essays=essays(config().site_roots),
            longest_note=changes.LONGEST_NOTE,
            standing=queries.standing_of(session, details.person, now()),
            past_acts=PAST_ACTS,
            dated_acts=DATED_ACTS,
            role_words=ROLE_WORDS,
            known=facts_of(session, person_id),
            told=person_told(session, person_id, trades(config().root)[0]),
            owed=thanks_owed(session, 1, now(), person_id).rows,
            for_what=for_what,
        )


@dashboard.post("/people/<int:person_id>/notes")
def add_note(person_id: int) -> Response:
    with database().write() as session:
        event = changes.add_note(session, person_id, request.form.get("text", ""), now())
        return done_by(event, "Your note is kept.", address("person", person_id=person_id))

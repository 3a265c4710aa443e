"""Favours done to the author: who did it, named by whom, what it was; and who may name him as a reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from flask import abort, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.answers import done, done_by, done_then, number_in
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.models import Knows, Need, Person
from forms_service.people import changes, queries
from forms_service.people.changes import Favour
from forms_service.people.queries.people import LONGEST_SEARCH
from forms_service.people.trades import trades

Row = TypeVar("Row", Person, Need)
#: Whom a search looks for.
SIDES = ("who", "by")


@dataclass(frozen=True)
class Chosen:
    """What stands so far. None: not chosen, or nobody."""

    who: Person | None
    by: Person | None
    need: Need | None


@dashboard.get("/favour")
def favour_page() -> str:
    """Who did it and who named them stand in the address; only then is something typed."""
    search = request.args.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    looking = request.args.get("for", "") if request.args.get("for", "") in SIDES else ""
    with database().read() as session:
        chosen = Chosen(_asked(session, Person, "who"), _asked(session, Person, "by"), _asked(session, Need, "need"))
        if chosen.need is not None and (chosen.need.person_id is not None or chosen.need.state != "open"):
            abort(404)
        found = queries.people(session, search, 1).rows if search and looking else []
        return render_template(
            "dashboard/favour.html", chosen=chosen, search=search, looking=looking, found=found,
            likely=_likely(session, chosen.who), keep={name: request.args.get(name) for name in ("who", "by", "need")},
        )  # fmt: skip


def _asked(session: Session, table: type[Row], name: str) -> Row | None:
    """The row that the address names. An address that names none is a wrong one."""
    if not request.args.get(name):
        return None
    return session.get(table, number_in(request.args[name]) or 0) or abort(404)


def _likely(session: Session, who: Person | None) -> list[Person]:
    """Whoever knows them may have named them."""
    if who is None:
        return []
    query = select(Person).join(Knows, Knows.person_id == Person.id).where(Knows.other_id == who.id, Knows.stands)
    return list(session.scalars(query.order_by(Person.id).distinct().limit(10)))


@dashboard.post("/favour")
def record_favour() -> Response:
    """`who` did it, or somebody new called `name`; `by` named them; it met the own `need`, or was `text`."""
    said = {name: number_in(request.form.get(name, "")) for name in ("who", "by", "need")}
    text = request.form.get("text", "")
    category = trades(config().root)[0].proposed(text)
    with database().write() as session:
        source = "introducer" if said["by"] else "author"
        who = said["who"] or changes.new_person(session, request.form.get("name", ""), now(), source).id
        event = changes.record_favour(session, Favour(who, said["by"], said["need"], text, category), now())
        if event is None:
            return done("That is noted already.", address("person", person_id=who))
        return done_then(event, "Noted. Thanks are owed now.", address("outbound", outbound_id=event.outbound_id))


@dashboard.post("/people/<int:person_id>/reference")
def allow_reference(person_id: int) -> Response:
    with database().write() as session:
        event = changes.allow_reference(session, person_id, request.form.get("allowed") == "yes", now())
        return done_by(event, "Recorded.", address("person", person_id=person_id))

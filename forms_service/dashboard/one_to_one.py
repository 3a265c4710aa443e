"""A one-to-one: the brief before it, and the sheet with its questions, kept in one press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.acts import day_in, moment_in
from forms_service.dashboard.answers import done_then, number_in
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.people import changes, facts
from forms_service.people.categories import folded
from forms_service.people.changes import ChangeError, Next, Promise, Sheet, Told
from forms_service.people.days import noon
from forms_service.people.queries.brief import Brief, brief
from forms_service.people.trades import trades

#: How many promises the sheet has room for, each way, and how many of them stand open; what "no day" means for one.
PROMISES = range(1, 9)
OPEN_LINES = 2
PROMISED_WITHIN = timedelta(days=7)
MOST_LINES = 20


@dashboard.get("/people/<int:person_id>/brief")
def brief_page(person_id: int) -> str:
    return render_template("dashboard/brief.html", brief=_brief(person_id), asked=facts.ASKED)


@dashboard.get("/people/<int:person_id>/one-to-one")
def sheet_page(person_id: int) -> str:
    found = _brief(person_id)
    typed = {field: fact.text for field, fact in found.facts.items()}
    if found.person.meets_at is not None and found.person.meets_at <= now():
        typed["held"] = found.person.meets_at.astimezone(config().identity.zone).date().isoformat()
    return _sheet_page(found, typed)


@dashboard.post("/people/<int:person_id>/one-to-one")
def keep_sheet(person_id: int) -> Response | tuple[str, int]:
    """What was filled in stands there again when something is wrong with it."""
    try:
        with database().write() as session:
            event = changes.keep_sheet(session, person_id, _filled_in(), config().identity.zone, now())
            said = "Kept, all of it." if event else "Nothing new was on it; all of that is kept already."
            return done_then(event, said, address("person", person_id=person_id))
    except ChangeError as error:
        return _sheet_page(_brief(person_id), request.form, str(error)), 422


def _brief(person_id: int) -> Brief:
    with database().read() as session:
        found = brief(session, person_id, trades(config().root)[0], now())
        if found is None:
            abort(404)
        session.expunge_all()
        return found


def _sheet_page(found: Brief, typed: Mapping[str, str], wrong: str = "") -> str:
    return render_template(
        "dashboard/sheet.html", brief=found, typed=typed, wrong=wrong, asked=facts.ASKED, names=facts.NAMES,
        lines=PROMISES, open_lines=OPEN_LINES, today=now().astimezone(config().identity.zone).date(),
        kept=request.form.getlist("kept") if wrong else [],
    )  # fmt: skip


def _filled_in() -> Sheet:
    said = request.form
    held = day_in("held")
    return Sheet(
        facts={field: said[field] for field in facts.FIELDS if field in said},
        needs=_told("needs"), offers=_told("offers"), wanted=_told("wanted"),
        trades=[_trade(line) for line in _lines("trades")],
        promises=list(_promises()), kept=[number_in(each) or 0 for each in said.getlist("kept")],
        held_on=held.astimezone(config().identity.zone).date() if held else None, words=said.get("words", ""),
        next_on=_next(), is_cut_short="cut_short" in said,
    )  # fmt: skip


def _lines(name: str) -> list[str]:
    """One thing a line, however the lines end. Raises ChangeError for more than anybody says in an hour."""
    found = [" ".join(line.split()) for line in request.form.get(name, "").replace("\x00", "").splitlines()]
    found = list(dict.fromkeys(line for line in found if line))
    if len(found) > MOST_LINES:
        raise ChangeError(f"one sheet holds {MOST_LINES} lines of each kind; keep the rest as a note")
    return found


def _told(name: str) -> list[Told]:
    known = trades(config().root)[0]
    return [Told(None, line, known.proposed(line)) for line in _lines(name)]


def _trade(line: str) -> str:
    """The trade that the words speak of, else the words themselves, as they are compared."""
    return trades(config().root)[0].proposed(line) or folded(line)


def _promises() -> Iterator[Promise]:
    zone = config().identity.zone
    within = noon((now() + PROMISED_WITHIN).astimezone(zone).date(), zone)
    for by in ("author", "person"):
        for number in PROMISES:
            text = request.form.get(f"{by}-promise-{number}", "").strip()
            due = day_in(f"{by}-due-{number}")
            if text:
                yield Promise(by, text, due or within)
            elif due is not None:
                raise ChangeError("a promise has a day and no words; say what was promised")


def _next() -> Next | None:
    day, is_timed = moment_in("next", "time")
    if day is None and request.form.get("time", "").strip():
        raise ChangeError("the next meeting has an hour and no day; choose the day")
    zone = config().identity.zone
    if day is not None and day.astimezone(zone).date() < now().astimezone(zone).date():
        raise ChangeError("the next meeting lies in the past; choose a day ahead")
    return Next(day, "only_touch" not in request.form, is_timed) if day else None

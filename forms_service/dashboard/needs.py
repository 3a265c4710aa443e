"""Needs with who can help, what a person needs, offers and knows, and putting two people together."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bridge.dates import long_date
from forms_service.access import config, database, now
from forms_service.dashboard.answers import done, done_by, done_then, number_in, one_of, page_number
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.models import Event, OutboundReferral, Person
from forms_service.people import changes, introducing, queries
from forms_service.people.changes import Told
from forms_service.people.matching import ORDER_EXPLAINED
from forms_service.people.morning.helping import way_words
from forms_service.people.outbound_words import next_step
from forms_service.people.queries import needs as need_queries
from forms_service.people.queries.people import LONGEST_SEARCH
from forms_service.people.queries.unmet import unmet
from forms_service.people.trades import trades

CHECK_BACK = timedelta(days=introducing.CHECK_BACK_DAYS)
SHOWS = {"open": "Open", "expired": "Waited too long", "closed": "Closed"}
KEPT = "Kept. Open needs were asked again."
DEPTH_WORDS = {"met": "They have met", "know": "They know each other", "trust": "They trust each other"}


@dashboard.get("/needs/")
def needs() -> str:
    show = one_of("show", SHOWS, "open")
    categories, wrong = trades(config().root)
    with database().read() as session:
        page = need_queries.needs(session, show, page_number(), categories, now())
        return render_template(
            "dashboard/needs.html",
            page=page, show=show, shows=SHOWS, explained=ORDER_EXPLAINED, wrong=wrong, way_words=way_words,
            own_offers=need_queries.own_offers(session),
            unmet=unmet(session, page.rows, categories, now()) if show == "open" else {},
            terms=sorted(categories.listed),
        )  # fmt: skip


@dashboard.post("/told")
def tell() -> Response:
    """One need, offer or hint: of `person`, or the author's own without one; `what` says which of the three."""
    person, what = number_in(request.form.get("person", "")), request.form.get("what", "")
    default = address("person", person_id=person) if person else address("needs")
    with database().write() as session:
        return done_by(_tell(session, what, _told(person)), KEPT, default)


def _told(person: int | None) -> Told:
    """What was typed; without a trade, the one its words speak of."""
    said = {name: request.form.get(name, "") for name in ("text", "category", "place", "field")}
    submission = number_in(request.form.get("submission", ""))
    category = said["category"].strip() or trades(config().root)[0].proposed(said["text"])
    return Told(
        person, said["text"], category, said["place"], "form" if submission else "author", submission, said["field"]
    )


def _tell(session: Session, what: str, told: Told) -> Event | None:
    if what == "need":
        return changes.tell_need(session, told, now())
    if what == "offer":
        return changes.tell_offer(session, told, now())
    if what == "hint" and told.person_id is not None:
        return changes.tell_hint(session, told.person_id, told.category or told.text, now())
    raise changes.ChangeError("say whether it is a need, an offer, or what sort of people they know")


@dashboard.post("/told/aside")
def set_told_aside() -> Response:
    submission = number_in(request.form.get("submission", "")) or 0
    with database().write() as session:
        event = changes.set_aside(session, submission, request.form.get("field", ""), now())
        return done_by(event, "Set aside.", address("people"))


@dashboard.post("/needs/<int:need_id>/end")
def end_need(need_id: int) -> Response:
    with database().write() as session:
        event = changes.end_need(session, need_id, request.form.get("how", ""), now())
        return done_by(event, "Recorded.", address("needs"))


@dashboard.post("/offers/<int:offer_id>/end")
def end_offer(offer_id: int) -> Response:
    with database().write() as session:
        return done_by(changes.end_offer(session, offer_id, now()), "Recorded.", address("needs"))


@dashboard.get("/people/<int:person_id>/knows")
def knows_page(person_id: int) -> str:
    search = request.args.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    with database().read() as session:
        person = session.get(Person, person_id)
        if person is None:
            abort(404)
        page = queries.people(session, search, page_number())
        return render_template("dashboard/knows.html", person=person, page=page, search=search, depths=DEPTH_WORDS)


@dashboard.post("/people/<int:person_id>/acquaintances")
def tell_knows(person_id: int) -> Response:
    other = number_in(request.form.get("other", "")) or 0
    with database().write() as session:
        event = changes.tell_knows(session, person_id, other, request.form.get("depth", ""), now())
        return done_then(event, KEPT, address("person", person_id=person_id))


@dashboard.post("/people/<int:person_id>/vouch")
def vouch(person_id: int) -> Response:
    with database().write() as session:
        event = changes.vouch(session, person_id, request.form.get("word", ""), now())
        return done_by(event, "Kept, for you alone.", address("person", person_id=person_id))


@dashboard.post("/people/<int:person_id>/introducing")
def allow_introducing(person_id: int) -> Response:
    with database().write() as session:
        event = changes.allow_introducing(session, person_id, request.form.get("allowed") == "yes", now())
        return done_by(event, "Recorded.", address("person", person_id=person_id))


@dashboard.post("/needs/<int:need_id>/outbound")
def draft_outbound(need_id: int) -> Response:
    via, helper = (number_in(request.form.get(name, "")) for name in ("via", "helper"))
    with database().write() as session:
        event = changes.draft_outbound(session, need_id, request.form.get("hop", ""), via, helper, now())
        if event is None:
            return done("That is under way already.", address("needs"))
        return done_then(event, "Drafted. Ask both first.", address("outbound", outbound_id=event.outbound_id))


@dashboard.get("/outbound/<int:outbound_id>")
def outbound(outbound_id: int) -> str:
    with database().read() as session:
        details = need_queries.outbound_details(session, outbound_id)
        if details is None:
            abort(404)
        return render_template(
            "dashboard/outbound.html", details=details, letters=_letters(details), outbound_next=_next_step(details)
        )


def _next_step(details: need_queries.OutboundDetails) -> str:
    introduced = details.row.introduced_at
    day = introduced.astimezone(config().identity.zone) + CHECK_BACK if introduced else None
    return next_step(
        details.row.status, is_own=details.need.person_id is None, has_via=details.via is not None,
        has_helper=details.helper is not None, check_back=long_date(day) if day else "",
    )  # fmt: skip


def _letters(details: need_queries.OutboundDetails) -> dict[str, introducing.Letter]:
    """The drafts that the page shows, by whom or what they are for; none while one of them is to be left in peace."""
    # "A leaking tap" is what they said, and a plumber is whom they look for.
    trade = trades(config().root)[0].terms.get(details.need.category, details.need.category)
    what, author = trade or details.need.text, config().identity.author
    asker, first = _side(details.asker), _side(details.via or details.helper)
    if not all(person is None or person.is_free(now()) for person in (details.asker, details.via, details.helper)):
        return {}
    drafts = {"helper": introducing.ask_helper(first, what, author, knows_one=details.via is not None)}
    if details.asker is not None:
        drafts["asker"] = introducing.ask_asker(asker, what, author)
        if details.helper is not None and details.row.status in ("agreed", "introduced"):
            drafts["introduction"] = introducing.introduce(asker, _side(details.helper), what, author)
    return drafts


def _side(person: Person | None) -> introducing.Side:
    if person is None:
        return introducing.Side("")
    email = next((point.value for point in person.contact_points if point.kind == "email"), "")
    return introducing.Side(person.name, email, [point.value for point in person.contact_points])


@dashboard.post("/outbound/<int:outbound_id>/said")
def outbound_said(outbound_id: int) -> Response:
    """Somebody was asked, or agreed."""
    side, act = request.form.get("side", ""), request.form.get("act", "")
    record = {"asked": changes.record_asked, "agreed": changes.record_agreed}.get(act)
    with database().write() as session:
        if session.get(OutboundReferral, outbound_id) is None:
            abort(404)
        if record is None:
            raise changes.ChangeError("they were asked or they agreed")
        return _recorded(record(session, outbound_id, side, now()), outbound_id)


@dashboard.post("/outbound/<int:outbound_id>/helper")
def name_helper(outbound_id: int) -> Response:
    known = number_in(request.form.get("person", ""))
    with database().write() as session:
        event = changes.name_helper(session, outbound_id, request.form.get("name", ""), known, now())
        return _recorded(event, outbound_id)


@dashboard.post("/outbound/<int:outbound_id>/move")
def move_outbound(outbound_id: int) -> Response:
    with database().write() as session:
        event = changes.move_outbound(session, outbound_id, request.form.get("to", ""), now())
        return _recorded(event, outbound_id)


def _recorded(event: Event | None, outbound_id: int) -> Response:
    return done_by(event, "Recorded.", address("outbound", outbound_id=outbound_id))

"""Thanks: the ledger, the page of one that is owed, with its facts and an empty box, and the press that keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.answers import done_by, number_in, one_of, page_number
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.models import Event
from forms_service.people import changes, thanks_words
from forms_service.people.changes import LONGEST_NOTE, ChangeError
from forms_service.people.no_pitch import Pitch, pitches
from forms_service.people.queries import thanks as one
from forms_service.people.queries import thanks_ledger
from forms_service.people.thanks_table import thanks_or_built_in

SHOWS = {"owed": "Owed", "given": "Given"}


@dashboard.get("/thanks")
def thanks() -> str:
    show = one_of("show", SHOWS, "owed")
    with database().read() as session:
        page = (
            thanks_ledger.thanks_owed(session, page_number(), now())
            if show == "owed"
            else thanks_ledger.thanks_given(session, page_number())
        )
        return render_template(
            "dashboard/thanks.html", page=page, show=show, shows=SHOWS, told=_telling(), words=thanks_words
        )


@dashboard.get("/thanks/<int:event_id>")
def thanks_for_act(event_id: int) -> str:
    with database().read() as session:
        return _shown(one.thanks_for_act(session, event_id, now()))


@dashboard.get("/referrals/<int:referral_id>/thanks/<rule>")
def thanks_for_referral(referral_id: int, rule: str) -> str:
    with database().read() as session:
        return _shown(one.thanks_for_referral(session, referral_id, rule, now()))


@dashboard.get("/people/<int:person_id>/thanks")
def thanks_for_nothing(person_id: int) -> str:
    with database().read() as session:
        return _shown(one.thanks_for_nothing(session, person_id, now()))


@dataclass(frozen=True)
class Draft:
    """What the author typed so far. `look`: he wants it looked over before he sends it; `anyway`: he was warned."""

    words: str = ""
    how: str = ""
    look: bool = False
    anyway: bool = False
    on_page: bool = False
    cost: str = ""

    @property
    def pitches(self) -> list[Pitch]:
        return pitches(self.words)

    @property
    def waits(self) -> bool:
        """It is shown once more, with all that was typed, before anything is kept."""
        return self.on_page and (self.look or (bool(self.pitches) and not self.anyway))


def _typed() -> Draft:
    said = {name: request.form.get(name, "") for name in ("words", "how", "act", "page", "cost")}
    words = said["words"].replace("\x00", "").replace("\r\n", "\n")
    return Draft(words, said["how"], said["act"] == "look", said["act"] == "anyway", bool(said["page"]), said["cost"])


@dashboard.post("/people/<int:person_id>/thanks")
def thank(person_id: int) -> Response | str | tuple[str, int]:
    """`how`, and `duty` with its `referral`: what it is for. `words`, if any, are looked over once, and never lost."""
    draft, duty, referral = _typed(), request.form.get("duty", ""), number_in(request.form.get("referral", ""))
    if draft.waits:
        return _again(person_id, duty, referral, draft)
    try:
        with database().write() as session:
            event = _keep(session, person_id, duty, referral, draft)
            said = "They know how it ended." if duty == "tell" else "Your thanks are noted."
            return done_by(event, said, address("person", person_id=person_id))
    except ChangeError as error:
        if not draft.on_page:
            raise
        return _again(person_id, duty, referral, draft, str(error)), 422


def _keep(session: Session, person_id: int, duty: str, referral: int | None, draft: Draft) -> Event | None:
    if duty == "tell" and referral is not None:
        return changes.tell_outcome(session, referral, now(), draft.words)
    return changes.thank(session, person_id, draft.how, now(), duty, referral, draft.words, draft.cost)


def _again(person_id: int, duty: str, referral: int | None, draft: Draft, problem: str = "") -> str:
    """The page as it was, with what was typed, and what there is to say about it."""
    with database().read() as session:
        if referral is not None:
            found = one.thanks_for_referral(session, referral, duty, now())
        elif duty:
            found = one.thanks_for_act(session, number_in(duty) or 0, now())
        else:
            found = one.thanks_for_nothing(session, person_id, now())
        return _shown(found, draft, problem)


def _shown(found: one.Thanks | None, draft: Draft | None = None, problem: str = "") -> str:
    if found is None:
        abort(404)
    told, typed = _telling(), draft or Draft()
    return render_template(
        "dashboard/thanks_owed.html",
        thanks=found, draft=typed, problem=problem, heading=thanks_words.heading(found),
        facts=thanks_words.facts(found, told), given=thanks_words.given_words(found.given, told) if found.given else "",
        for_what=thanks_words.for_what(found.rule, found.event, found.referral), ways=thanks_words.WAY_LABELS,
        mailto=_mailto(found, typed), longest=LONGEST_NOTE, is_due=found.since is None or found.since <= now(),
    )  # fmt: skip


def _mailto(found: one.Thanks, draft: Draft) -> str:
    """His own words in his mail program, once he has had them looked over; "" for whom must not be written to."""
    if not draft.words.strip() or not found.is_free:
        return ""
    theirs = next((point.value for point in found.person.contact_points if point.kind == "email"), "")
    return thanks_words.mailto("" if draft.how == "told_boss" else theirs, draft.words)


def _telling() -> thanks_words.Telling:
    return thanks_words.Telling(config().identity.zone, thanks_or_built_in(config().root)[0])

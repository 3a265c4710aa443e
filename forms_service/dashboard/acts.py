"""What the author did with a person, logged in one press, from whatever list or page the button stands on."""

from __future__ import annotations

from datetime import date, datetime

from flask import request
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.answers import done_by, number_in
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.models import Kind
from forms_service.people import changes
from forms_service.people.act_words import act_words
from forms_service.people.changes import ChangeError
from forms_service.people.days import morning_of, noon, on_day

#: Nobody keeps a day beyond these, and terms are reckoned with months around the day that was typed.
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dashboard.post("/people/<int:person_id>/acts")
def log_act(person_id: int) -> Response:
    """`kind`, and where it needs them a `day` with its `time`, a `choice`, a `note`, and the day it `happened`."""
    kind = request.form.get("kind", "")
    day, is_timed = moment_in("day", "time")
    if kind == Kind.PAUSED and day is not None:
        day = _end_of_pause(day)
    with database().write() as session:
        event = changes.log_act(
            session, person_id, kind, now(), at=_past(day_in("happened")), day=day, is_timed=is_timed,
            choice=request.form.get("choice", ""), note=request.form.get("note", ""),
        )  # fmt: skip
        words = act_words(kind, event.data, config().identity.zone) if event else "That is logged already"
        return done_by(event, f"{words}.", _page(person_id))


@dashboard.post("/referrals/<int:referral_id>/told")
def tell_outcome(referral_id: int) -> Response:
    with database().write() as session:
        event = changes.tell_outcome(session, referral_id, now())
        return done_by(event, "They know how it ended.", address("referral", referral_id=referral_id))


@dashboard.post("/people/<int:person_id>/kept")
def keep_promise(person_id: int) -> Response:
    with database().write() as session:
        event = changes.keep_promise(session, person_id, number_in(request.form.get("promise", "")) or 0, now())
        return done_by(event, "Done, as promised.", _page(person_id))


@dashboard.post("/people/<int:person_id>/known-as")
def name_person(person_id: int) -> Response:
    with database().write() as session:
        preferred, usual = request.form.get("preferred", ""), request.form.get("usual", "")
        event = changes.name_person(session, person_id, preferred, usual, now())
        return done_by(event, "Kept.", _page(person_id))


@dashboard.post("/people/<int:person_id>/roles")
def set_roles(person_id: int) -> Response:
    with database().write() as session:
        event = changes.set_roles(session, person_id, request.form.getlist("role"), now())
        return done_by(event, "Kept.", _page(person_id))


@dashboard.post("/people/<int:person_id>/interval")
def set_interval(person_id: int) -> Response:
    ideal, maximum = (number_in(request.form.get(name, "")) or 0 for name in ("ideal", "maximum"))
    with database().write() as session:
        event = changes.set_interval(session, person_id, ideal, maximum, now())
        return done_by(event, "Kept.", _page(person_id))


def _end_of_pause(day: datetime) -> datetime:
    """The morning of that day, so that its morning mail knows of it. Raises ChangeError for a day that has begun."""
    until = morning_of(day, config().identity.zone)
    if until <= now():
        raise ChangeError("choose a day to come until which you leave them in peace")
    return until


def day_in(name: str) -> datetime | None:
    """The day that was chosen, as the moment that stands for it; None where none was. Raises ChangeError."""
    said = request.form.get(name, "").strip()
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise ChangeError(f"“{said}” is no day; write it like 2026-11-30") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ChangeError(f"“{said}” is too far away; choose a day from {FIRST_YEAR} to {LAST_YEAR}")
    return noon(day, config().identity.zone)


def moment_in(day: str, time: str) -> tuple[datetime | None, bool]:
    """The chosen day, and whether its hour was chosen too. Raises ChangeError."""
    return at_hour(day_in(day), time)


def at_hour(on: datetime | None, time: str) -> tuple[datetime | None, bool]:
    """The day `on` at the hour that was chosen, and whether one was. Raises ChangeError."""
    said = request.form.get(time, "").strip()
    if on is None or not said:
        return on, False
    try:
        clock = datetime.strptime(said[:5], "%H:%M").time()  # noqa: DTZ007  # an hour of the day has no zone
    except ValueError:
        raise ChangeError(f"“{said}” is no time of day; write it like 15:30") from None
    return on_day(on, clock, config().identity.zone), True


def _past(day: datetime | None) -> datetime | None:
    """Noon of today may not have come yet: what happened today happened just now."""
    zone = config().identity.zone
    is_today = day is not None and day.astimezone(zone).date() == now().astimezone(zone).date()
    return None if is_today else day


def _page(person_id: int) -> str:
    return address("person", person_id=person_id)

"""Referrals: the list, one of them, and what the author records about it."""

from __future__ import annotations

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from forms_service.access import config, database, now
from forms_service.dashboard.acts import day_in
from forms_service.dashboard.answers import done_by, done_then, number_in, one_of, page_number
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.first_words import first_words, sent_at
from forms_service.dashboard.presenting import address
from forms_service.links.addresses import follow_address
from forms_service.models import Event, Referral
from forms_service.people import changes, queries
from forms_service.people.referral_words import ON_THE_WAY, OUTCOMES, next_step
from forms_service.people.trades import trades

SHOWS = {"all": "All", "open": "Open", "closed": "Closed"}


@dashboard.get("/referrals")
def referrals() -> str:
    show = one_of("show", SHOWS, "all")
    with database().read() as session:
        page = queries.referrals(session, show, page_number())
        return render_template("dashboard/referrals.html", page=page, show=show, shows=SHOWS, next_step=next_step)


@dashboard.get("/referrals/<int:referral_id>")
def referral(referral_id: int) -> str:
    with database().read() as session:
        details = queries.referral_details(session, referral_id)
        if details is None:
            abort(404)
        return render_template(
            "dashboard/referral.html",
            details=details, on_the_way=ON_THE_WAY, outcomes=OUTCOMES, next_step=next_step,
            first=first_words(details, now()), wrote_at=sent_at(details), follow=_follow_address(details.referral),
            referrer_is_free=details.referrer.is_free(now()),
        )  # fmt: skip


@dashboard.post("/referrals/<int:referral_id>/move")
def move_referral(referral_id: int) -> Response:
    with database().write() as session:
        event = changes.move_referral(session, referral_id, request.form.get("to", ""), now(), day_in("day"))
        return _said("Recorded.", event, referral_id)


@dashboard.post("/referrals/<int:referral_id>/level")
def confirm_level(referral_id: int) -> Response:
    with database().write() as session:
        event = changes.confirm_level(session, referral_id, request.form.get("level", ""), now())
        return _said("Confirmed.", event, referral_id)


@dashboard.post("/referrals/<int:referral_id>/own-yes")
def set_own_yes(referral_id: int) -> Response:
    """Whether they live where only their own yes counts."""
    with database().write() as session:
        event = changes.set_own_yes(session, referral_id, request.form.get("needed") == "yes", now())
        return _said("Noted.", event, referral_id)


@dashboard.post("/referrals/<int:referral_id>/first-message")
def first_message_sent(referral_id: int) -> Response:
    with database().write() as session:
        event = changes.first_message_sent(session, referral_id, now())
        return _said("Noted: you wrote to them, and told them what you keep.", event, referral_id)


@dashboard.post("/referrals/<int:referral_id>/answered")
def answer_referrer(referral_id: int) -> Response:
    """The author answered what the referrer asked on his own page."""
    with database().write() as session:
        return _said("Noted: you answered.", changes.answer_referrer(session, referral_id, now()), referral_id)


@dashboard.post("/referrals/<int:referral_id>/need")
def open_need(referral_id: int) -> Response:
    """What they need becomes a need of theirs, and the page of needs shows who can help."""
    with database().write() as session:
        referral = session.get(Referral, referral_id)
        trade = trades(config().root)[0].proposed(referral.need) if referral else ""
        event = changes.open_need(session, referral_id, trade, now())
        said = (
            "Kept as a need of theirs. Whoever can help stands below it."
            if event
            else "It is a need of theirs already."
        )
        return done_then(event, said, address("needs"))


@dashboard.post("/referrals/<int:referral_id>/take-up")
def take_up_referred(referral_id: int) -> Response:
    known = number_in(request.form.get("person", "new"))  # "new" is none
    with database().write() as session:
        event = changes.take_up_referred(session, referral_id, now(), config().identity.country, known)
        return _said("Taken into your list of people.", event, referral_id)


def _follow_address(referral: Referral) -> str:
    site, secret = config().identity.url, config().secret_key
    return follow_address(site, secret, referral.id, referral.received_at)


def _said(message: str, event: Event | None, referral_id: int) -> Response:
    return done_by(event, message, address("referral", referral_id=referral_id))

"""Erasing a person, whom a referral names, or an imported comment: a page that says what goes, with a button."""

from __future__ import annotations

from flask import abort, render_template
from werkzeug.wrappers import Response

from forms_service.access import database, now
from forms_service.dashboard.answers import done
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.comment_queue import comment_details
from forms_service.dashboard.presenting import address
from forms_service.erasure.erase import erase_comment, erase_person, erase_referred
from forms_service.people import queries

DONE = "Erased. Within seconds it leaves the pages too, and every release that is kept."
ALREADY = "It was erased already."


@dashboard.get("/people/<int:person_id>/erase")
def erase_person_page(person_id: int) -> str:
    with database().read() as session:
        details = queries.person_details(session, person_id)
        if details is None or details.is_erased:
            abort(404)
        return render_template("dashboard/erase_person.html", details=details)


@dashboard.post("/people/<int:person_id>/forget")
def erase_person_now(person_id: int) -> Response:
    with database().write() as session:
        event = erase_person(session, person_id, now())
    return done(DONE if event else ALREADY, address("people"))


@dashboard.get("/referrals/<int:referral_id>/erase")
def erase_referred_page(referral_id: int) -> str:
    with database().read() as session:
        details = queries.referral_details(session, referral_id)
        if details is None:
            abort(404)
        return render_template("dashboard/erase_referred.html", details=details)


@dashboard.post("/referrals/<int:referral_id>/forget")
def erase_referred_now(referral_id: int) -> Response:
    with database().write() as session:
        event = erase_referred(session, referral_id, now())
    return done(DONE if event else ALREADY, address("referral", referral_id=referral_id))


@dashboard.get("/comments/<int:comment_id>/erase")
def erase_comment_page(comment_id: int) -> str:
    with database().read() as session:
        details = comment_details(session, comment_id)
        if details is None or details.imported is None:
            abort(404)
        return render_template("dashboard/erase_comment.html", details=details)


@dashboard.post("/comments/<int:comment_id>/forget")
def erase_comment_now(comment_id: int) -> Response:
    with database().write() as session:
        event = erase_comment(session, comment_id, now())
    return done(DONE if event else ALREADY, address("comments"))

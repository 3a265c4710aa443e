"""Where the author is signed in, and how he signs out: here, there, everywhere else."""

from __future__ import annotations

from flask import g, redirect, render_template, session
from werkzeug.wrappers import Response

from forms_service.access import database, now
from forms_service.dashboard.answers import done
from forms_service.dashboard.author_session import end_others, end_session, live_sessions
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address


@dashboard.get("/sessions")
def sessions() -> str:
    with database().read() as reading:
        live = live_sessions(reading, now())
        return render_template("dashboard/sessions.html", sessions=live, current=g.author_session.id)


@dashboard.post("/sign-out")
def sign_out() -> Response:
    _end(g.author_session.id)
    session.clear()
    return redirect(address("sign_in_page"), 303)


@dashboard.post("/sessions/<int:session_id>/end")
def end_one(session_id: int) -> Response:
    if session_id == g.author_session.id:
        return sign_out()
    _end(session_id)
    return done("That browser is signed out.", address("sessions"))


@dashboard.post("/sessions/end-others")
def end_all_others() -> Response:
    with database().write() as writing:
        end_others(writing, g.author_session.id, now())
    return done("Every other browser is signed out.", address("sessions"))


def _end(session_id: int) -> None:
    with database().write() as writing:
        end_session(writing, session_id, now())

"""The one check before every page of the dashboard: only the author, and only from the dashboard's own forms."""

from __future__ import annotations

import hmac

from flask import Response, abort, g, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from forms_service.access import config, database, now
from forms_service.dashboard.author_session import find_session, form_token
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import address
from forms_service.origin import is_ours

#: What a stranger may open: the pages that sign in, and nothing else.
OPEN = frozenset({"dashboard.sign_in_page", "dashboard.send_link", "dashboard.link_sent", "dashboard.sign_in_link",
                  "dashboard.sign_in"})  # fmt: skip
READING = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


@dashboard.before_request
def only_the_author() -> AnyResponse | None:
    """Strangers go to the sign-in page; what they post is refused."""
    acts = request.method not in READING
    if acts:
        _refuse_foreign_forms()
    g.author_session = _author_session()
    if request.endpoint in OPEN:
        # No token in these forms: there is no session yet to bind one to. The address itself is the
        # secret of the one, and the other only mails the author.
        return None
    if g.author_session is None:
        if acts:
            abort(403, "You are not signed in. Sign in and try again.")
        return redirect(address("sign_in_page"), 303)
    if acts:
        _refuse_forged_forms()
    return None


@dashboard.after_request
def keep_no_copy(response: Response) -> Response:
    """No browser and no proxy keeps what stands here."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _author_session() -> object | None:
    token = session.get("token")
    if not isinstance(token, str):
        return None
    with database().read() as reading:
        return find_session(reading, token, now())


def _refuse_foreign_forms() -> None:
    """A browser says where a form comes from; saying nothing is not enough to act here."""
    if not is_ours(request.headers, config().identity.url):
        abort(403, "This form did not come from a page of this site. Open the dashboard and try again.")
    if request.mimetype not in FORM_TYPES:
        abort(403, "Only forms are taken here.")


def _refuse_forged_forms() -> None:
    """The second lock, should the first ever fail: a value that only this session's own pages know."""
    expected = form_token(config().secret_key, session["token"])
    if not hmac.compare_digest(expected.encode(), request.form.get("form_token", "").encode()):
        abort(403, "This form was made before you signed in. Open the page again and try once more.")

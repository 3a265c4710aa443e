"""The public forms over HTTP: POST takes in and sends on to the thank-you page; GET only ever shows."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, make_response, redirect, render_template, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from bridge.page_index import IndexedArticle, PageIndexError
from forms_service.access import config, database, now
from forms_service.essays import find_article, newest_open_article
from forms_service.forms import FORMS, BaseForm, CommentForm
from forms_service.intake import guard
from forms_service.intake.arrival import Circumstances, SecondStep
from forms_service.intake.guard import Refusal
from forms_service.intake.record import take_in
from forms_service.intake.thanks import Thanks, second_step, submission_of, thanks_for, token_of
from forms_service.links.addresses import follow_address
from forms_service.links.tokens import LinkError
from forms_service.models import Comment
from forms_service.origin import is_ours, network_of
from forms_service.rate_limit import allow
from forms_service.reference import spoken

log = logging.getLogger(__name__)
forms = Blueprint("forms", __name__, url_prefix="/forms")
KIND = f"<any({', '.join(FORMS)}):kind>"
#: The forms that stand on pages of the site. The second step of a referral needs the first's reference.
FIRST = f"<any({', '.join(kind for kind in FORMS if kind != 'referral_contact')}):kind>"


def register(app: Flask) -> None:
    """Add these routes to `app`."""
    app.register_blueprint(forms)


@forms.get(f"/{FIRST}")
def show(kind: str) -> Response:
    form = _form(kind)
    if isinstance(form, CommentForm):
        _choose_article(form)
    return _page(form, _address(kind))


@forms.post(f"/{FIRST}")
def send(kind: str) -> Response:
    return _take_in(_form(kind), _address(kind))


@forms.get("/referral_contact/<token>")
def show_second_step(token: str) -> Response:
    _step(token)
    return _page(_form("referral_contact"), _address("referral_contact", token))


@forms.post("/referral_contact/<token>")
def send_second_step(token: str) -> Response:
    form, action = _form("referral_contact"), _address("referral_contact", token)
    try:
        step = _step(token)
    except SQLAlchemyError as error:
        return _page(form, action, _not_kept(error))
    return _take_in(form, action, step)


@forms.get(f"/{KIND}/thanks/<token>")
def thanks(kind: str, token: str) -> Response:
    found = _thanks(kind, token)
    return make_response(
        render_template(
            "thanks.html",
            thanks=found,
            reference=spoken(found.submission.reference),
            article=_article(found.article_id),
            form=FORMS["referral_contact"]() if found.asks_how_to_reach else None,
            action=_address("referral_contact", token),
            follow=_follow_address(found),
        )
    )


def _follow_address(found: Thanks) -> str:
    """The referrer's own page; "" where nobody was referred."""
    if found.referral is None:
        return ""
    site, secret = config().identity.url, config().secret_key
    return follow_address(site, secret, found.referral.id, found.referral.received_at)


def _take_in(form: BaseForm, action: str, step: SecondStep | None = None) -> Response:
    """Refuse with everything typed still there, or keep it and answer once that is durable."""
    ours = is_ours(request.headers, config().identity.url)
    try:
        if refusal := _refusal(form, ours):
            return _page(form, action, refusal)
        receipt = take_in(database(), config().secret_key, form, _circumstances(form, ours, step))
    except SQLAlchemyError as error:
        return _page(form, action, _not_kept(error))
    return redirect(_address(form.KIND, "thanks", token_of(config().secret_key, receipt)), 303)


def _refusal(form: BaseForm, ours: bool | None) -> Refusal | None:
    if ours is False:
        return guard.NOT_OURS
    if not form.validate():
        return guard.INCOMPLETE
    if isinstance(form, CommentForm) and (refusal := _comment_refusal(form)):
        return refusal
    # Only what would be kept is counted: mistakes in a form cost nobody his turn.
    client = request.remote_addr or ""
    return None if allow(database(), config(), f"forms/{form.KIND}", client, now()) else guard.TOO_MANY


def _comment_refusal(form: CommentForm) -> Refusal | None:
    if refusal := guard.check_article(config().site_roots, form, now()):
        return refusal
    if not form.parent.data:
        return None
    with database().read() as session:
        refusal = guard.check_parent(session, form)
    if refusal:
        form.parent.data = ""  # so that the button sends it as a comment of its own
    return refusal


def _circumstances(form: BaseForm, ours: bool | None, step: SecondStep | None) -> Circumstances:
    return Circumstances(
        now=now(),
        network=network_of(request.remote_addr or ""),
        suspicions=guard.suspicions(form, ours),
        silent=form.is_trapped,
        mail_domain=config().mail_domain,
        second_step=step,
    )


def _not_kept(error: SQLAlchemyError) -> Refusal:
    log.error("a submission could not be kept: %s", type(error).__name__)
    return guard.NOT_KEPT


def _form(kind: str) -> BaseForm:
    """The form with what the body says, whatever the address says."""
    return FORMS[kind](request.form if request.method == "POST" else None, country=config().identity.country)


def _step(token: str) -> SecondStep:
    with database().read() as session:
        try:
            submission = submission_of(session, config().secret_key, token, "referral", now())
        except LinkError:
            abort(404)
        step = second_step(session, submission) if submission else None
    return step or abort(404)


def _thanks(kind: str, token: str) -> Thanks:
    with database().read() as session:
        try:
            submission = submission_of(session, config().secret_key, token, kind, now())
        except LinkError:
            abort(404)
        return thanks_for(session, submission, config().identity) if submission else abort(404)


def _choose_article(form: CommentForm) -> None:
    """The essay and the comment to answer come from the address; without one, the newest essay is meant."""
    wanted = request.args.get("article")
    article = _article(wanted) if wanted else newest_open_article(config().site_roots)
    if article is None and wanted:
        abort(404)
    form.article.data = article.id if article else ""
    form.parent.data = request.args.get("parent", "") if _parent(form.article.data, request.args.get("parent")) else ""


def _page(form: BaseForm, action: str, refusal: Refusal | None = None) -> Response:
    """The form with everything typed; above it what went wrong, or whom a comment answers."""
    article = _article(form.article.data) if isinstance(form, CommentForm) else None
    parent = _parent(article.id, form.parent.data) if article and isinstance(form, CommentForm) else None
    token = (request.view_args or {}).get("token")
    closed = article is not None and not article.accepts_comments(now()) and refusal is None
    page = render_template(
        "form_page.html", form=form, action=action, refusal=refusal, article=article, parent=parent, closed=closed,
        back=_address("referral", "thanks", token) if token else "",
    )  # fmt: skip
    return make_response(page, refusal.status if refusal else 200, refusal.headers if refusal else {})


def _article(article_id: str | None) -> IndexedArticle | None:
    try:
        return find_article(config().site_roots, article_id or "")
    except PageIndexError:
        return None


def _parent(article_id: str, comment_id: str | None) -> Comment | None:
    if not comment_id:
        return None
    try:
        with database().read() as session:
            return guard.approved_comment(session, article_id, comment_id)
    except SQLAlchemyError:
        return None


def _address(kind: str, *parts: str) -> str:
    """The path of a form, below the path the site stands at."""
    return "/".join((urlsplit(config().identity.url).path + "/forms", kind, *parts))

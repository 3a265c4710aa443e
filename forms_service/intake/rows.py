"""The rows a post becomes. Statements are made once: making them anew would take longer than the database does."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, exists, update
from sqlalchemy.orm import aliased

from forms_service.forms import BaseForm
from forms_service.forms.countries import leads_there, needs_own_yes
from forms_service.intake.arrival import Circumstances, Sender
from forms_service.models import (
    Actor,
    Base,
    Comment,
    CommentState,
    Event,
    Kind,
    MailState,
    OutboxMail,
    Referral,
    ReferredContact,
    Submission,
)
from forms_service.prepared import Adding

#: What a row is about, for the event that tells of it: `{"comment_id": 7}`.
Subject = dict[str, int]


def add(connection: Connection, model: type[Base], **values: Any) -> int:
    """One row; its number."""
    return _adding(model, tuple(values)).key(connection, values)


@cache
def _adding(model: type[Base], names: tuple[str, ...]) -> Adding:
    return Adding(model.__table__, names)  # type: ignore[arg-type]  # the mapper's annotation is wider than what it holds


def add_submission(
    connection: Connection, reference: str, form: BaseForm, sender: Sender, about: Circumstances
) -> int:  # fmt: skip
    """The words as they were sent. Never edited from now on."""
    return add(
        connection, Submission, reference=reference, kind=form.KIND, payload=form.as_sent, received_at=about.now,
        person_id=sender.person_id, is_claim=sender.is_claim, network=about.network, suspicions=about.suspicions,
    )  # fmt: skip


def add_subject(
    connection: Connection, submission_id: int, sender: Sender, form: BaseForm, about: Circumstances
) -> Subject:  # fmt: skip
    """The comment, referral or way to reach someone that the form was for."""
    return _SUBJECTS[form.KIND](connection, submission_id, sender, form, about)


def add_event(
    connection: Connection, submission_id: int, sender: Sender, subject: Subject, form: BaseForm, about: Circumstances
) -> None:  # fmt: skip
    """A visitor's act. It projects to what its new rows say already: nothing is recomputed, and a test replays it."""
    what = Kind.CONTACT_DETAILS_GIVEN if form.KIND == "referral_contact" else Kind.SUBMITTED
    said = {"own_yes": True} if _own_yes(form) else {}
    add(
        connection, Event, at=about.now, kind=what, actor=Actor.SUBMITTER, data=said,
        person_id=sender.person_id, submission_id=submission_id, **subject,
    )  # fmt: skip


def _own_yes(form: Any) -> bool:
    """Where the person referred lives, as far as one can tell, only their own yes counts."""
    if form.KIND == "referral":
        return needs_own_yes(form.country)
    return form.KIND == "referral_contact" and leads_there(form.email.data, form.phone.data, form.country)


def add_mail(connection: Connection, submission_id: int, kind: str, about: Circumstances) -> None:
    """To the author and to nobody else; the worker sends it."""
    add(
        connection, OutboxMail, kind=f"{kind}_received", submission_id=submission_id, attempts=0,
        message_id=f"<{uuid4().hex}@{about.mail_domain}>", created_at=about.now, next_attempt_at=about.now,
        state=MailState.SILENCED if about.silent else MailState.QUEUED,
    )  # fmt: skip


def add_comment(connection: Connection, submission_id: int | None, **said: Any) -> int:
    """A comment, sent here or imported; its number. Every way a comment comes in ends here."""
    return add(connection, Comment, submission_id=submission_id, **said)


def _comment(
    connection: Connection, submission_id: int, _sender: Sender, form: Any, about: Circumstances
) -> Subject:  # fmt: skip
    parent = int(form.parent.data) if form.parent.data else None
    comment = add_comment(
        connection, submission_id, article_id=form.article.data, parent_id=parent, name=form.name.data,
        text=form.text.data, written_at=about.now, by_author=False, state=CommentState.PENDING, decided_at=None,
    )  # fmt: skip
    return {"comment_id": comment}


def _nothing_more(*_: object) -> Subject:
    """A message is its submission and nothing besides."""
    return {}


def _referral(
    connection: Connection, submission_id: int, sender: Sender, form: Any, about: Circumstances
) -> Subject:  # fmt: skip
    referral = add(
        connection, Referral, submission_id=submission_id, referrer_id=sender.person_id,
        referred_name=form.referred_name.data, need=form.need.data, look_out_for=form.look_out_for.data,
        claimed_level=form.level.data, received_at=about.now, status="received",
        needs_own_yes=_own_yes(form),
    )  # fmt: skip
    return {"referral_id": referral}


def _referred_contact(
    connection: Connection, submission_id: int, _sender: Sender, form: Any, about: Circumstances
) -> Subject:  # fmt: skip
    assert about.second_step is not None
    add(
        connection, ReferredContact, referral_id=about.second_step.referral_id, submission_id=submission_id,
        email=form.email.data, phone=form.phone.data, consent_version=form.consent.stated, stated_at=about.now,
    )  # fmt: skip
    if _own_yes(form):
        _only_their_own_yes_counts(connection, about.second_step.referral_id)
    return {"referral_id": about.second_step.referral_id}


def _only_their_own_yes_counts(connection: Connection, referral_id: int) -> None:
    """Unless the author knows better."""
    undoing = aliased(Event)
    said = exists().where(
        Event.referral_id == referral_id,
        Event.kind == Kind.OWN_YES_SET,
        ~exists().where(undoing.reverses_id == Event.id),
    )
    connection.execute(update(Referral).where(Referral.id == referral_id, ~said).values(needs_own_yes=True))


_SUBJECTS: dict[str, Callable[..., Subject]] = {
    "comment": _comment,
    "contact": _nothing_more,
    "referral": _referral,
    "referral_contact": _referred_contact,
}

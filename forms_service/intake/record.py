"""Takes a post in: one durable transaction with the submission, its sender, what it is about, its event and its mail.

Two clicks send the same words twice, perhaps at the same moment. Each first tries to take the
fingerprint of what it carries; the second finds it taken, less than a day old, and gets the first's
receipt. Only whoever takes the fingerprint writes anything else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from forms_service.db import Database, upsert
from forms_service.forms import BaseForm
from forms_service.intake.people import Sender, addresses_of, find_or_add, keep_addresses
from forms_service.intake.reference import new_reference
from forms_service.models import (
    Actor,
    Comment,
    CommentState,
    Event,
    Kind,
    MailState,
    OutboxMail,
    Referral,
    ReferredContact,
    Submission,
    SubmissionKey,
)  # fmt: skip

#: As long as the same words from the same sender are taken for a second click, not for a second message.
SAME_FOR = timedelta(hours=24)
#: A reference number drawn twice is drawn again; three times would be a miracle.
DRAWS = 3


@dataclass(frozen=True)
class SecondStep:
    """The referral that further details belong to; they come from whoever sent the first step."""

    referral_id: int
    sender: Sender


@dataclass(frozen=True)
class Circumstances:
    """What is known of a post beside its words."""

    now: datetime
    network: str = ""
    suspicions: list[str] = field(default_factory=list)
    #: The honeypot was filled in: kept like any other, but the author gets no mail.
    silent: bool = False
    #: The domain our mails come from.
    mail_domain: str = "localhost"
    second_step: SecondStep | None = None


@dataclass(frozen=True)
class Receipt:
    """What a taken-in post is known by."""

    submission_id: int
    kind: str
    reference: str
    received_at: datetime


def take_in(database: Database, secret: str, form: BaseForm, about: Circumstances) -> Receipt:
    """Keep what `form` holds, or find what the same words made within a day. Durable when it returns."""
    mark = fingerprint(secret, form, about.second_step)
    for _ in range(DRAWS - 1):
        try:
            return _once(database, mark, form, about)
        except IntegrityError:  # the reference number was taken
            continue
    return _once(database, mark, form, about)


def fingerprint(secret: str, form: BaseForm, second_step: SecondStep | None = None) -> str:
    """A keyed hash over form, sender and words; spellings of one address count as the same. Pure."""
    said = {**form.cleaned, **{address.kind: address.normalised for address in addresses_of(form)}}
    content = json.dumps([form.KIND, second_step.referral_id if second_step else None, said], sort_keys=True)
    return hmac.new(secret.encode(), f"submission\0{content}".encode(), hashlib.sha256).hexdigest()


def _once(database: Database, mark: str, form: BaseForm, about: Circumstances) -> Receipt:
    with database.write() as session:
        connection = session.connection()
        reference = new_reference()
        if not _claim(connection, mark, reference, about.now):
            return _first_receipt(connection, mark)
        sender = _sender(connection, form, about)
        submission_id = _add_submission(connection, reference, form, sender, about)
        if not (sender.is_claim or about.second_step):
            keep_addresses(connection, sender.person_id, addresses_of(form), submission_id, about.now)
        subject = _SUBJECTS[form.KIND](connection, submission_id, sender, form, about)
        _add_event(connection, submission_id, sender, subject, form.KIND, about.now)
        _add_mail(connection, submission_id, form.KIND, about)
        return Receipt(submission_id, form.KIND, reference, about.now)


def _claim(connection: Connection, mark: str, reference: str, now: datetime) -> bool:
    """Take the fingerprint, unless it was taken within a day. One statement, so two clicks cannot both succeed."""
    claimed = connection.execute(
        upsert(connection)(SubmissionKey)
        .values(fingerprint=mark, reference=reference, at=now)
        .on_conflict_do_update(
            index_elements=["fingerprint"],
            set_={"reference": reference, "at": now},
            where=SubmissionKey.at <= now - SAME_FOR,
        )
        .returning(SubmissionKey.reference)
    )
    return claimed.first() is not None


def _first_receipt(connection: Connection, mark: str) -> Receipt:
    found = connection.execute(
        select(Submission.id, Submission.kind, Submission.reference, Submission.received_at)
        .join(SubmissionKey, SubmissionKey.reference == Submission.reference)
        .where(SubmissionKey.fingerprint == mark)
    ).one()
    return Receipt(*found)


def _sender(connection: Connection, form: BaseForm, about: Circumstances) -> Sender:
    if about.second_step:
        return about.second_step.sender
    return find_or_add(connection, form["name"].data, addresses_of(form), about.now)


def _add_submission(
    connection: Connection, reference: str, form: BaseForm, sender: Sender, about: Circumstances
) -> int:  # fmt: skip
    return _add(
        connection, Submission, reference=reference, kind=form.KIND, payload=form.as_sent, received_at=about.now,
        person_id=sender.person_id, is_claim=sender.is_claim, network=about.network, suspicions=about.suspicions,
    )  # fmt: skip


def _add_comment(
    connection: Connection, submission_id: int, _sender: Sender, form: Any, about: Circumstances
) -> dict[str, int]:  # fmt: skip
    parent = int(form.parent.data) if form.parent.data else None
    comment = _add(
        connection, Comment, submission_id=submission_id, article_id=form.article.data, parent_id=parent,
        name=form.name.data, text=form.text.data, written_at=about.now, state=CommentState.PENDING, by_author=False,
    )  # fmt: skip
    return {"comment_id": comment}


def _add_referral(
    connection: Connection, submission_id: int, sender: Sender, form: Any, about: Circumstances
) -> dict[str, int]:  # fmt: skip
    referral = _add(
        connection, Referral, submission_id=submission_id, referrer_id=sender.person_id,
        referred_name=form.referred_name.data, need=form.need.data, look_out_for=form.look_out_for.data,
        claimed_level=form.level.data, received_at=about.now, status="received",
    )  # fmt: skip
    return {"referral_id": referral}


def _add_referred_contact(
    connection: Connection, submission_id: int, _sender: Sender, form: Any, about: Circumstances
) -> dict[str, int]:  # fmt: skip
    assert about.second_step is not None
    _add(
        connection, ReferredContact, referral_id=about.second_step.referral_id, submission_id=submission_id,
        email=form.email.data, phone=form.phone.data, consent_version=form.consent.stated, stated_at=about.now,
    )  # fmt: skip
    return {"referral_id": about.second_step.referral_id}


def _add_nothing(*_: object) -> dict[str, int]:
    return {}


_SUBJECTS: dict[str, Callable[..., dict[str, int]]] = {
    "comment": _add_comment,
    "contact": _add_nothing,
    "referral": _add_referral,
    "referral_contact": _add_referred_contact,
}


def _add_event(
    connection: Connection, submission_id: int, sender: Sender, subject: dict[str, int], kind: str, now: datetime
) -> None:  # fmt: skip
    """A visitor's act. It projects to what its new rows say already: nothing is recomputed, and a test replays it."""
    what = Kind.CONTACT_DETAILS_GIVEN if kind == "referral_contact" else Kind.SUBMITTED
    _add(
        connection, Event, at=now, kind=what, actor=Actor.SUBMITTER, data={},
        person_id=sender.person_id, submission_id=submission_id, **subject,
    )  # fmt: skip


def _add_mail(connection: Connection, submission_id: int, kind: str, about: Circumstances) -> None:
    """To the author and to nobody else; the worker sends it."""
    _add(
        connection, OutboxMail, kind=f"{kind}_received", submission_id=submission_id, attempts=0,
        message_id=f"<{uuid4().hex}@{about.mail_domain}>", created_at=about.now, next_attempt_at=about.now,
        state=MailState.SILENCED if about.silent else MailState.QUEUED,
    )  # fmt: skip


def _add(connection: Connection, model: Any, **values: Any) -> int:
    """One row, its number back. Plain inserts: a whole submission takes nine statements and reads next to nothing."""
    return int(connection.execute(insert(model).values(values).returning(model.id)).scalar_one())

"""Takes a post in: one durable transaction with the submission, its sender, what it is about, its event and its mail.

Two clicks send the same words twice, perhaps at the same moment. Each first tries to take the
fingerprint of what it carries; the second finds it taken, less than a day old, and gets the first's
receipt. Only whoever takes the fingerprint writes anything else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import IntegrityError

from forms_service.db import Database, upsert
from forms_service.forms import BaseForm
from forms_service.intake.arrival import Circumstances, Receipt, SecondStep, Sender
from forms_service.intake.people import addresses_of, find_or_add, keep_addresses
from forms_service.intake.rows import add_event, add_mail, add_subject, add_submission
from forms_service.models import Submission, SubmissionKey
from forms_service.prepared import Prepared
from forms_service.reference import new_reference

#: As long as the same words from the same sender are taken for a second click, not for a second message.
SAME_FOR = timedelta(hours=24)
#: A reference number drawn twice is drawn again; three times would be a miracle.
DRAWS = 3


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
    reference = new_reference()
    return database.run(lambda connection: _write(connection, mark, reference, form, about))


def _write(connection: Connection, mark: str, reference: str, form: BaseForm, about: Circumstances) -> Receipt:
    if not _claim(connection, mark, reference, about.now):
        return _first_receipt(connection, mark)
    sender = _sender(connection, form, about)
    submission_id = add_submission(connection, reference, form, sender, about)
    if not (sender.is_claim or about.second_step):
        keep_addresses(connection, sender.person_id, addresses_of(form), submission_id, about.now)
    subject = add_subject(connection, submission_id, sender, form, about)
    add_event(connection, submission_id, sender, subject, form, about)
    add_mail(connection, submission_id, form.KIND, about)
    return Receipt(submission_id, form.KIND, reference, about.now)


def _claim(connection: Connection, mark: str, reference: str, now: datetime) -> bool:
    """Take the fingerprint, unless it was taken within a day. One statement, so two clicks cannot both succeed."""
    values = {"fingerprint": mark, "reference": reference, "at": now, "a_day_ago": now - SAME_FOR}
    return CLAIMING.first(connection, values) is not None


def _claiming(dialect: str) -> Any:
    key = SubmissionKey.__table__.c
    claim = upsert(dialect)(SubmissionKey.__table__)
    return claim.on_conflict_do_update(
        index_elements=["fingerprint"],
        set_={"reference": claim.excluded.reference, "at": claim.excluded.at},
        where=key.at <= bindparam("a_day_ago", type_=key.at.type),
    ).returning(key.reference)


CLAIMING = Prepared(_claiming, ("fingerprint", "reference", "at"))


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

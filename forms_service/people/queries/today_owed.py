"""What Today says is owed: answers, first words to whom somebody introduced, thanks, promises, what may not be kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from forms_service.models import (
    BEFORE_CONTACT,
    Comment,
    Duty,
    Event,
    Kind,
    Need,
    Note,
    OutboundReferral,
    Person,
    Referral,
    ReferredContact,
    Submission,
    permitted_level,
)
from forms_service.people.days import Day
from forms_service.people.duties import HOLD, REWARDED, SILENT, Done, Owed, to_referrer
from forms_service.people.privacy import PRIVACY_LIMIT, PRIVACY_NOTICE, SECOND_THOUGHTS, WITHOUT_A_YES, names_somebody
from forms_service.people.queries.people import is_erased
from forms_service.people.queries.today_basis import CAP, is_put_off, may_contact, named, put_off_rows


@dataclass(frozen=True)
class OwedForReferral:
    owed: Owed
    referral: Referral
    referrer: Person


@dataclass(frozen=True)
class OwedForAct:
    duty: Duty
    event: Event
    person: Person
    note: str
    comment: Comment | None = None
    need: str = ""
    """What was needed, where a favour met it."""


@dataclass(frozen=True)
class Introduced:
    """Somebody whom `referrer` introduced, `since` then; the author has not been in touch yet."""

    referral: Referral
    referrer: Person
    since: datetime


@dataclass(frozen=True)
class Waiting:
    """What somebody sent. `referral`: the one to which it adds how to reach them."""

    row: Submission
    referral: Referral | None = None


def replies(session: Session, day: Day) -> list[Waiting]:
    """What waits for an answer, the longest first. Referrals wait for thanks, among the thanks; and how to reach
    somebody waits until the author was in touch with them."""
    query = select(Submission, Referral).outerjoin(Person, Submission.person_id == Person.id)
    query = query.outerjoin(ReferredContact, ReferredContact.submission_id == Submission.id)
    query = query.outerjoin(Referral, ReferredContact.referral_id == Referral.id).where(
        or_(Referral.id.is_(None), Referral.status.in_(BEFORE_CONTACT)),
        Submission.answered_at.is_(None), Submission.spam_at.is_(None), Submission.kind != "referral",
        ~is_put_off(named("reply", Submission.id), day.now),
    )  # fmt: skip
    query = query.options(joinedload(Submission.person)).order_by(Submission.received_at, Submission.id)
    return [Waiting(row, referral) for row, referral in session.execute(query.limit(CAP + 1))]


def introductions(session: Session, day: Day) -> list[Introduced]:
    """Introductions not acted on yet. Where the referrer also said how to reach them, that waits among the replies."""
    undoing = aliased(Event)
    confirmed = select(func.max(Event.at)).where(
        Event.referral_id == Referral.id, Event.kind == Kind.LEVEL_CONFIRMED,
        ~exists().where(undoing.reverses_id == Event.id),
    ).scalar_subquery()  # fmt: skip
    since = func.coalesce(confirmed, Referral.received_at)
    introduced = aliased(Person)
    free = select(introduced.id).where(may_contact(day.now, introduced))
    query = select(Referral, Person, confirmed).join(Person, Referral.referrer_id == Person.id)
    query = query.join(Submission, Referral.submission_id == Submission.id).where(
        Submission.spam_at.is_(None), Referral.status.in_(BEFORE_CONTACT), Referral.referred_name != "",
        _is_introduced(),
        ~exists().where(ReferredContact.referral_id == Referral.id),
        or_(Referral.referred_id.is_(None), Referral.referred_id.in_(free)),
        ~is_put_off(named("introduction", Referral.id), day.now),
    )  # fmt: skip
    found = session.execute(query.order_by(since, Referral.id).limit(CAP + 1))
    return [Introduced(referral, referrer, at or referral.received_at) for referral, referrer, at in found]


def _is_introduced() -> ColumnElement[bool]:
    """Whom the author waits for has been introduced only once he says so himself."""
    level, introduced = func.coalesce(Referral.confirmed_level, Referral.claimed_level), ("L3", "L4")
    waits = and_(Referral.status == "waiting", Referral.confirmed_level.in_(introduced))
    return or_(waits, and_(Referral.status.in_(("received", "acknowledged")), level.in_(introduced)))


def asking(session: Session, day: Day) -> list[tuple[Referral, Person]]:
    """Referrals on whose page the referrer reminds the author, or asks whether it helped; the longest waiting first."""
    query = select(Referral, Person).join(Submission, Referral.submission_id == Submission.id)
    query = query.join(Person, Referral.referrer_id == Person.id).where(
        Submission.spam_at.is_(None), Referral.asked_at.is_not(None), ~is_erased(),
        ~is_put_off(named("asked", Referral.id), day.now),
    )  # fmt: skip
    found = session.execute(query.order_by(Referral.asked_at, Referral.id).limit(CAP + 1))
    return [(referral, referrer) for referral, referrer in found]


def owed_to_referrers(session: Session, day: Day) -> list[OwedForReferral]:
    """What is owed to referrers now, oldest first."""
    query = select(Referral, Person).join(Submission, Referral.submission_id == Submission.id)
    query = query.join(Person, Referral.referrer_id == Person.id).where(
        Submission.spam_at.is_(None), may_contact(day.now), ~is_erased(), _owes_something(day.now)
    )  # fmt: skip
    found = session.execute(query.order_by(Referral.received_at, Referral.id).limit(6 * CAP)).all()
    rows = [
        OwedForReferral(each, referral, person)
        for referral, person in found
        for each in to_referrer(
            referral.id,
            referral.received_at,
            referral.status,
            _done(referral),
            objected=referral.objected_at is not None,
        )
        if each.done_at is None and each.since <= day.now
    ]
    off = _off(session, rows, day.now)
    rows = [row for row in rows if (row.referrer.id, referral_row(row)) not in off]
    return sorted(rows, key=lambda row: (row.owed.since, row.referral.id))


def referral_row(row: OwedForReferral) -> str:
    """What the row is called."""
    return f"referral-{row.referral.id}-{row.owed.rule}"


def _owes_something(now: datetime) -> ColumnElement[bool]:
    """One of the four duties of `duties.to_referrer` is open and not put off."""
    ended, brought = Referral.outcome_at.is_not(None), Referral.status.in_(REWARDED)
    open_duties = {
        "receipt": Referral.thanked_at.is_(None),
        "tell": and_(ended, Referral.told_at.is_(None), Referral.status.not_in(SILENT), Referral.objected_at.is_(None)),
        "outcome": and_(ended, brought, Referral.outcome_thanked_at.is_(None)),
        "reward": and_(brought, Referral.rewarded_at.is_(None), Referral.outcome_at <= now - HOLD),
    }
    return or_(*(
        and_(is_open, ~is_put_off(named("referral", Referral.id, f"-{rule}"), now))
        for rule, is_open in open_duties.items()
    ))  # fmt: skip


def _off(session: Session, rows: Collection[OwedForReferral], now: datetime) -> set[tuple[int, str]]:
    return {(number, row) for number, row, _ in put_off_rows(session, {referral_row(row) for row in rows}, now)}


def _done(referral: Referral) -> Done:
    return Done(
        referral.outcome_at, referral.thanked_at, referral.told_at, referral.outcome_thanked_at, referral.rewarded_at
    )


def acts(session: Session, day: Day, rules: Collection[str]) -> list[OwedForAct]:
    """What is owed by these rules for what happened, was promised or set, and is due by tonight; oldest first."""
    query = select(Duty, Event, Person, Note.text, Comment, Need.text).join(Event, Duty.event_id == Event.id)
    query = query.join(Person, Duty.person_id == Person.id).outerjoin(Note, Note.event_id == Event.id)
    query = query.outerjoin(OutboundReferral, Event.outbound_id == OutboundReferral.id)
    query = query.outerjoin(Need, OutboundReferral.need_id == Need.id)
    query = query.outerjoin(Comment, Event.comment_id == Comment.id).where(Duty.event_id.in_(_oldest(day, rules)))
    found = session.execute(query.order_by(Duty.since, Duty.event_id)).all()
    return [
        OwedForAct(duty, event, person, note or "", comment, need or "")
        for duty, event, person, note, comment, need in found
    ]


def _oldest(day: Day, rules: Collection[str]) -> Select[int]:
    """Which duties these are. Chosen first, so that no database thinks it worth while to read every event."""
    query = select(Duty.event_id).join(Person, Duty.person_id == Person.id).where(
        Duty.done_at.is_(None), Duty.since < day.ends, Duty.rule.in_(rules), may_contact(day.now),
        ~is_put_off(named("duty", Duty.event_id), day.now),
    )  # fmt: skip
    return query.order_by(Duty.since, Duty.event_id).limit(CAP + 1)


def privacy(session: Session, day: Day) -> list[tuple[Referral, Person]]:
    """Referrals of people who have not agreed, in the last days before their details have to go; with the referrer."""
    query = select(Referral, Person).join(Submission, Referral.submission_id == Submission.id)
    query = query.join(Person, Referral.referrer_id == Person.id).where(
        Submission.spam_at.is_(None), Referral.referred_id.is_(None), Referral.need != "",
        permitted_level().in_(WITHOUT_A_YES), Referral.status.in_(BEFORE_CONTACT),
        Referral.received_at <= day.now - PRIVACY_LIMIT + PRIVACY_NOTICE,
        # A situation without a name that is older than this leads to nobody, or it would be gone.
        or_(Referral.referred_name != "", Referral.received_at > day.now - PRIVACY_LIMIT - SECOND_THOUGHTS),
        ~is_put_off(named("privacy", Referral.id), day.now),
    )  # fmt: skip
    found = session.execute(query.order_by(Referral.received_at, Referral.id).limit(6 * CAP))
    named_ones = [(each, who) for each, who in found if names_somebody(each.referred_name, each.need)]
    return named_ones[: CAP + 1]

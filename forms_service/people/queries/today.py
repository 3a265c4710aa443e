"""What the author's morning is made of: one query a group, each capped, what was put off left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from forms_service.models import Duty, Event, Kind, Note, Person, PutOff, Referral, Submission
from forms_service.people.days import Day
from forms_service.people.duties import HOLD, REWARDED, Done, Owed, to_referrer
from forms_service.people.queries.people import is_erased

CAP = 7
MOST_DRIFTING = 5
#: Terms are spoken of this many days before they end.
TERM_MARKS = (60, 30, 7)
PRIVACY_LIMIT, PRIVACY_NOTICE = timedelta(days=30), timedelta(days=10)


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


@dataclass(frozen=True)
class Morning:
    """The groups of Today, unworded."""

    replies: Sequence[Submission]
    referrals: Sequence[OwedForReferral]
    acts: Sequence[OwedForAct]
    unthanked: Person | None
    meetings: Sequence[Person]
    drifting: Sequence[Person]
    terms: Sequence[Person]
    privacy: Sequence[Referral]


def morning(session: Session, day: Day) -> Morning:
    """Everything that wants the author's attention on `day`."""
    referrals = _referrals(session, day)
    return Morning(
        replies=_replies(session, day),
        referrals=referrals,
        acts=_acts(session, day),
        unthanked=_unthanked(session, day),
        meetings=_meetings(session, day),
        drifting=_drifting(session, day),
        terms=_terms(session, day),
        privacy=_privacy(session, day),
    )


def may_contact(now: datetime) -> ColumnElement[bool]:
    """The person is free, or the pause is over."""
    return or_(Person.contact_status == "free", Person.paused_until <= now)


def _is_put_off(row: ColumnElement[str], now: datetime) -> ColumnElement[bool]:
    still = or_(PutOff.until.is_(None), PutOff.until > now)
    return exists().where(PutOff.person_id == Person.id, PutOff.row == row, still)


def _numbered(name: str, column: ColumnElement[int] | object) -> ColumnElement[str]:
    return literal(f"{name}-").concat(cast(column, String))


def _replies(session: Session, day: Day) -> Sequence[Submission]:
    """What waits for an answer. Referrals wait for thanks, among the thanks."""
    query = select(Submission).outerjoin(Person, Submission.person_id == Person.id).where(
        Submission.answered_at.is_(None), Submission.spam_at.is_(None), Submission.kind != "referral",
        ~_is_put_off(_numbered("reply", Submission.id), day.now),
    )  # fmt: skip
    query = query.options(joinedload(Submission.person)).order_by(Submission.received_at, Submission.id)
    return session.scalars(query.limit(CAP + 1)).all()


def _referrals(session: Session, day: Day) -> list[OwedForReferral]:
    """What is owed to referrers now, oldest first."""
    again = or_(
        Referral.outcome_thanked_at.is_(None),
        and_(Referral.rewarded_at.is_(None), Referral.outcome_at <= day.now - HOLD),
    )
    after = and_(
        Referral.outcome_at.is_not(None), or_(Referral.told_at.is_(None), and_(Referral.status.in_(REWARDED), again))
    )
    query = select(Referral, Person).join(Submission, Referral.submission_id == Submission.id)
    query = query.join(Person, Referral.referrer_id == Person.id).where(
        Submission.spam_at.is_(None), or_(Referral.thanked_at.is_(None), after), may_contact(day.now), ~is_erased()
    )  # fmt: skip
    found = session.execute(query.order_by(Referral.received_at, Referral.id).limit(100)).all()
    put_off = _put_off_rows(session, {person.id for _, person in found}, day.now)
    rows = [
        OwedForReferral(each, referral, person)
        for referral, person in found
        for each in to_referrer(referral.id, referral.received_at, referral.status, _done(referral))
        if each.done_at is None and each.since <= day.now
        and (person.id, f"referral-{referral.id}-{each.rule}") not in put_off
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.owed.since, row.referral.id))


def _done(referral: Referral) -> Done:
    return Done(
        referral.outcome_at, referral.thanked_at, referral.told_at, referral.outcome_thanked_at, referral.rewarded_at
    )


def _put_off_rows(session: Session, people: Collection[int], now: datetime) -> set[tuple[int, str]]:
    still = or_(PutOff.until.is_(None), PutOff.until > now)
    query = select(PutOff.person_id, PutOff.row).where(PutOff.person_id.in_(people), still)
    return {(number, row) for number, row in session.execute(query)}


def _acts(session: Session, day: Day) -> list[OwedForAct]:
    """Thanks owed for what happened, and promises and dates that are due by tonight."""
    query = select(Duty, Event, Person, Note.text).join(Event, Duty.event_id == Event.id)
    query = query.join(Person, Duty.person_id == Person.id).outerjoin(Note, Note.event_id == Event.id).where(
        Duty.done_at.is_(None), Duty.since < day.ends, may_contact(day.now),
        ~_is_put_off(_numbered("duty", Duty.event_id), day.now),
    )  # fmt: skip
    found = session.execute(query.order_by(Duty.since, Duty.event_id).limit(4 * CAP)).all()
    return [OwedForAct(duty, event, person, note or "") for duty, event, person, note in found]


def _unthanked(session: Session, day: Day) -> Person | None:
    """Who was longest without thanks, unless somebody was thanked today already."""
    today = select(func.max(Person.thanked_at)).scalar_subquery()
    query = select(Person).where(
        Person.touched_at.is_not(None), may_contact(day.now), or_(today.is_(None), today < day.begins),
        ~_is_put_off(literal("unthanked"), day.now),
    )  # fmt: skip
    order = case((Person.thanked_at.is_(None), 0), else_=1), Person.thanked_at, Person.touched_at, Person.id
    return session.scalar(query.order_by(*order).limit(1))


def _meetings(session: Session, day: Day) -> Sequence[Person]:
    """One-to-ones of today and tomorrow, and those that are over and not yet said to be held."""
    query = select(Person).where(
        Person.meets_at < day.tomorrow_ends, ~_is_put_off(literal("meeting"), day.now), ~_is_gone()
    )  # fmt: skip
    return session.scalars(query.order_by(Person.meets_at, Person.id).limit(CAP + 1)).all()


def _is_gone() -> ColumnElement[bool]:
    return Person.contact_status == "do_not_contact"


def _drifting(session: Session, day: Day) -> Sequence[Person]:
    """Past their interval, former customers included; whom nothing else on this page brings up."""
    query = select(Person).where(
        Person.drifts_at < day.now, may_contact(day.now), ~_is_put_off(literal("drift"), day.now),
        or_(Person.meets_at.is_(None), Person.meets_at < day.begins),
    )  # fmt: skip
    return session.scalars(query.order_by(Person.drifts_at, Person.id).limit(MOST_DRIFTING)).all()


def _terms(session: Session, day: Day) -> Sequence[Person]:
    """Terms that end within sixty days; each mark, once dealt with, is quiet until the next."""
    left = [(mark, Person.term_ends_at <= day.now + timedelta(days=mark)) for mark in sorted(TERM_MARKS)]
    mark = case(*((within, literal(f"term-{days}")) for days, within in left), else_=literal("term"))
    query = select(Person).where(
        Person.term_ends_at > day.now, Person.term_ends_at <= day.now + timedelta(days=max(TERM_MARKS)),
        may_contact(day.now), ~_is_put_off(mark, day.now),
    )  # fmt: skip
    return session.scalars(query.order_by(Person.term_ends_at, Person.id).limit(CAP + 1)).all()


def term_mark(ends_at: datetime, now: datetime) -> int:
    """Which mark a term has passed: the days of the nearest one."""
    return min(mark for mark in TERM_MARKS if ends_at <= now + timedelta(days=mark))


def _privacy(session: Session, day: Day) -> Sequence[Referral]:
    """Referrals of people who have not agreed, in the last days before their details have to go."""
    level = func.coalesce(Referral.confirmed_level, Referral.claimed_level)
    query = select(Referral).join(Submission, Referral.submission_id == Submission.id).where(
        Submission.spam_at.is_(None), Referral.referred_id.is_(None), Referral.referred_name != "",
        level.in_(("L0", "L1")), Referral.status.in_(("received", "acknowledged", "waiting")),
        Referral.received_at <= day.now - PRIVACY_LIMIT + PRIVACY_NOTICE,
    )  # fmt: skip
    return session.scalars(query.order_by(Referral.received_at, Referral.id).limit(CAP + 1)).all()


def with_role(session: Session, people: Collection[int], role: str) -> set[int]:
    """Those of `people` to whom the author's last word gives this role."""
    undoing = aliased(Event)
    query = select(Event).where(
        Event.person_id.in_(people), Event.kind == Kind.ROLES_SET, ~exists().where(undoing.reverses_id == Event.id)
    )
    last = {event.person_id: event for event in session.scalars(query.order_by(Event.id))}
    return {number for number, event in last.items() if number is not None and role in event.data["roles"]}

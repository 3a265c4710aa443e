"""The ledger of thanks: what is still owed, the oldest first, and what was given, the newest first. Nobody counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from forms_service.models import Duty, Event, Kind, Note, Person, PutOff, Referral, Submission
from forms_service.people.duties import BY_THANKS, HOLD, REWARDED
from forms_service.people.queries.page import PAGE_SIZE, Page, by_id, fetch_page
from forms_service.people.queries.people import is_erased
from forms_service.people.queries.thanks import Given, Thanks
from forms_service.people.queries.today_basis import may_contact


def thanks_owed(session: Session, number: int, now: datetime, person_id: int | None = None) -> Page[Thanks]:
    """All that is still owed (to one person), oldest first; put off or not, but for what was put off for good."""
    listed = union_all(_for_acts(now), *(_for_referrals(rule, now) for rule in ("receipt", "outcome", "reward")))
    rows = listed.subquery()
    start = (min(max(number, 1), 1_000_000) - 1) * PAGE_SIZE
    whose = () if person_id is None else (rows.c.person_id == person_id,)
    query = select(rows).where(*whose).order_by(rows.c.since, rows.c.event_id, rows.c.referral_id, rows.c.rule)
    found = session.execute(query.limit(PAGE_SIZE + 1).offset(start)).all()
    people = by_id(session, Person, {row.person_id for row in found})
    events = by_id(session, Event, {row.event_id or None for row in found})
    referrals = by_id(session, Referral, {row.referral_id or None for row in found})
    listed_thanks = [
        Thanks(
            people[row.person_id], row.rule, str(row.event_id or row.rule), row.since,
            events.get(row.event_id), referral=referrals.get(row.referral_id),
        )
        for row in found
    ]  # fmt: skip
    return Page(listed_thanks[:PAGE_SIZE], max(number, 1), len(found) > PAGE_SIZE)


def _for_acts(now: datetime) -> Select[*tuple[Any, ...]]:
    return select(
        Duty.since.label("since"), Duty.rule.label("rule"), Duty.event_id.label("event_id"),
        literal(0).label("referral_id"), Duty.person_id.label("person_id"),
    ).join(Person, Duty.person_id == Person.id).where(
        Duty.done_at.is_(None), Duty.rule.in_(BY_THANKS), Duty.since <= now, may_contact(now),
        ~_is_dropped(literal("duty-").concat(cast(Duty.event_id, String))),
    )  # fmt: skip


def _for_referrals(rule: str, now: datetime) -> Select[*tuple[Any, ...]]:
    brought = and_(Referral.outcome_at.is_not(None), Referral.status.in_(REWARDED))
    owed = {
        "receipt": Referral.thanked_at.is_(None),
        "outcome": and_(brought, Referral.outcome_thanked_at.is_(None)),
        "reward": and_(brought, Referral.rewarded_at.is_(None), Referral.outcome_at <= now - HOLD),
    }[rule]
    name = literal("referral-").concat(cast(Referral.id, String)).concat(literal(f"-{rule}"))
    since = Referral.received_at if rule == "receipt" else Referral.outcome_at
    return select(
        since.label("since"), literal(rule).label("rule"), literal(0).label("event_id"),
        Referral.id.label("referral_id"), Referral.referrer_id.label("person_id"),
    ).join(Person, Referral.referrer_id == Person.id).join(Submission, Referral.submission_id == Submission.id).where(
        owed, Submission.spam_at.is_(None), may_contact(now), ~is_erased(), ~_is_dropped(name),
    )  # fmt: skip


def _is_dropped(row: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(PutOff.person_id == Person.id, PutOff.row == row, PutOff.until.is_(None))


@dataclass(frozen=True)
class GivenTo:
    """Thanks that were given, and to whom. Without `cause` and `referral` they were for nothing in particular."""

    given: Given
    person: Person
    cause: Event | None = None
    referral: Referral | None = None


def thanks_given(session: Session, number: int) -> Page[GivenTo]:
    """The newest first, with the author's words; nobody counts them."""
    undoing = aliased(Event)
    query = select(Event).join(Person, Event.person_id == Person.id).where(
        Event.kind == Kind.THANKED, ~exists().where(undoing.reverses_id == Event.id), ~is_erased()
    )  # fmt: skip
    page = fetch_page(session, query.order_by(Event.at.desc(), Event.id.desc()), number)
    people = by_id(session, Person, {event.person_id for event in page.rows})
    duties = {event.id: int(event.data["duty"]) for event in page.rows if event.data["duty"].isdigit()}
    causes = by_id(session, Event, duties.values())
    referrals = by_id(session, Referral, {event.referral_id for event in page.rows})
    notes = _words(session, [event.id for event in page.rows])
    rows = [
        GivenTo(
            Given(event, notes.get(event.id, "")), people[event.person_id],
            causes.get(duties.get(event.id)), referrals.get(event.referral_id),
        )
        for event in page.rows
    ]  # fmt: skip
    return Page(rows, page.number, page.has_next)


def _words(session: Session, events: Sequence[int]) -> dict[int, str]:
    """The author's words about these events, by their numbers."""
    return {note.event_id: note.text for note in session.scalars(select(Note).where(Note.event_id.in_(events)))}

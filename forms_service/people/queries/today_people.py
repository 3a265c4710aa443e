"""Whom Today brings up for their own sake: whom to thank, whom one meets, who drifts, whose term ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from forms_service.models import Duty, Event, Kind, Need, Note, Person
from forms_service.models.projection import standing, without_spam
from forms_service.people import stages
from forms_service.people.days import Day
from forms_service.people.queries.today_basis import CAP, MOST_DRIFTING, is_put_off, may_contact, put_off_rows

#: Terms are spoken of this many days before they end, once each, and never more often than so many days apart.
TERM_MARKS = (60, 30, 7)
BETWEEN_OFFERS = timedelta(days=30)


@dataclass(frozen=True)
class Meeting:
    """A one-to-one with what is still open between the two: promises with who made them, and what they look for."""

    person: Person
    promises: Sequence[tuple[str, str]] = ()
    """Who promised ("author" or "person"), and what."""
    needs: Sequence[str] = ()
    wanted: Sequence[str] = ()
    """Whom they asked the author to look out for."""
    small: str = ""
    """Small facts, as they were noted."""
    said: str = ""
    """What the author kept of the last talk, or of the last touch that he made a note of."""


def longest_unthanked(session: Session, day: Day, but: Collection[int]) -> Person | None:
    """Who was longest without thanks, unless somebody was thanked today already. `but`: who is owed some anyway."""
    today = select(func.max(Person.thanked_at)).scalar_subquery()
    query = select(Person).where(
        Person.touched_at.is_not(None), may_contact(day.now), or_(today.is_(None), today < day.begins),
        ~is_put_off(literal("unthanked"), day.now), Person.id.not_in(but),
    )  # fmt: skip
    order = Person.thanked_at.asc().nulls_first(), Person.touched_at, Person.id
    return session.scalar(query.order_by(*order).limit(1))


def meetings(session: Session, day: Day) -> list[Meeting]:
    """One-to-ones of today and tomorrow, and those that are over and not yet said to be held."""
    query = select(Person).where(Person.meets_at < day.tomorrow_ends, Person.contact_status != "do_not_contact")
    found = session.scalars(query.order_by(Person.meets_at, Person.id).limit(4 * CAP)).all()
    off = {(number, row) for number, row, _ in put_off_rows(session, {meeting_row(each) for each in found}, day.now)}
    people = [person for person in found if (person.id, meeting_row(person)) not in off][: CAP + 1]
    numbers = [each.id for each in people]
    promises, needs, notes = _promises(session, numbers), _needs(session, numbers), _notes(session, numbers)
    return [
        Meeting(person, promises[person.id], *needs[person.id], *_small_and_said(notes[person.id])) for person in people
    ]


def meeting_row(person: Person) -> str:
    """What the row of this one meeting is called: the next one is another."""
    assert person.meets_at is not None
    return f"meeting-{person.meets_at:%Y%m%dT%H%M}"


def _promises(session: Session, people: Collection[int]) -> Mapping[int, list[tuple[str, str]]]:
    query = select(Duty.person_id, Event.data, Note.text).join(Event, Duty.event_id == Event.id)
    query = query.outerjoin(Note, Note.event_id == Event.id).where(
        Duty.person_id.in_(people), Duty.rule == "promise", Duty.done_at.is_(None)
    )  # fmt: skip
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, data, note in session.execute(query.order_by(Duty.since, Duty.event_id)):
        found[number].append((data["by"], note or ""))
    return found


def _needs(session: Session, people: Collection[int]) -> Mapping[int, tuple[list[str], list[str]]]:
    """What they need, and whom they asked the author to look out for."""
    told = exists().where(
        Event.need_id == Need.id, Event.kind == Kind.NEED_TOLD, Event.data["field"].as_string() == "look_out_for"
    )
    query = select(Need.person_id, Need.text, told).where(Need.person_id.in_(people), Need.state == "open")
    found: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for number, text, is_wanted in session.execute(query.order_by(Need.asked_at.desc(), Need.id)):
        if number is not None:
            found[number][bool(is_wanted)].append(text)
    return found


def _notes(session: Session, people: Collection[int]) -> Mapping[int, list[tuple[Event, str]]]:
    """What the author wrote about them, with the event it is about, the oldest first."""
    undoing = aliased(Event)
    query = select(Event, Note.text).outerjoin(Note, Note.event_id == Event.id).where(
        Event.person_id.in_(people), Event.kind.in_((Kind.FACT_NOTED, *stages.TOUCHES)),
        ~exists().where(undoing.reverses_id == Event.id),
    )  # fmt: skip
    found: dict[int, list[tuple[Event, str]]] = defaultdict(list)
    for event, text in session.execute(query.order_by(Event.id)):
        if event.person_id is not None:
            found[event.person_id].append((event, text or ""))
    return found


def _small_and_said(notes: Sequence[tuple[Event, str]]) -> tuple[str, str]:
    small = [text for event, text in notes if event.data.get("field") == "small"]
    talks = [(stages.happened(event), text) for event, text in notes if event.kind in stages.TOUCHES and text]
    return small[-1] if small else "", max(talks, key=lambda talk: talk[0])[1] if talks else ""


def drifting(session: Session, day: Day) -> Sequence[Person]:
    """Past their interval, former customers and partners included; whom no meeting brings up."""
    query = select(Person).where(
        Person.drifts_at < day.now, may_contact(day.now), ~is_put_off(literal("drift"), day.now),
        or_(Person.meets_at.is_(None), Person.meets_at < day.begins),
    )  # fmt: skip
    return session.scalars(query.order_by(Person.drifts_at, Person.id).limit(MOST_DRIFTING + 1)).all()


def terms(session: Session, day: Day) -> Sequence[Person]:
    """Terms that end within sixty days; each mark, once dealt with, is quiet until the next, and no two are near."""
    left = [(mark, Person.term_ends_at <= day.now + timedelta(days=mark)) for mark in sorted(TERM_MARKS)]
    mark = case(*((within, literal(f"term-{days}")) for days, within in left), else_=literal("term"))
    query = select(Person).where(
        Person.term_ends_at > day.now, Person.term_ends_at <= day.now + timedelta(days=max(TERM_MARKS)),
        or_(Person.offered_at.is_(None), Person.offered_at <= day.now - BETWEEN_OFFERS),
        may_contact(day.now), ~is_put_off(mark, day.now), ~is_put_off(literal("term"), day.now),
    )  # fmt: skip
    return session.scalars(query.order_by(Person.term_ends_at, Person.id).limit(CAP + 1)).all()


def term_mark(ends_at: datetime, now: datetime) -> int:
    """Which mark a term has passed: the days of the nearest one."""
    return min(mark for mark in TERM_MARKS if ends_at <= now + timedelta(days=mark))


def clients(session: Session, people: Collection[Person], now: datetime) -> set[int]:
    """Those of `people` who are clients: who renew by themselves, and want no offers."""
    query = select(Event).where(Event.person_id.in_([person.id for person in people])).order_by(Event.id)
    events: dict[int | None, list[Event]] = defaultdict(list)
    for event in session.scalars(query):
        events[event.person_id].append(event)
    return {
        person.id
        for person in people
        if stages.buying(
            without_spam(standing(events[person.id])), person.is_known_by_name, now
        ).stage == "client"
    }  # fmt: skip


def with_role(session: Session, people: Collection[int], role: str) -> set[int]:
    """Those of `people` to whom the author's last word gives this role."""
    undoing = aliased(Event)
    query = select(Event).where(
        Event.person_id.in_(people), Event.kind == Kind.ROLES_SET, ~exists().where(undoing.reverses_id == Event.id)
    )
    last = {event.person_id: event for event in session.scalars(query.order_by(Event.id))}
    return {number for number, event in last.items() if number is not None and role in event.data["roles"]}

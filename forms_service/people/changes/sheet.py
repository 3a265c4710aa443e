"""The sheet of a one-to-one: everything on it kept in one go, the same sheet kept twice adding nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import Actor, Duty, Event, Hint, Kind, Need, Note, Offer, Person
from forms_service.models.projection import record
from forms_service.people.changes.acts import keep_promise, log_act
from forms_service.people.changes.capture import Next
from forms_service.people.changes.facts import note_facts, together
from forms_service.people.changes.notes import add_note, cleaned
from forms_service.people.changes.rows import ChangeError, locked, not_erased, standing_acts
from forms_service.people.changes.told import Told, tell_hint, tell_need, tell_offer
from forms_service.people.days import noon
from forms_service.people.stages import happened

#: A one-to-one that was cut short is taken up again within so many days, unless the next is booked already.
REST_WITHIN = timedelta(days=7)
REST = "The rest of your one-to-one: book it"


@dataclass(frozen=True)
class Promise:
    """`by` is "author" or "person"."""

    by: str
    text: str
    due: datetime


@dataclass(frozen=True)
class Sheet:
    """What was filled in. `held_on`: the day of the talk, None before it. `kept`: promises kept, by their events.

    `facts` by the fields of people.facts; `wanted`: whom the author may look out for; `trades`: they know people there.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    needs: Sequence[Told] = ()
    offers: Sequence[Told] = ()
    wanted: Sequence[Told] = ()
    trades: Sequence[str] = ()
    promises: Sequence[Promise] = ()
    kept: Sequence[int] = ()
    held_on: date | None = None
    words: str = ""
    next_on: Next | None = None
    is_cut_short: bool = False


def keep_sheet(session: Session, person_id: int, sheet: Sheet, zone: ZoneInfo, now: datetime) -> Event | None:
    """The event that takes all of it back, None where nothing was new. Raises ChangeError."""
    person = locked(session, Person, person_id)
    not_erased(session, person.id)
    events = list(_kept(session, person.id, sheet, zone, now))
    return together(session, person.id, "sheet", events, now)


def _kept(session: Session, person_id: int, sheet: Sheet, zone: ZoneInfo, now: datetime) -> Iterator[Event]:
    """The talk first: what is booked for after it must not be taken for it."""
    recorded = [
        *_talk(session, person_id, sheet, zone, now),
        *(keep_promise(session, person_id, number, now) for number in _open(session, person_id, sheet.kept)),
        *note_facts(session, person_id, sheet.facts, now, source="person"),
        *_told(session, person_id, sheet, now),
        *_promises(session, person_id, sheet.promises, now),
        _next(session, person_id, sheet, now),
    ]
    return (event for event in recorded if event is not None)


def _talk(session: Session, person_id: int, sheet: Sheet, zone: ZoneInfo, now: datetime) -> list[Event | None]:
    """That they sat down, once a day, with what was said."""
    day, words = sheet.held_on, sheet.words.strip()
    held = standing_acts(session, Event.person_id == person_id, Kind.ONE_TO_ONE_HELD)
    if day is None or any(happened(event).astimezone(zone).date() == day for event in held):
        return [add_note(session, person_id, words, now)] if words else []
    today = now.astimezone(zone).date()
    if day > today:
        raise ChangeError("the day of the talk lies ahead; leave it empty, or choose a day that is past")
    at = None if day == today else noon(day, zone)
    return [log_act(session, person_id, Kind.ONE_TO_ONE_HELD, now, at=at, note=words)]


def _open(session: Session, person_id: int, wanted: Sequence[int]) -> list[int]:
    open_ones = select(Duty.event_id).where(Duty.person_id == person_id, Duty.done_at.is_(None))
    there = set(session.scalars(open_ones.where(Duty.rule.in_(("promise", "follow_up")))))
    return [number for number in wanted if number in there]


def _told(session: Session, person_id: int, sheet: Sheet, now: datetime) -> list[Event | None]:
    """What they need, offer and know, but for what stands there already."""
    needs = set(session.scalars(select(Need.text).where(Need.person_id == person_id, Need.state == "open")))
    offers = set(session.scalars(select(Offer.text).where(Offer.person_id == person_id, Offer.stands)))
    wanted = [replace(each, field="look_out_for") for each in sheet.wanted]
    recorded = _told_each(session, person_id, [*sheet.needs, *wanted], needs, tell_need, now)
    recorded += _told_each(session, person_id, sheet.offers, offers, tell_offer, now)
    known = set(session.scalars(select(Hint.category).where(Hint.person_id == person_id, Hint.stands)))
    return recorded + [tell_hint(session, person_id, trade, now) for trade in sheet.trades if trade not in known]


def _told_each(
    session: Session, person_id: int, told: Sequence[Told], there: set[str],
    tell: Callable[[Session, Told, datetime], Event | None], now: datetime,
) -> list[Event | None]:  # fmt: skip
    return [tell(session, replace(each, person_id=person_id), now) for each in told if each.text not in there]


def _promises(session: Session, person_id: int, promises: Sequence[Promise], now: datetime) -> list[Event]:
    """Two promises for one day are two promises; the same words for that day are one."""
    query = select(Event, Note.text).join(Note, Note.event_id == Event.id).join(Duty, Duty.event_id == Event.id)
    query = query.where(Duty.person_id == person_id, Duty.rule == "promise")
    there = {(event.data["by"], text, event.data["due"]) for event, text in session.execute(query)}
    return [
        _promised(session, person_id, each, now)
        for each in promises
        if (each.by, cleaned(each.text), each.due.isoformat()) not in there
    ]


def _promised(session: Session, person_id: int, promise: Promise, now: datetime) -> Event:
    data = {"due": promise.due.isoformat(), "by": promise.by}
    event = record(session, Event(at=now, kind=Kind.PROMISE_MADE, actor=Actor.AUTHOR, person_id=person_id, data=data))
    session.add(Note(event_id=event.id, text=cleaned(promise.text)))
    session.flush()
    return event


def _next(session: Session, person_id: int, sheet: Sheet, now: datetime) -> Event | None:
    """The next meeting, or the day to be in touch; where the talk was cut short, a day to book the rest."""
    wanted, note = sheet.next_on, ""
    if wanted is None and sheet.is_cut_short:
        wanted, note = Next(now + REST_WITHIN), REST
    if wanted is None or _is_set(session, person_id, wanted, note, now):
        return None
    kind = Kind.ONE_TO_ONE_BOOKED if wanted.is_meeting else Kind.FOLLOW_UP_SET
    return log_act(session, person_id, kind, now, day=wanted.day, is_timed=wanted.is_timed, note=note)


def _is_set(session: Session, person_id: int, wanted: Next, note: str, now: datetime) -> bool:
    if wanted.is_meeting:
        return session.get_one(Person, person_id).meets_at == wanted.day
    days = select(Duty.since).outerjoin(Note, Note.event_id == Duty.event_id).where(
        Duty.person_id == person_id, Duty.rule == "follow_up", Duty.done_at.is_(None)
    )  # fmt: skip
    if note:  # the same reminder, set a little earlier
        return session.scalar(days.where(Note.text == note, Duty.since > now).limit(1)) is not None
    return wanted.day in session.scalars(days).all()

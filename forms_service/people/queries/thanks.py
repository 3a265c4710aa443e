"""One thanks owed, with the facts of its cause: who, what, when, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from forms_service.models import (
    Comment,
    Duty,
    Event,
    Kind,
    Need,
    Note,
    OutboundReferral,
    Person,
    Referral,
    Submission,
)
from forms_service.models.projection import standing
from forms_service.people.duties import BY_THANKS, Owed, done_for_referrer, to_referrer
from forms_service.people.queries.page import by_id
from forms_service.people.queries.people import is_erased
from forms_service.people.queries.timeline import Entry, timeline
from forms_service.people.relations import reference_since
from forms_service.people.stages import REGULATED, happened, roles

MOST_RECENT = 5


@dataclass(frozen=True)
class Favour:
    """Who had a part in it. `asker` None: it was done for the author himself. `introducer` None: he knew them."""

    row: OutboundReferral
    need: Need
    asker: Person | None
    provider: Person | None
    introducer: Person | None


@dataclass(frozen=True)
class Given:
    """Thanks that stand, in the author's words where he kept some."""

    event: Event
    words: str = ""


@dataclass(frozen=True)
class Thanks:
    """One thing to thank somebody for. `rule`: see people.duties; "" is thanks for nothing in particular.

    `duty`: what the act of thanks names. `since`: from when on it is owed. The cause is `event` or `referral`.
    """

    person: Person
    rule: str
    duty: str = ""
    since: datetime | None = None
    event: Event | None = None
    note: str = ""
    comment: Comment | None = None
    referral: Referral | None = None
    favour: Favour | None = None
    given: Given | None = None
    recent: Sequence[Entry] = ()
    last: Given | None = None
    """When and how they were last thanked, for whatever it was."""
    is_free: bool = True
    is_regulated: bool = False
    may_name_me: bool = False
    """They may name the author as a reference without asking."""

    @property
    def is_for_the_work(self) -> bool:
        """They did it themselves, for the author: whom one thanks so, one also recommends."""
        favour = self.favour
        return favour is not None and favour.asker is None and favour.row.helper_id == self.person.id


def thanks_for_act(session: Session, event_id: int, now: datetime) -> Thanks | None:
    """For what happened: a meeting, a purchase, a favour, a comment, an honest no. None where none are owed for it."""
    duty = session.get(Duty, event_id)
    if duty is None or duty.rule not in BY_THANKS:
        return None
    event, person = session.get_one(Event, event_id), _person(session, duty.person_id)
    acts = _acts(session, person.id)
    given = _first(acts, lambda act: _thanks_for(act, event))
    note, comment = session.get(Note, event_id), session.get(Comment, event.comment_id) if event.comment_id else None
    return Thanks(
        person, duty.rule, str(event_id), duty.since, event, note.text if note else "", comment,
        given=_worded(session, given), favour=_favour(session, event.outbound_id), **_about(session, person, acts, now),
    )  # fmt: skip


def _thanks_for(act: Event, cause: Event) -> bool:
    """Who is answered below what they wrote is thanked for it."""
    if act.kind == Kind.COMMENT_REPLIED:
        return cause.kind == Kind.COMMENT_APPROVED and act.comment_id == cause.comment_id
    return act.kind == Kind.THANKED and bool(act.data["duty"] == str(cause.id))


def thanks_for_referral(session: Session, referral_id: int, rule: str, now: datetime) -> Thanks | None:
    """For a referral: `rule` is receipt, tell, outcome or reward. None where that is not owed, now or ever."""
    referral = session.get(Referral, referral_id)
    if referral is None or session.get_one(Submission, referral.submission_id).spam_at is not None:
        return None
    acts = standing(session.scalars(select(Event).where(Event.referral_id == referral.id)))
    row = next((each for each in _owed(referral, acts) if each.rule == rule), None)
    person = _person(session, referral.referrer_id)
    if row is None or session.scalar(select(is_erased()).where(Person.id == person.id)):
        return None
    given = _first(acts, lambda act: _does(act, rule) and row.done_at in (act.at, happened(act)))
    return Thanks(
        person, rule, rule, row.since, referral=referral, given=_worded(session, given),
        **_about(session, person, _acts(session, person.id), now),
    )  # fmt: skip


def thanks_for_nothing(session: Session, person_id: int, now: datetime) -> Thanks | None:
    """For being there: what happened lately stands beside the box."""
    person = session.get(Person, person_id, options=[selectinload(Person.contact_points)])
    if person is None or session.scalar(select(is_erased()).where(Person.id == person_id)):
        return None
    lately = [entry for entry in timeline(session, person_id=person_id) if not entry.taken_back_at][:MOST_RECENT]
    return Thanks(person, "", recent=lately, **_about(session, person, _acts(session, person_id), now))


def _does(act: Event, rule: str) -> bool:
    """The act does what `rule` asks for."""
    if rule == "tell":
        return act.kind == Kind.OUTCOME_TOLD
    if act.kind == Kind.REFERRAL_MOVED:
        return rule == "receipt" and act.data["to"] == "acknowledged"
    return act.kind == Kind.THANKED and act.data["duty"] in ((rule, "") if rule == "receipt" else (rule,))


def _owed(referral: Referral, acts: Sequence[Event]) -> list[Owed]:
    objected = referral.objected_at is not None
    return to_referrer(referral.id, referral.received_at, referral.status, done_for_referrer(acts), objected=objected)


def _person(session: Session, person_id: int) -> Person:
    return session.get_one(Person, person_id, options=[selectinload(Person.contact_points)])


def _acts(session: Session, person_id: int) -> list[Event]:
    return standing(session.scalars(select(Event).where(Event.person_id == person_id)))


def _first(acts: Sequence[Event], fits: Callable[[Event], bool]) -> Event | None:
    return next((act for act in acts if fits(act)), None)


def _worded(session: Session, act: Event | None) -> Given | None:
    if act is None:
        return None
    note = session.get(Note, act.id)
    return Given(act, note.text if note else "")


def _about(session: Session, person: Person, acts: Sequence[Event], now: datetime) -> Mapping[str, Any]:
    thanked = _first(acts[::-1], lambda act: act.kind == Kind.THANKED)
    return {
        "last": _worded(session, thanked),
        "is_free": person.is_free(now),
        "may_name_me": reference_since(acts) is not None,
        "is_regulated": REGULATED in roles(acts),
    }


def _favour(session: Session, outbound_id: int | None) -> Favour | None:
    row = session.get(OutboundReferral, outbound_id) if outbound_id is not None else None
    if row is None:
        return None
    need = session.get_one(Need, row.need_id)
    people = by_id(session, Person, (need.person_id, row.helper_id, row.via_id))
    return Favour(row, need, people.get(need.person_id), people.get(row.helper_id), people.get(row.via_id))

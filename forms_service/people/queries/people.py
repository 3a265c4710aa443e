"""The prospect list and one person's page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, CompoundSelect, and_, exists, or_, select, union_all
from sqlalchemy.orm import Session, selectinload

from forms_service.models import ContactPoint, Event, Note, Person, Referral, Submission
from forms_service.people.queries.containing import contains, may_contain
from forms_service.people.queries.page import Page, fetch_page
from forms_service.people.queries.timeline import Entry, timeline

LONGEST_SEARCH = 200
FEWEST_DIGITS = 3


@dataclass(frozen=True)
class PersonDetails:
    person: Person
    timeline: Sequence[Entry]
    given: Sequence[Referral]
    received: Sequence[tuple[Referral, Person]]
    """Referrals by which others sent this person, with who sent them."""
    is_erased: bool


def is_listed() -> ColumnElement[bool]:
    """Confirmed, taken up from a referral, or the sender of something that is not spam; and not erased."""
    sent = exists().where(Submission.person_id == Person.id, Submission.spam_at.is_(None))
    taken_up = exists().where(Referral.referred_id == Person.id)
    return and_(or_(Person.confirmed_at.is_not(None), taken_up, sent), ~is_erased())


def is_erased() -> ColumnElement[bool]:
    """All about this person was erased; a skeleton stands where referrals and events still point."""
    return Person.erased_at.is_not(None)


def people(session: Session, search: str, number: int) -> Page[Person]:
    """The people the author may want to thank, newest first; every word of `search` must fit somewhere."""
    words = search[:LONGEST_SEARCH].split()
    query = select(Person).where(is_listed(), *map(_mentions, words))
    query = query.options(selectinload(Person.contact_points)).order_by(Person.created_at.desc(), Person.id.desc())
    return fetch_page(session, query, number)


def _mentions(word: str) -> ColumnElement[bool]:
    """The word stands in a name, an address, a number, or the words of what was sent or noted.

    Each place is looked through once, not once a person.
    """
    noted = select(Note.event_id).where(contains(Note.text, word))
    found: CompoundSelect[int | None] = union_all(
        select(Person.id).where(contains(Person.name, word)),
        select(ContactPoint.person_id).where(_in_contact_point(word)),
        select(Submission.person_id).where(Submission.person_id.is_not(None), _in_payload(word)),
        select(Event.person_id).where(Event.person_id.is_not(None), Event.id.in_(noted)),
    )
    return Person.id.in_(found)


def _in_contact_point(word: str) -> ColumnElement[bool]:
    digits = re.sub(r"\D", "", word)
    written = or_(contains(ContactPoint.value, word), contains(ContactPoint.normalised, word))
    if len(digits) < FEWEST_DIGITS or re.search(r"[^\d\s()+./-]", word):
        return written
    return or_(written, and_(ContactPoint.kind == "phone", contains(ContactPoint.normalised, digits)))


#: The words a visitor writes, by their names in the forms.
WRITTEN = ("text", "message", "looking_for", "good_at", "referred_name", "need", "look_out_for")


def _in_payload(word: str) -> ColumnElement[bool]:
    exactly = or_(*(contains(Submission.payload[name].as_string(), word) for name in WRITTEN))
    perhaps = may_contain(Submission.payload, word)
    return exactly if perhaps is None else and_(perhaps, exactly)


def person_details(session: Session, person_id: int) -> PersonDetails | None:
    person = session.get(Person, person_id, options=[selectinload(Person.contact_points)])
    if person is None:
        return None
    given = select(Referral).where(Referral.referrer_id == person.id).order_by(Referral.id.desc())
    received = select(Referral, Person).join(Person, Referral.referrer_id == Person.id)
    received = received.where(Referral.referred_id == person.id).order_by(Referral.id.desc())
    return PersonDetails(
        person=person,
        timeline=timeline(session, person_id=person.id),
        given=session.scalars(given.limit(100)).all(),
        received=[(row.Referral, row.Person) for row in session.execute(received.limit(100))],
        is_erased=session.scalar(select(is_erased()).where(Person.id == person.id)) or False,
    )

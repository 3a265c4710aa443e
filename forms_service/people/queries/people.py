"""The prospect list and one person's page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, CompoundSelect, and_, exists, or_, select, union_all
from sqlalchemy.orm import Session, selectinload

from forms_service.models import ContactPoint, Event, Note, Person, Referral, Submission, Word, WordOfPerson
from forms_service.people.folding import fold_word
from forms_service.people.indexing import WRITTEN
from forms_service.people.queries.containing import contains, has_part, may_contain
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
    folded = fold_word(word)
    words = select(Word.id).where(has_part(Word.text, folded))
    noted = select(Note.event_id).where(Note.indexed_at.is_(None), contains(Note.text, word))
    sent = Submission.indexed_at.is_(None), Submission.person_id.is_not(None), _in_payload(word)
    found: CompoundSelect[int | None] = union_all(
        select(Person.id).where(has_part(Person.folded_name, folded)),
        select(ContactPoint.person_id).where(_in_contact_point(word)),
        select(WordOfPerson.person_id).where(WordOfPerson.word_id.in_(words)),
        # what the index does not know of yet: the last few seconds' words
        select(Submission.person_id).where(*sent),
        select(Event.person_id).where(Event.person_id.is_not(None), Event.id.in_(noted)),
    )
    return Person.id.in_(found)


def _in_contact_point(word: str) -> ColumnElement[bool]:
    digits = re.sub(r"\D", "", word)
    differs = ContactPoint.value != ContactPoint.normalised
    written = or_(has_part(ContactPoint.normalised, word.lower()), and_(differs, contains(ContactPoint.value, word)))
    if len(digits) < FEWEST_DIGITS or re.search(r"[^\d\s()+./-]", word):
        return written
    return or_(written, and_(ContactPoint.kind == "phone", has_part(ContactPoint.normalised, digits)))


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

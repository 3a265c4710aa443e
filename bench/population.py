"""A list of people as years of mornings leave it: events in bulk, everything else projected from them as always.

One seed, one list. Ten times the people have ten times of everything: of what waits, of who knows whom, of words.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import TableClause, func, insert, select, text
from sqlalchemy.orm import Session

from forms_service.models import (
    Base,
    ContactPoint,
    Event,
    Hint,
    Knows,
    Need,
    Note,
    Offer,
    Person,
    Referral,
    Submission,
)  # fmt: skip
from forms_service.models.projection import SUBJECTS, Subject, standing
from forms_service.people.categories import Categories
from forms_service.people.indexing import enter_words

SEED = 20261122
ROLES = ("baker", "florist", "teacher", "printer", "roofer", "tailor", "grocer", "dentist", "potter", "ferryman")
PLACES = ("", "", "Albany", "Troy", "Schenectady")
SENTENCES = (
    "They look after an allotment and would rather be paid in November.", "Asked about the roof, and about my mother.",
    "Has a brother who restores clocks.", "Prefers cards to calls, and mornings to evenings.",
    "Told me who had sent them, and why they came.", "Wants to be asked again after the harvest.",
)  # fmt: skip
TOUCHES = ("called", "e_mailed", "card_sent", "one_to_one_held")
ENDED = ("customer", "partner", "helped_elsewhere", "not_now", "no")
CHUNK = 5_000
#: As many as there are to one person; with the events of referrals and needs it makes twenty.
TOUCHED = 16
#: Of so many trades people speak: enough that with a tenth of the people each answer is as long.
TRADES = 4


def populate(session: Session, number: int, categories: Categories, now: datetime) -> None:
    """`number` people, twenty events and half a referral to each of them, into an empty database."""
    for table, rows in rows_of(number, categories, now).items():
        write_rows(session, cast(TableClause, table.__table__), rows)
    for subject in SUBJECTS:
        _project(session, subject)
    while enter_words(session, now, CHUNK):  # as the worker does
        pass


def rows_of(number: int, categories: Categories, now: datetime) -> dict[type[Base], list[dict[str, Any]]]:
    """The rows of each table, each table after those that it points to. Projections are left out."""
    made = _Book(number, sorted(categories.listed)[:TRADES], now).rows
    tables = (Person, ContactPoint, Submission, Referral, Need, Offer, Knows, Hint, Event, Note)
    return {table: made[table] for table in tables}


def write_rows(session: Session, table: TableClause, rows: Sequence[Mapping[str, Any]]) -> None:
    """All of `rows`, and whoever comes next is numbered after them."""
    for start in range(0, len(rows), CHUNK):
        session.execute(insert(table), rows[start : start + CHUNK])
    if session.get_bind().dialect.name == "postgresql" and "id" in rows[0]:
        last = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"
        session.execute(text(last), {"name": table.name, "last": rows[-1]["id"]})


def _project(session: Session, subject: Subject) -> None:
    """What `replay` does, with the events of all rows of a table read at once."""
    about: Mapping[int, list[Event]] = defaultdict(list)
    for event in session.scalars(select(Event).where(subject.key.is_not(None))):
        about[getattr(event, subject.key.key)].append(event)
    with session.no_autoflush:
        for row in session.scalars(select(subject.table)).all():
            subject.project(row, standing(about[row.id]))
    session.flush()
    session.expunge_all()


class _Book:
    """The rows of every table, numbered as they are made."""

    def __init__(self, number: int, trades: Sequence[str], now: datetime) -> None:
        self.number, self.trades, self.now = number, trades, now
        self.chance = random.Random(SEED)
        self.rows: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
        people = range(1, number + 1)
        for person in people:
            self.person(person)
        for person in people:
            self.told(person)
        for person in people[::2]:
            self.referral(person)

    def add(self, table: type[Base], **values: Any) -> int:
        values["id"] = len(self.rows[table]) + 1
        self.rows[table].append(values)
        return int(values["id"])

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def event(self, kind: str, days: float, data: Mapping[str, Any] | None = None, **about: int) -> int:
        keys = (
            "person_id", "submission_id", "referral_id", "need_id", "offer_id", "knows_id", "hint_id", "outbound_id",
        )  # fmt: skip
        actor = "submitter" if kind == "submitted" else "author"
        named = {key: about.get(key) for key in keys}
        return self.add(Event, kind=kind, at=self.ago(days), actor=actor, data=dict(data or {}), **named)

    def person(self, number: int) -> None:
        """Met, in touch now and then, thanked for it; the newest things are still open with some. A fifth is unmet."""
        role = ROLES[number % len(ROLES)]
        met = self.chance.uniform(400, 2_000)
        self.add(
            Person, name=f"A {role}, number {number}", created_at=self.ago(met), source="author", preferred_name="",
            usual="", contact_status="free",
        )  # fmt: skip
        self.address(number, f"{role}{number}@example.com", met)
        if number % 5 == 2:
            self.event("introducing_allowed", met, person_id=number)  # heard of, and never met
            return
        acts = [self.event("met", met, person_id=number)]
        silent = 200 if number % 10 == 0 else 2  # every tenth drifts away
        for step in range(TOUCHED - 3):
            days = silent + (met - silent) * (1 - (step + 1) / TOUCHED)
            acts.append(self.event(self.chance.choice(TOUCHES), days, person_id=number))
        for act in acts[::3]:
            self.note(act)
        self.thank_for(number, acts, silent)
        self.open_things(number)

    def address(self, person: int, address: str, days: float) -> None:
        self.add(
            ContactPoint, person_id=person, kind="email", value=address, normalised=address, source="author",
            added_at=self.ago(days),
        )  # fmt: skip

    def thank_for(self, person: int, acts: Sequence[int], days: float) -> None:
        """Thanks for each meeting, but for the last of every twentieth person."""
        met = [act for act in acts if self.rows[Event][act - 1]["kind"] in ("met", "one_to_one_held")]
        for act in met[: -1 if person % 20 == 0 else None]:
            self.event("thanked", days, {"how": "card", "duty": str(act)}, person_id=person)

    def open_things(self, person: int) -> None:
        """A promise that is due, a meeting, a term that ends, a partner: each with some."""
        if person % 20 == 6:
            self.note(self.event("promise_made", 9, {"due": self.ago(1).isoformat(), "by": "author"}, person_id=person))
        if person % 20 == 1:
            self.event("one_to_one_booked", 9, {"for": self.ago(-0.01).isoformat()}, person_id=person)
        if person % 20 == 3:
            self.event("purchased", 330, {"until": self.ago(-25).isoformat()}, person_id=person)
        if person % 20 == 4:
            self.event("partner_confirmed", 300, person_id=person)
        if person % 20 == 5:
            self.contact(person)

    def contact(self, person: int) -> None:
        words = {"name": f"A visitor, number {person}", "message": self.chance.choice(SENTENCES)}
        sent = self.submission("contact", words, person, 0.5)
        self.event("submitted", 0.5, person_id=person, submission_id=sent)

    def submission(self, kind: str, words: Mapping[str, str], person: int, days: float) -> int:
        reference = f"B{len(self.rows[Submission]):07}"
        return self.add(
            Submission, reference=reference, kind=kind, payload=dict(words), received_at=self.ago(days),
            person_id=person, is_claim=False, network="", suspicions=[],
        )  # fmt: skip

    def note(self, event: int) -> None:
        self.rows[Note].append({"event_id": event, "text": self.chance.choice(SENTENCES)})

    def told(self, person: int) -> None:
        """A third need something, half do something, all know one or two, a tenth know people of a trade."""
        trade, place = self.chance.choice(self.trades), self.chance.choice(PLACES)
        common = {"person_id": person, "source": "author", "told_at": self.ago(100)}
        if person % 3 == 0:
            said = {**common, "text": f"Looks for: {trade}", "category": trade, "place": place}
            need = self.add(Need, **said, asked_at=self.ago(100), state="open")
            self.event("need_told", 3 + person / self.number, person_id=person, need_id=need)
        if person % 2 == 0:
            offer = self.add(Offer, **common, text=f"Does: {trade}", category=trade, place=place, stands=True)
            self.event("offer_told", 100, person_id=person, offer_id=offer)
        for other in {self.chance.randint(1, self.number) for _ in range(1 + person % 2)} - {person}:
            known = self.add(
                Knows, **common, other_id=other, depth=self.chance.choice(("met", "know", "trust")), stands=True
            )
            self.event("knows_told", 100, person_id=person, knows_id=known)
        if person % 10 == 0:
            hint = self.add(Hint, **common, category=self.chance.choice(self.trades), stands=True)
            self.event("hint_told", 100, person_id=person, hint_id=hint)

    def referral(self, referrer: int) -> None:
        """Most have run their course and were thanked for; of every tenth something is still owed."""
        is_open = referrer % 10 == 1
        days = 1.0 if is_open else self.chance.uniform(60, 300)
        level = self.chance.choice(("L0", "L1", "L2", "L3", "L4"))
        need = self.chance.choice(SENTENCES)
        words = {"name": f"A referrer, number {referrer}", "level": level, "referred_name": "A clerk", "need": need}
        sent = self.submission("referral", words, referrer, days)
        row = self.add(
            Referral, submission_id=sent, referrer_id=referrer, referred_name="A clerk", need=need, look_out_for="",
            claimed_level=level, received_at=self.ago(days), status="received",
        )  # fmt: skip
        about = {"person_id": referrer, "submission_id": sent, "referral_id": row}
        self.event("submitted", days, **about)
        if not is_open:
            self.course(referrer, row, sent, level, days)

    def course(self, referrer: int, row: int, sent: int, level: str, days: float) -> None:
        about = {"person_id": referrer, "referral_id": row}
        self.event("thanked", days - 1, {"how": "card", "duty": "receipt"}, **about, submission_id=sent)
        self.event("level_confirmed", days - 2, {"level": level}, referral_id=row)
        for late, to in enumerate(("contacted", "met", self.chance.choice(ENDED))):
            self.event("referral_moved", days - 5 - late, {"to": to}, referral_id=row)
        self.event("outcome_told", days - 10, **about)
        self.event("thanked", days - 10, {"how": "card", "duty": "outcome"}, **about)
        self.event("thanked", days - 30, {"how": "card", "duty": "reward"}, **about)


def counted(session: Session) -> dict[str, int]:
    """How many there are, for the table."""
    tables = (Person, Event, Referral, Need, Offer, Knows)
    return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}

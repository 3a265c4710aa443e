"""Needs with who can help; what a person needs, offers and knows; one outbound referral."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, selectinload

from forms_service.models import (
    Event,
    Hint,
    Kind,
    Knows,
    Need,
    Offer,
    OutboundReferral,
    Person,
    Submission,
)  # fmt: skip
from forms_service.people.categories import Categories
from forms_service.people.known import Wanted
from forms_service.people.matching import Help, find_help
from forms_service.people.proposals import FIELDS, Proposal, proposals
from forms_service.people.queries.network import network
from forms_service.people.queries.page import Page, by_id, fetch_page
from forms_service.people.queries.people import is_erased
from forms_service.people.queries.timeline import Entry, timeline
from forms_service.people.queries.today_basis import may_contact
from forms_service.people.relations import REFERENCE_KINDS, reference_since, vouch_in
from forms_service.people.ways import Ways

OPEN_FOR = timedelta(days=60)
#: Today looks at the newest needs only; the page of needs shows them all, as many at a time: each may have many ways.
MOST_ON_TODAY = A_PAGE = 25
AT_A_TIME = 10


@dataclass(frozen=True)
class NeedRow:
    """A need, whose it is (None: yours), who can help, and what is under way already."""

    need: Need
    asker: Person | None
    help: Help
    under_way: Sequence[OutboundReferral]

    @property
    def open_until(self) -> datetime:
        return self.need.asked_at + OPEN_FOR


def is_open(now: datetime) -> ColumnElement[bool]:
    """Told, neither answered nor withdrawn, and asked within sixty days."""
    return and_(Need.state == "open", Need.asked_at > now - OPEN_FOR, _asker_is_there())


def _asker_is_there() -> ColumnElement[bool]:
    return or_(Need.person_id.is_(None), exists().where(Person.id == Need.person_id, ~is_erased()))


def open_needs_with_matches(session: Session, now: datetime, categories: Categories) -> Iterator[list[NeedRow]]:
    """What Today shows: open needs for which somebody was found and nothing is under way yet; the newest first.

    A few at a time, so that whoever has seen enough asks for no more.
    """
    free = or_(Need.person_id.is_(None), exists().where(Person.id == Need.person_id, may_contact(now)))
    query = select(Need).where(is_open(now), free).order_by(Need.asked_at.desc(), Need.id.desc()).limit(MOST_ON_TODAY)
    newest = session.scalars(query).all()
    for first in range(0, len(newest), AT_A_TIME):
        rows = _with_help(session, newest[first : first + AT_A_TIME], categories, now, partners=False)
        yield [row for row in rows if row.help.groups and not row.under_way]


def needs(session: Session, show: str, number: int, categories: Categories, now: datetime) -> Page[NeedRow]:
    """ "open", "expired" or "closed", the newest first. Who can help is asked anew each time, of all that is known."""
    wanted = {
        "open": is_open(now),
        "expired": and_(Need.state == "open", Need.asked_at <= now - OPEN_FOR, _asker_is_there()),
        "closed": and_(Need.state.in_(("answered", "withdrawn")), _asker_is_there()),
    }[show]
    query = select(Need).where(wanted).order_by(Need.asked_at.desc(), Need.id.desc())
    page = fetch_page(session, query, number, A_PAGE)
    return Page(_with_help(session, page.rows, categories, now), page.number, page.has_next)


def _with_help(
    session: Session, rows: Sequence[Need], categories: Categories, now: datetime, *, partners: bool = True
) -> list[NeedRow]:
    wanted = [_wanted(need) for need in rows]
    known = network(session, wanted, categories, now, partners=partners)
    askers = by_id(session, Person, [need.person_id for need in rows])
    under_way: dict[int, list[OutboundReferral]] = defaultdict(list)
    for row in session.scalars(select(OutboundReferral).where(
        OutboundReferral.need_id.in_([need.id for need in rows]), OutboundReferral.ended_at.is_(None),
        OutboundReferral.status != "taken_back",
    ).order_by(OutboundReferral.id)):  # fmt: skip
        under_way[row.need_id].append(row)
    ways = Ways(known)
    return [
        NeedRow(need, askers.get(need.person_id), find_help(each, known, ways), under_way[need.id])
        for need, each in zip(rows, wanted, strict=True)
    ]


def _wanted(need: Need) -> Wanted:
    return Wanted(need.id, need.person_id, need.category, need.place)


@dataclass(frozen=True)
class PersonTold:
    """What one person needs, does well, whom and what sort of people they know, and what their forms propose."""

    needs: Sequence[Need]
    offers: Sequence[Offer]
    knows: Sequence[tuple[Knows, Person]]
    known_by: Sequence[tuple[Knows, Person]]
    hints: Sequence[Hint]
    proposals: Sequence[Proposal]
    vouch: str
    reference_since: datetime | None
    undo: dict[tuple[str, int], int]
    """By table and number: the event that told it, which the undo button takes back."""


def person_told(session: Session, person_id: int, categories: Categories) -> PersonTold:
    kept = select(Need).where(Need.person_id == person_id, Need.state == "open").order_by(Need.id.desc()).limit(100)
    offers = select(Offer).where(Offer.person_id == person_id, Offer.stands).order_by(Offer.id.desc()).limit(100)
    hints = select(Hint).where(Hint.person_id == person_id, Hint.stands).order_by(Hint.category).limit(100)
    said = _standing_acts(session, person_id, (Kind.VOUCHED, *REFERENCE_KINDS))
    return PersonTold(
        session.scalars(kept).all(),
        session.scalars(offers).all(),
        _acquaintances(session, Knows.person_id == person_id, Knows.other_id == Person.id),
        _acquaintances(session, Knows.other_id == person_id, Knows.person_id == Person.id),
        session.scalars(hints).all(),
        person_proposals(session, person_id, categories),
        vouch_in(said),
        reference_since(said),
        _undo(session, person_id),
    )


def _acquaintances(
    session: Session, whose: ColumnElement[bool], joined: ColumnElement[bool]
) -> list[tuple[Knows, Person]]:
    query = select(Knows, Person).join(Person, joined).where(whose, Knows.stands).order_by(Knows.id.desc()).limit(100)
    return [(row.Knows, row.Person) for row in session.execute(query)]


def person_proposals(session: Session, person_id: int, categories: Categories) -> list[Proposal]:
    """What their forms said that the author has neither kept nor set aside."""
    forms = select(Submission).where(Submission.person_id == person_id, Submission.spam_at.is_(None))
    settled: dict[int | None, set[str]] = defaultdict(set)
    for event in _standing_acts(session, person_id, (Kind.NEED_TOLD, Kind.OFFER_TOLD, Kind.TOLD_SET_ASIDE)):
        settled[event.submission_id].add(event.data.get("field", ""))
    listed = session.scalars(forms.order_by(Submission.id.desc()).limit(50)).all()
    return [p for form in listed for p in proposals(form.id, form.payload, settled[form.id] & set(FIELDS), categories)]


def _undo(session: Session, person_id: int) -> dict[tuple[str, int], int]:
    told = (Kind.NEED_TOLD, Kind.OFFER_TOLD, Kind.KNOWS_TOLD, Kind.HINT_TOLD)
    columns = ("need", "offer", "knows", "hint")
    return {
        (name, key): event.id
        for event in _standing_acts(session, person_id, told)
        for name in columns
        if (key := getattr(event, f"{name}_id")) is not None
    }


def _standing_acts(session: Session, person_id: int, kinds: Sequence[Kind]) -> Sequence[Event]:
    undone = select(Event.reverses_id).where(Event.person_id == person_id, Event.reverses_id.is_not(None))
    query = select(Event).where(Event.person_id == person_id, Event.kind.in_(kinds), Event.id.not_in(undone))
    return session.scalars(query.order_by(Event.id)).all()


@dataclass(frozen=True)
class OutboundDetails:
    """One outbound referral. `asker` None: the need is yours. `via` None: you know the helper yourself."""

    row: OutboundReferral
    need: Need
    asker: Person | None
    via: Person | None
    helper: Person | None
    timeline: Sequence[Entry]


def outbound_details(session: Session, outbound_id: int) -> OutboundDetails | None:
    row = session.get(OutboundReferral, outbound_id)
    if row is None:
        return None
    need = session.get_one(Need, row.need_id)
    numbers = [key for key in (need.person_id, row.via_id, row.helper_id) if key is not None]
    found = select(Person).where(Person.id.in_(numbers)).options(selectinload(Person.contact_points))
    people: dict[int | None, Person] = {person.id: person for person in session.scalars(found)}
    return OutboundDetails(
        row, need, people.get(need.person_id), people.get(row.via_id), people.get(row.helper_id),
        timeline(session, outbound_id=row.id),
    )  # fmt: skip


def own_offers(session: Session) -> Sequence[Offer]:
    """What you do yourself."""
    return session.scalars(select(Offer).where(Offer.person_id.is_(None), Offer.stands).order_by(Offer.id)).all()

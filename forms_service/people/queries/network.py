"""What matching has to know for some needs, read in a fixed number of queries, however many people there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from forms_service.models import Event, Hint, Kind, Knows, Need, Offer, OutboundReferral, Person
from forms_service.people.categories import SYNONYM, Categories
from forms_service.people.known import Depth, Evidence, Hinted, Known, Network, Offered, Someone
from forms_service.people.queries.people import is_erased
from forms_service.people.relations import KINDS, depth_in, vouch_in
from forms_service.people.stages import Contact

DEPTHS = {"met": Depth.MET, "know": Depth.KNOW, "trust": Depth.TRUST}


def network(session: Session, wanted: Iterable[str], categories: Categories, now: datetime) -> Network:
    """Whoever and whatever may matter to needs of the `wanted` trades."""
    near = {term for category in set(wanted) for term in categories.near(category)}
    offers = session.scalars(select(Offer).where(Offer.stands, Offer.category.in_(near))).all() if near else []
    helpers = {offer.person_id for offer in offers} - {None}
    knows = session.scalars(select(Knows).where(Knows.stands, Knows.other_id.in_(helpers))).all() if helpers else []
    partners = set(session.scalars(select(Person.id).where(is_partner(), ~is_erased())))
    hints = session.scalars(
        select(Hint).where(Hint.stands, or_(Hint.category.in_(near), Hint.person_id.in_(partners)))
    ).all()
    numbers = helpers | partners | {known.person_id for known in knows} | {hint.person_id for hint in hints}
    recommending = {offer.recommended_by_id for offer in offers} - {None}
    people = _people(session, {n for n in (numbers | recommending) if n is not None}, partners, now)
    return Network(
        people, categories, _offered(session, offers, people, categories),
        [Known(row.person_id, row.other_id, DEPTHS[row.depth]) for row in knows if row.other_id is not None],
        [Hinted(row.person_id, row.category) for row in hints if row.category],
    )  # fmt: skip


def standing(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """An event about this person that fits the conditions and was not taken back."""
    undoing = aliased(Event)
    return exists().where(
        Event.person_id == Person.id, *conditions, ~exists().where(undoing.reverses_id == Event.id)
    )  # fmt: skip


def is_partner() -> ColumnElement[bool]:
    """By the author's word; or a one-to-one was held, and one has helped the other."""
    helped = or_(Event.referral_id.is_not(None), Event.outbound_id.is_not(None), Event.kind == Kind.FAVOUR_DONE)
    held = standing(Event.kind == Kind.ONE_TO_ONE_HELD)
    return or_(standing(Event.kind == Kind.PARTNER_CONFIRMED), and_(held, standing(helped)))


def _people(session: Session, numbers: Collection[int], partners: Collection[int], now: datetime) -> dict[int, Someone]:
    events = _relations(session, numbers)
    suggested, jobs = _suggested(session, numbers), _jobs_done(session, numbers)
    people = session.scalars(select(Person).where(Person.id.in_(numbers), ~is_erased()))
    return {
        person.id: Someone(
            person.id, person.name, vouch=vouch_in(events[person.id]),
            free=Contact(person.contact_status, person.paused_until).allows(now),
            touched=_day(max(filter(None, [person.touched_at, jobs.get(person.id)]), default=None)),
            partner=person.id in partners, depth=depth_in(events[person.id]), suggested=suggested.get(person.id),
        )
        for person in people
    }  # fmt: skip


def _relations(session: Session, numbers: Collection[int]) -> Mapping[int, Sequence[Event]]:
    """What says how the author stands with each of them, oldest first."""
    undoing = aliased(Event)
    query = select(Event).where(Event.person_id.in_(numbers), Event.kind.in_(KINDS))
    query = query.where(~exists().where(undoing.reverses_id == Event.id)).order_by(Event.id)
    found: dict[int, list[Event]] = defaultdict(list)
    for event in session.scalars(query):
        if event.person_id is not None:
            found[event.person_id].append(event)
    return found


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _suggested(session: Session, numbers: Collection[int]) -> dict[int, date]:
    """When each of them was last put forward: as the one whom the author turned to."""
    first = func.coalesce(OutboundReferral.via_id, OutboundReferral.helper_id)
    query = select(first, func.max(OutboundReferral.drafted_at)).where(
        first.in_(numbers), OutboundReferral.status != "taken_back"
    )  # fmt: skip
    return {person: moment.date() for person, moment in session.execute(query.group_by(first))}


def _own_jobs() -> ColumnElement[bool]:
    return and_(OutboundReferral.status == "helped", Need.person_id.is_(None))


def _jobs_done(session: Session, numbers: Collection[int]) -> dict[int, datetime]:
    """Who did something for the author himself, and when: that is a personal touch, whatever else is noted."""
    query = select(OutboundReferral.helper_id, func.max(OutboundReferral.ended_at)).join(
        Need, OutboundReferral.need_id == Need.id
    )  # fmt: skip
    query = query.where(_own_jobs(), OutboundReferral.helper_id.in_(numbers))
    rows = session.execute(query.group_by(OutboundReferral.helper_id))
    return {person: moment for person, moment in rows if person is not None and moment is not None}


def _offered(
    session: Session, offers: Sequence[Offer], people: dict[int, Someone], categories: Categories
) -> list[Offered]:  # fmt: skip
    query = select(OutboundReferral.helper_id, Need.category).join(Need, OutboundReferral.need_id == Need.id)
    used = {tuple(row) for row in session.execute(query.where(_own_jobs()))}
    return [
        Offered(offer.id, offer.person_id, offer.category, _evidence(offer, people, used, categories), offer.place)
        for offer in offers
    ]


def _evidence(
    offer: Offer, people: dict[int, Someone], used: Collection[tuple[object, ...]], categories: Categories
) -> Evidence:  # fmt: skip
    if any(who == offer.person_id and categories.closeness(str(what), offer.category) >= SYNONYM for who, what in used):
        return Evidence.USED
    by = people.get(offer.recommended_by_id) if offer.recommended_by_id is not None else None
    return Evidence.RECOMMENDED if by is not None and by.vouch == "yes" else Evidence.SELF_DESCRIBED

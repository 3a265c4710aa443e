"""What matching has to know for some needs, read in a fixed number of queries, however many people there are.

Columns and no objects: of a thousand who do something near, a page shows five.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from forms_service.models import Hint, Knows, Need, Offer, OutboundReferral, Person
from forms_service.people.categories import SYNONYM, Categories
from forms_service.people.known import Depth, Evidence, Hinted, Known, Network, Offered, Someone
from forms_service.people.queries.people import is_erased

DEPTHS = {"met": Depth.MET, "know": Depth.KNOW, "trust": Depth.TRUST}
#: What each person did for the author himself, by trade, and when last.
OwnJobs = Mapping[int, Mapping[str, datetime]]
#: A query of several columns.
Rows: TypeAlias = Select[*tuple[Any, ...]]


def network(session: Session, wanted: Iterable[str], categories: Categories, now: datetime) -> Network:
    """Whoever and whatever may matter to needs of the `wanted` trades. Who may not be named is not read at all."""
    near = sorted({term for category in set(wanted) for term in categories.near(category)})
    offers, hints = _offers(near, now), _hints(near)
    knows = _knows(near)
    jobs = _own_jobs(session)
    return Network(
        _people(session, [offers, knows, hints], jobs, now),
        categories,
        [_offered(row, jobs, categories) for row in session.execute(offers)],
        [Known(person, other, DEPTHS[depth]) for person, other, depth in session.execute(knows)],
        [Hinted(person, category) for person, category in session.execute(hints)],
    )


def _offers(near: Sequence[str], now: datetime) -> Rows:
    """The author's own, and of people who may be named."""
    by = aliased(Person)
    query: Rows = select(Offer.person_id, Offer.id, Offer.category, Offer.place, by.vouch.label("recommended_by"))
    query = query.outerjoin(by, Offer.recommended_by_id == by.id).outerjoin(Person, Offer.person_id == Person.id)
    return query.where(Offer.stands, Offer.category.in_(near), or_(Offer.person_id.is_(None), _may_be_named(now)))


def _knows(near: Sequence[str]) -> Rows:
    """Who knows those who offer something and whom the author has not met: others need no introduction."""
    unmet = select(Offer.person_id).join(Person, Offer.person_id == Person.id)
    unmet = unmet.where(Offer.stands, Offer.category.in_(near), Person.touched_at.is_(None))
    return select(Knows.person_id, Knows.other_id, Knows.depth).where(Knows.stands, Knows.other_id.in_(unmet))


def _may_be_named(now: datetime) -> ColumnElement[bool]:
    free = or_(Person.contact_status == "free", Person.paused_until <= now)
    return and_(~is_erased(), Person.vouch != "no", free)


def _hints(near: Sequence[str]) -> Rows:
    """Hints at these trades; and all that partners gave, who are asked where nobody is found."""
    partners = select(Person.id).where(Person.is_partner)
    query = select(Hint.person_id, Hint.category).where(Hint.stands, Hint.category != "")
    return query.where(or_(Hint.category.in_(near), Hint.person_id.in_(partners)))


def _people(
    session: Session, named: Sequence[Rows], jobs: OwnJobs, now: datetime
) -> dict[int, Someone]:  # fmt: skip
    """Whom these rows name, and every partner: as many of them as may be named."""
    suggested = _suggested(session)
    columns = (Person.id, Person.name, Person.vouch, Person.touched_at, Person.is_partner, Person.depth)
    mattering = [Person.id.in_(select(rows.subquery().c.person_id)) for rows in named]
    query = select(*columns).where(_may_be_named(now), or_(Person.is_partner, *mattering))
    return {
        number: Someone(
            number, name, True, vouch, _last(touched, jobs.get(number)), partner, DEPTHS[depth], suggested.get(number)
        )
        for number, name, vouch, touched, partner, depth in session.execute(query)
    }


def _last(touched: datetime | None, jobs: Mapping[str, datetime] | None) -> date | None:
    """To do something for the author is a personal touch, whatever else is noted."""
    last = max(filter(None, [touched, *jobs.values()]), default=None) if jobs else touched
    return last.date() if last else None


def _suggested(session: Session) -> dict[int, date]:
    """When each of them was last put forward: as the one whom the author turned to."""
    first = func.coalesce(OutboundReferral.via_id, OutboundReferral.helper_id)
    query = select(first, func.max(OutboundReferral.drafted_at)).where(
        first.is_not(None), OutboundReferral.status != "taken_back"
    )  # fmt: skip
    return {person: moment.date() for person, moment in session.execute(query.group_by(first))}


def _own_jobs(session: Session) -> OwnJobs:
    query = select(OutboundReferral.helper_id, Need.category, func.max(OutboundReferral.ended_at)).join(
        Need, OutboundReferral.need_id == Need.id
    )  # fmt: skip
    query = query.where(
        OutboundReferral.status == "helped", Need.person_id.is_(None), OutboundReferral.helper_id.is_not(None)
    )  # fmt: skip
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    for person, trade, moment in session.execute(query.group_by(OutboundReferral.helper_id, Need.category)):
        if person is not None and moment is not None:
            found[person][trade] = moment
    return found


def _offered(row: Sequence[Any], jobs: OwnJobs, categories: Categories) -> Offered:
    person, number, category, place, recommended_by = row
    if any(categories.closeness(trade, category) >= SYNONYM for trade in jobs.get(person, ())):
        return Offered(number, person, category, Evidence.USED, place)
    evidence = Evidence.RECOMMENDED if recommended_by == "yes" else Evidence.SELF_DESCRIBED
    return Offered(number, person, category, evidence, place)

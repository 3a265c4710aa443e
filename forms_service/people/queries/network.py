"""What matching has to know for some needs, read in a fixed number of queries, however many people there are.

Columns and no objects, and of a thousand who do something near only those who can be among the first five.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms_service.models import Need, OutboundReferral, Person
from forms_service.people.categories import SYNONYM, Categories
from forms_service.people.known import Depth, Evidence, Hinted, Known, Network, Offered, Someone, Wanted
from forms_service.people.queries import enough
from forms_service.people.queries.enough import Sought
from forms_service.people.ways import placed

DEPTHS = {"met": Depth.MET, "know": Depth.KNOW, "trust": Depth.TRUST}
#: What each person did for the author himself, by trade, and when last.
OwnJobs = Mapping[int, Mapping[str, datetime]]


def network(
    session: Session, wanted: Collection[Wanted], categories: Categories, now: datetime, *, partners: bool = True
) -> Network:
    """Whoever and whatever decides who can help with these needs. Who may not be named is not read at all.

    `partners`: also whom to ask where nobody is found.
    """
    jobs = _own_jobs(session)
    sought = _sought(session, wanted, categories, jobs, now)
    met, unmet, hints = (
        session.execute(query(sought)).all() for query in (enough.offers, enough.introduced, enough.hints)
    )
    asked = session.execute(enough.partners(sought)).all() if partners else []
    # One offer may be met on several ways, one acquaintance and one hint likewise.
    offers = {row.id: (row.id, row.person_id, row.category, row.place, row.is_recommended) for row in [*met, *unmet]}
    knows = {Known(row.via_id, row.person_id, DEPTHS[row.depth]) for row in unmet}
    hinted = {Hinted(row.person_id, row.category) for row in [*hints, *asked] if row.category}
    named = {row.person_id for row in [*met, *unmet, *hints, *asked]} | {row.via_id for row in unmet}
    return Network(
        _people(session, named, jobs, now),
        categories,
        [_offered(row, jobs, categories) for row in offers.values()],
        knows,
        hinted,
        {row.person_id: row.does.split(enough.BETWEEN) for row in hints if row.does},
    )


def _sought(
    session: Session, wanted: Collection[Wanted], categories: Categories, jobs: OwnJobs, now: datetime
) -> Sought:  # fmt: skip
    near = sorted({term for category in {need.category for need in wanted} for term in categories.near(category)})
    here = {placed(need.place) for need in wanted} - {""}
    written = sorted(place for place in session.scalars(enough.places(near)) if placed(place) in here)
    askers = {need.asker for need in wanted if need.asker is not None}
    return Sought(near, written, sorted(askers), sorted(jobs), now)


def _people(session: Session, numbers: Iterable[int | None], jobs: OwnJobs, now: datetime) -> dict[int, Someone]:
    columns = (
        Person.id,
        Person.name,
        Person.vouch,
        Person.touched_at,
        Person.is_partner,
        Person.depth,
        enough.last_drafted(),
    )
    return {
        number: Someone(
            number, name, True, vouch, _last(touched, jobs.get(number)), partner, DEPTHS[depth],
            suggested.date() if suggested else None,
        )
        for number, name, vouch, touched, partner, depth, suggested in session.execute(
            select(*columns).where(Person.id.in_(sorted(filter(None, numbers))))
        )
    }  # fmt: skip


def _last(touched: datetime | None, jobs: Mapping[str, datetime] | None) -> date | None:
    """To do something for the author is a personal touch, whatever else is noted."""
    last = max(filter(None, [touched, *jobs.values()]), default=None) if jobs else touched
    return last.date() if last else None


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


def _offered(
    offer: tuple[int, int | None, str, str, bool], jobs: OwnJobs, categories: Categories
) -> Offered:  # fmt: skip
    number, person, category, place, is_recommended = offer
    done = jobs.get(person, {}) if person is not None else {}
    if any(categories.closeness(trade, category) >= SYNONYM for trade in done):
        return Offered(number, person, category, Evidence.USED, place)
    evidence = Evidence.RECOMMENDED if is_recommended else Evidence.SELF_DESCRIBED
    return Offered(number, person, category, evidence, place)

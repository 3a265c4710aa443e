"""Which rows are enough for the first few ways of each kind, chosen by the database in the very order of `people.ways`.

A list of ways is cut after as many people as a group shows. Whatever leaves somebody out for one need and not for
another, or is known only once the rows are here, has lists of its own, and so pushes nobody off the others: those who
ask, who worked for the author, who know people of one trade and do another, partners whom he has not met.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, Select, SQLColumnExpression, String, and_, case, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from forms_service.models import Hint, Knows, Offer, OutboundReferral, Person
from forms_service.people.matching import MOST_ASKED, PER_GROUP

#: What a row says of the offer.
OFFER = ("id", "person_id", "category", "place", "is_recommended")
#: What stands between the trades of `hints`; no trade has it inside.
BETWEEN = "\n"
#: A query of several columns, of any.
Rows: TypeAlias = Select[*tuple[Any, ...]]
Columns: TypeAlias = list[Any]
#: The table, or an alias of it.
SomePerson: TypeAlias = type[Person]


@dataclass(frozen=True)
class Sought:
    """What some needs ask for. `near`: of which trades; `here`: in which places, as offers write them; `askers`: whose.

    `worked`: who worked for the author, which is a touch as well, and evidence that stands in no column.
    """

    near: Sequence[str]
    here: Sequence[str]
    askers: Collection[int]
    worked: Collection[int]
    now: datetime

    def may_be_named(self, person: SomePerson = Person) -> ColumnElement[bool]:
        free = or_(person.contact_status == "free", person.paused_until <= self.now)
        return and_(person.erased_at.is_(None), person.vouch != "no", free)

    def is_touched(self, person: SomePerson = Person) -> ColumnElement[bool]:
        return or_(person.touched_at.is_not(None), person.id.in_(sorted(self.worked)))

    def is_apart(self, person: SomePerson = Person) -> ColumnElement[bool]:
        return person.id.in_(sorted({*self.askers, *self.worked}))

    def place(self) -> ColumnElement[str]:
        """The places that no need asks for are one to all of them."""
        return case((Offer.place.in_(self.here), Offer.place), else_="")


def places(near: Sequence[str]) -> Select[str]:
    """Where somebody does one of these trades, as it was written."""
    return select(Offer.place).where(Offer.stands, Offer.category.in_(near), Offer.place != "").distinct()


def offers(sought: Sought) -> Rows:
    """What those do whom the author met, he himself and his partners: `OFFER`."""
    by = aliased(Person)
    lists = [*_offer_lists(sought, by), _alone(Person, or_(sought.is_apart(), Person.touched_at.is_(None)))]
    nth = func.dense_rank().over(partition_by=lists, order_by=[*_first(_depth(Person.depth), Person)])
    query: Rows = select(*_offer(by), nth.label("nth")).where(Offer.stands, Offer.category.in_(sought.near))
    query = query.outerjoin(by, Offer.recommended_by_id == by.id).outerjoin(Person, Offer.person_id == Person.id)
    met = and_(sought.may_be_named(), or_(sought.is_touched(), Person.is_partner))
    return _cut(query.where(or_(Offer.person_id.is_(None), met)))


def introduced(sought: Sought) -> Rows:
    """What those do whom he has not met, with who could introduce them, and how well the two know each other."""
    unmet, via = _unmet(sought).c, aliased(Person)
    lists: Columns = [unmet[name] for name in ("category", "is_recommended", "listed_place", "apart_id")]
    lists.append(_alone(via, sought.is_apart(via)))
    weakest = case((_depth(via.depth) < _depth(Knows.depth), _depth(via.depth)), else_=_depth(Knows.depth))
    order = [*_first(weakest, via, unmet.person_id), unmet.id]
    ways: Rows = select(
        *(unmet[name] for name in OFFER), via.id.label("via_id"), Knows.depth,
        *(each.label(f"list_{n}") for n, each in enumerate(lists)),
        func.row_number().over(partition_by=[*lists, unmet.person_id], order_by=order).label("way"),
        func.row_number().over(partition_by=lists, order_by=order).label("at"),
    ).join(Knows, Knows.other_id == unmet.person_id).join(via, Knows.person_id == via.id)  # fmt: skip
    ways = ways.where(Knows.stands, via.id != unmet.person_id, sought.may_be_named(via), sought.is_touched(via))
    # Of several ways to one person only the best is ever shown.
    each = ways.subquery().c
    best = func.row_number().over(partition_by=[each[f"list_{n}"] for n in range(len(lists))], order_by=each.at)
    kept: Rows = select(*(each[name] for name in (*OFFER, "via_id", "depth")), best.label("nth")).where(each.way == 1)
    return _cut(kept)


def _unmet(sought: Sought) -> FromClause:
    """What people offer whom the author has not met: read first, for they are few."""
    by = aliased(Person)
    apart = _alone(Person, or_(sought.is_apart(), Person.is_partner)).label("apart_id")
    query = select(*_offer(by), sought.place().label("listed_place"), apart)
    query = query.join(Person, Offer.person_id == Person.id)
    query = query.outerjoin(by, Offer.recommended_by_id == by.id).where(
        Offer.stands, Offer.category.in_(sought.near), sought.may_be_named(), ~sought.is_touched()
    )  # fmt: skip
    return query.cte().prefix_with("MATERIALIZED")


def hints(sought: Sought) -> Rows:
    """Who knows people of these trades, of which, and which of them they do themselves (`BETWEEN` each two)."""
    does = select(func.aggregate_strings(Offer.category, BETWEEN)).where(
        Offer.person_id == Hint.person_id, Offer.stands, Offer.category.in_(sought.near)
    )  # fmt: skip
    each = select(Hint.person_id, Hint.category, does.scalar_subquery().label("does")).where(
        Hint.stands, Hint.category.in_(sought.near)
    ).subquery()  # fmt: skip
    lists = [each.c.category, each.c.does, _alone(Person, sought.is_apart())]
    nth = func.dense_rank().over(partition_by=lists, order_by=[*_first(_depth(Person.depth), Person)])
    query: Rows = select(each, nth.label("nth")).join(Person, each.c.person_id == Person.id)
    return _cut(query.where(sought.may_be_named(), sought.is_touched()))


def partners(sought: Sought) -> Rows:
    """Whom to ask where nobody was found, with each trade that they know people of; None for none."""
    order = _first(func.count(Hint.category.distinct()), Person)
    nth = func.dense_rank().over(partition_by=_alone(Person, sought.is_apart()), order_by=order)
    query: Rows = select(Person.id.label("person_id"), nth.label("nth")).outerjoin(Hint, _known_by(Person.id))
    query = query.where(Person.is_partner, sought.may_be_named()).group_by(Person.id)
    some = _cut(query, MOST_ASKED).subquery()
    return select(some.c.person_id, Hint.category).outerjoin(Hint, _known_by(some.c.person_id))


def _known_by(person: SQLColumnExpression[int]) -> ColumnElement[bool]:
    return and_(Hint.person_id == person, Hint.stands, Hint.category != "")


def last_drafted(person: SomePerson = Person) -> ColumnElement[datetime]:
    """When they were last put forward: as the one whom the author turned to."""
    row = OutboundReferral
    first = or_(row.via_id == person.id, and_(row.via_id.is_(None), row.helper_id == person.id))
    query = select(func.max(row.drafted_at)).where(first, row.status != "taken_back")
    return query.correlate(person).scalar_subquery()


def _offer(by: SomePerson) -> Columns:
    return [Offer.id, Offer.person_id, Offer.category, Offer.place, _is_recommended(by).label("is_recommended")]


def _offer_lists(sought: Sought, by: SomePerson) -> Columns:
    return [Offer.category, _is_recommended(by), sought.place()]


def _is_recommended(by: SomePerson) -> ColumnElement[bool]:
    return case((by.vouch == "yes", True), else_=False)


def _alone(person: SomePerson, is_alone: ColumnElement[bool]) -> ColumnElement[int]:
    """Who has lists of their own: their number; 0 for all others."""
    return case((is_alone, person.id), else_=0)


def _first(best: ColumnElement[int], via: SomePerson, helper: ColumnElement[int] | None = None) -> Columns:
    """The order of `ways`: the best first, whom you spoke with last, whoever was suggested longest ago, numbers."""
    numbers = [via.id] if helper is None else [helper, via.id]
    spoken, suggested = _Day(via.touched_at), _Day(last_drafted(via))
    return [best.desc(), spoken.desc().nulls_last(), suggested.asc().nulls_first(), *numbers]


def _depth(depth: SQLColumnExpression[str]) -> ColumnElement[int]:
    return case((depth == "trust", 3), (depth == "know", 2), else_=1)


def _cut(query: Rows, enough: int = PER_GROUP) -> Rows:
    """Without those that stand too far down their list; `nth` says where, and comes last."""
    found = query.subquery()
    return select(*list(found.c)[:-1]).where(found.c.nth <= enough)


class _Day(FunctionElement[str]):
    """The day of a moment, by UTC: what is compared is days."""

    type = String()
    inherit_cache = True
    name = "day"


@compiles(_Day, "sqlite")
def _in_sqlite(element: _Day, compiler: Any, **options: Any) -> str:
    return f"substr({compiler.process(element.clauses, **options)}, 1, 10)"


@compiles(_Day, "postgresql")
def _in_postgresql(element: _Day, compiler: Any, **options: Any) -> str:
    return f"(timezone('UTC', {compiler.process(element.clauses, **options)}))::date"

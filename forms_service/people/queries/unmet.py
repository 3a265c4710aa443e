"""Who says that they do what somebody needs, but whom the author has never been in touch with: a word to them first.

No way to help leads to them yet, since nobody is put forward whom the author does not know; so they stand apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms_service.models import Offer, Person
from forms_service.people.categories import SYNONYM, Categories
from forms_service.people.matching import PER_GROUP
from forms_service.people.queries.needs import NeedRow
from forms_service.people.queries.people import is_erased
from forms_service.people.queries.today_basis import may_contact

MOST = 3
#: Of one trade: besides those shown, as many as a way may lead to, and the asker.
ENOUGH = MOST + PER_GROUP + 1


def unmet(
    session: Session, rows: Sequence[NeedRow], categories: Categories, now: datetime
) -> Mapping[int, Sequence[Person]]:
    """By need, at most three whom no way leads to; the longest known first. One query for all."""
    wanted = {row.need.id: _words(row.need.category, categories) for row in rows}
    near = sorted({word for words in wanted.values() for word in words})
    nth = func.dense_rank().over(partition_by=Offer.category, order_by=Person.id).label("nth")
    first = select(Offer.id, nth).join(Person, Offer.person_id == Person.id).where(
        Offer.stands, Offer.category.in_(near),
        Person.touched_at.is_(None), Person.vouch != "no", may_contact(now), ~is_erased(),
    ).subquery()  # fmt: skip
    query = select(Offer.category, Person).join(Person, Offer.person_id == Person.id)
    query = query.join(first, first.c.id == Offer.id).where(first.c.nth <= ENOUGH)
    offered = session.execute(query.order_by(Person.id, Offer.id)).all()
    found: dict[int, Sequence[Person]] = {}
    for row in rows:
        led_to = {path.helper.id for paths in row.help.groups.values() for path in paths if path.helper}
        apart = led_to | {row.need.person_id}
        fitting = [person for trade, person in offered if trade in wanted[row.need.id] and person.id not in apart]
        if fitting:
            found[row.need.id] = list(dict.fromkeys(fitting))[:MOST]
    return found


def _words(category: str, categories: Categories) -> set[str]:
    """The trade itself, by all its names; who works near it is no reason to write to a stranger."""
    return {word for close, words in categories.nearness(category).items() if close >= SYNONYM for word in words}

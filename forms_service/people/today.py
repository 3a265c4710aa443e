"""Today, as page, mail and calendar share it: asks the database and the author's lists, and has the groups told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from bridge.identity import Identity
from forms_service.people import queries
from forms_service.people.days import day_of
from forms_service.people.introducing import CHECK_BACK_DAYS
from forms_service.people.morning.groups import Found, groups
from forms_service.people.morning.sunday import essay_due
from forms_service.people.morning.telling import Telling
from forms_service.people.queries.needs import introduced_before, open_needs_with_matches
from forms_service.people.stages import REGULATED
from forms_service.people.thanks_table import thanks_or_built_in
from forms_service.people.today_words import Group
from forms_service.people.trades import trades


@dataclass(frozen=True)
class Today:
    """The groups that have rows. `wrong`: what keeps the author's table of thanks from being read, "" for nothing."""

    groups: list[Group]
    essay_due: str
    is_day_off: bool
    wrong: str


def today(session: Session, now: datetime, who: Identity, root: Path, newest_essay: datetime | None) -> Today:
    """What wants the author's attention on the day that `now` falls on by his clocks. Reads only."""
    people = queries.morning(session, day_of(now, who.zone))
    regulated = queries.with_role(session, {row.referrer.id for row in people.referrals}, REGULATED)
    table, wrong = thanks_or_built_in(root)
    told = Telling(now, who, table, frozenset(regulated))
    found = Found(
        people,
        needs=() if told.is_day_off else open_needs_with_matches(session, now, trades(root)[0]),
        introduced=introduced_before(session, now - timedelta(days=CHECK_BACK_DAYS)),
        newest_essay=newest_essay,
    )
    return Today(groups(found, told), essay_due(newest_essay, told), told.is_day_off, wrong)

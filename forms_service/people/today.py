"""Today, as page, mail and calendar share it: asks the database and the author's lists, and has the groups told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bridge.identity import Identity
from forms_service.people.days import day_of, is_day_off
from forms_service.people.morning.groups import Found, groups
from forms_service.people.morning.sunday import is_for_comments
from forms_service.people.morning.telling import Telling
from forms_service.people.queries.today import CanWait, can_wait, due
from forms_service.people.thanks_table import thanks_or_built_in
from forms_service.people.today_words import Group
from forms_service.people.trades import trades


@dataclass(frozen=True)
class Today:
    """The groups that have rows. `wrong`: what keeps the author's table of thanks from being read, "" for nothing."""

    groups: list[Group]
    is_day_off: bool
    wrong: str


def today(session: Session, now: datetime, who: Identity, root: Path, newest_essay: datetime | None) -> Today:
    """What wants the author's attention on the day that `now` falls on by his clocks. Reads only."""
    day, is_off = day_of(now, who.zone), is_day_off(now, who.days_off, who.zone)
    waiting, rest = due(session, day), CanWait()
    if not is_off:
        with_comments = is_for_comments(now, who.days_off, who.zone)
        rest = can_wait(session, day, waiting, trades(root)[0], with_comments=with_comments)
    table, wrong = thanks_or_built_in(root)
    told = Telling(now, who, table, waiting.regulated, rest.clients)
    return Today(groups(Found(waiting, rest, newest_essay), told), is_off, wrong)

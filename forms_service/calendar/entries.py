"""What stands in the calendar: today's list, meetings with their hour, terms, promises and days that were set. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bridge.identity import Identity
from forms_service.models import Person
from forms_service.outbox.plain import one_line
from forms_service.people.morning.asks import asked
from forms_service.people.morning.pages import path_of
from forms_service.people.queries.dated import Dated, DatedAct
from forms_service.people.today_words import Group, Page, Row

#: How long a one-to-one is taken to last.
MEETING = timedelta(hours=1)
LONGEST = 200


@dataclass(frozen=True)
class Entry:
    """One entry. `uid` is always the same for the same thing. Dates stand for whole days, the last not included."""

    uid: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    url: str
    description: str = ""


def entries(dated: Dated, groups: Sequence[Group], now: datetime, site: Identity) -> list[Entry]:
    """Today's list first, where it has rows, then all that has a day."""
    today = now.astimezone(site.zone).date()
    return [
        *([_today(groups, today, site)] if groups else []),
        *(_meeting(person, site) for person in dated.meetings),
        *(_act(act, site) for act in dated.acts),
        *(_term(person, site) for person in dated.terms),
    ]


def _today(groups: Sequence[Group], today: date, site: Identity) -> Entry:
    rows = [line for group in groups for line in _lines(group)]
    return _whole_day(f"today-{today}", f"Today: {asked(groups)}", today, None, site, "\n".join(rows))


def _lines(group: Group) -> list[str]:
    more = [f"{group.heading}: more wait behind these."] if group.has_more else []
    return [*(f"{group.heading}: {_told(row)}" for row in group.rows), *more]


def _told(row: Row) -> str:
    due = f" ({row.due})" if row.due else ""
    return f"{one_line(row.who, LONGEST)}{due}. {one_line(row.sentence, LONGEST)}"


def _meeting(person: Person, site: Identity) -> Entry:
    assert person.meets_at is not None
    starts, name = person.meets_at.astimezone(site.zone), one_line(person.name, LONGEST)
    uid, said, page = f"meeting-{person.id}", f"One-to-one with {name}", _person(person.id)
    if not person.meets_timed:
        return _whole_day(uid, said, starts.date(), page, site)
    return Entry(_uid(uid, site), said, starts, starts + MEETING, site.url + path_of(page))


def _act(act: DatedAct, site: Identity) -> Entry:
    name = one_line(act.person.name, LONGEST)
    if act.rule == "follow_up":
        said = f"Be in touch with {name}"
    else:
        said = f"You promised {name}" if act.by_author else f"{name} promised you"
    about = one_line(act.note, LONGEST)
    day = act.due.astimezone(site.zone).date()
    return _whole_day(f"duty-{act.event_id}", f"{said}: {about}" if about else said, day, _person(act.person.id), site)


def _term(person: Person, site: Identity) -> Entry:
    assert person.term_ends_at is not None
    day = person.term_ends_at.astimezone(site.zone).date()
    said = f"The term of {one_line(person.name, LONGEST)} ends"
    return _whole_day(f"term-{person.id}-{day:%Y%m%d}", said, day, _person(person.id), site)


def _person(number: int) -> Page:
    return "person", {"person_id": number}


def _whole_day(uid: str, said: str, day: date, page: Page | None, site: Identity, about: str = "") -> Entry:
    return Entry(_uid(uid, site), said, day, day + timedelta(days=1), site.url + path_of(page), about)


def _uid(name: str, site: Identity) -> str:
    return f"{name}@{site.host}"

"""What must hold after a quarter: read from the rows, and from what the author's pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.author import Author
from bench.quarter_desk import TODAY, key_of, rows
from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Duty, Event, Kind, Need, Person, Referral, ReferredContact
from forms_service.people.deadlines import due_at
from forms_service.people.duties import Done, to_referrer
from forms_service.people.referral_words import OUTCOMES

DAY, CLOCK = timedelta(hours=24), timedelta(days=30)
#: Known to whoever was asked, or who agreed: nothing of them may go by itself.
PERMITTED = ("L2", "L3", "L4")


@dataclass(frozen=True)
class Line:
    """One line of the table; it holds if there are no `faults`."""

    what: str
    figures: str
    faults: Sequence[str] = ()

    @property
    def holds(self) -> bool:
        return not self.faults


def verdict(
    database: Database, config: Config, author: Author, mornings: Mornings, now: datetime
) -> list[Line]:  # fmt: skip
    needs = _needs_page(author)
    with database.read() as session:
        listed = session.scalars(select(Referral).order_by(Referral.id)).all()
        return [
            _came(session),
            _thanked(listed, config),
            _ended(listed, now),
            _matched(session, needs, now),
            _on_today(session, mornings),
            _kept(session, listed),
            _forgotten(session, listed, now),
        ]


def _came(session: Session) -> Line:
    counted = {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in (
        Person, Referral, Need, Event,
    )}  # fmt: skip
    figures = ", ".join(f"{count:,} × {name}" for name, count in counted.items())
    return Line("Who came, and what was kept", figures, [] if all(counted.values()) else ["nobody came"])


def _thanked(listed: Sequence[Referral], config: Config) -> Line:
    """Within a day of receipt or on the first working day: by the hours that count, a day."""
    who = config.identity
    late = [
        f"referral {row.id} of {row.received_at:%a %d %b %H:%M}, thanked {row.thanked_at or 'never'}"
        for row in listed
        if row.thanked_at is None
        or row.thanked_at > max(row.received_at + DAY, due_at(row.received_at, 24, who.days_off, who.zone))
    ]
    waited = [row.thanked_at - row.received_at for row in listed if row.thanked_at]
    longest = max(waited, default=timedelta()) / timedelta(hours=1)
    return Line("Every referral thanked within a day or on the first working day", f"longest {longest:.0f} h", late)


def _ended(listed: Sequence[Referral], now: datetime) -> Line:
    ended = [row for row in listed if row.status in OUTCOMES]
    expired = [row for row in listed if row.status == "expired"]
    open_still = [
        f"referral {row.id}, {row.claimed_level}, of {row.received_at:%d %b} is {row.status}"
        for row in listed
        if row not in ended and row not in expired and row.received_at < now - CLOCK - timedelta(days=1)
    ]
    early = [f"referral {row.id} expired early" for row in expired if row.received_at > now - CLOCK]
    figures = f"{len(ended)} ended, {len(expired)} expired, {len(listed) - len(ended) - len(expired)} under way"
    return Line("Every referral with an outcome or an honest expiry", figures, open_still + early)


def _needs_page(author: Author) -> dict[int, str]:
    """What each open need shows: who can help, whom to ask, what is under way, or nothing."""
    found: dict[int, str] = {}
    path: str | None = "/dashboard/needs/"
    while path:
        page = author.open(path)
        for row in rows(page):
            said = " ".join(row.text_content().split())
            has_ways = row.xpath(".//ul[contains(@class, 'facts')]/li")
            state = "asked" if "You could ask" in said else "matched" if has_ways else ""
            found[int(key_of(row).removeprefix("need-"))] = "under way" if "Under way" in said else state
        path = next(iter(page.body.xpath("//a[@rel='next']/@href")), None)
    return found


def _matched(session: Session, shown: dict[int, str], now: datetime) -> Line:
    there = session.scalars(
        select(Need).where(Need.state == "open", Need.asked_at > now - timedelta(days=60), Need.text != "")
    ).all()
    states = list(shown.values())
    figures = ", ".join(f"{states.count(state)} {state}" for state in ("matched", "under way", "asked"))
    answered = session.scalar(select(func.count()).where(Need.state == "answered"))
    wrong = [f"need {need.id}, “{need.text}”, shows nobody" for need in there if not shown.get(need.id)]
    return Line("Every open need matched or on the ask list", f"{figures}; {answered} answered", wrong)


@dataclass
class Mornings:
    """What was owed on each morning before the author did anything, and what of it Today did not show."""

    owed: int = 0
    hidden: list[str] = field(default_factory=list)

    def look(self, database: Database, author: Author, now: datetime) -> None:
        page = author.open(TODAY)
        with database.read() as session:
            owed = _owed(session, now)
        self.owed += len(owed)
        if "More wait behind these" not in page.text:  # they come up as he goes, and are looked for tomorrow
            shown = {key_of(row) for row in rows(page)}
            self.hidden += [f"{key} on {now:%a %d %b}" for key in sorted(owed - shown)]


def _owed(session: Session, now: datetime) -> set[str]:
    """By the rows that the events left, as Today would call them."""
    acts = select(Duty.event_id).where(Duty.done_at.is_(None), Duty.since <= now)
    owed = {f"duty-{number}" for number in session.scalars(acts)}
    for row in session.scalars(select(Referral)):
        done = Done(row.outcome_at, row.thanked_at, row.told_at, row.outcome_thanked_at, row.rewarded_at)
        owed |= {
            f"referral-{row.id}-{each.rule}"
            for each in to_referrer(row.id, row.received_at, row.status, done, objected=row.objected_at is not None)
            if each.done_at is None and each.since <= now
        }
    return owed


def _on_today(session: Session, mornings: Mornings) -> Line:
    thanks = session.scalar(select(func.count()).select_from(Event).where(Event.kind == Kind.THANKED))
    figures = f"{mornings.owed} times owed on all mornings, {thanks} thanks given"
    return Line("Nothing owed that is not on Today", figures, mornings.hidden)


def _kept(session: Session, listed: Sequence[Referral]) -> Line:
    """Who agreed, or was in touch, is erased by nobody but the author, who erased nobody here."""
    told = set(session.scalars(select(ReferredContact.referral_id)))
    permitted = [
        row for row in listed
        if row.referred_id or row.id in told or row.status in ("contacted", "met", *OUTCOMES)
        or (row.confirmed_level or row.claimed_level) in PERMITTED
    ]  # fmt: skip
    named = [row for row in permitted if row.claimed_level != "L0"]
    gone = [f"referral {row.id} names nobody any more" for row in named if not row.referred_name]
    erased = session.scalars(select(Person.id).where(Person.erased_at.is_not(None))).all()
    gone += [f"person {number} was erased" for number in erased]
    return Line("Nobody erased who gave permission", f"{len(permitted)} permitted", gone)


def _forgotten(session: Session, listed: Sequence[Referral], now: datetime) -> Line:
    """Who neither agreed nor was in touch within thirty days stands nowhere any more."""
    told = set(session.scalars(select(ReferredContact.referral_id)))
    kept = [
        f"referral {row.id} of {row.received_at:%d %b} still names somebody"
        for row in listed
        if row.referred_name and row.received_at < now - CLOCK - timedelta(days=1)
        and (row.confirmed_level or row.claimed_level) in ("L0", "L1") and row.id not in told and not row.referred_id
        and row.status in ("received", "acknowledged", "waiting", "expired")
    ]  # fmt: skip
    return Line("Nobody kept who gave none", f"{sum(not row.referred_name for row in listed)} unnamed", kept)

"""Who can help is the same, whether all that is known is read or only what the database hands over as enough."""

import random
from collections import defaultdict
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from forms_service.db import Database
from forms_service.models import Base, Hint, Knows, Need, Offer, OutboundReferral, Person
from forms_service.people.categories import SYNONYM, read_categories
from forms_service.people.known import Depth, Evidence, Hinted, Known, Network, Offered, Someone, Wanted
from forms_service.people.matching import find_help
from forms_service.people.queries import unmet
from forms_service.people.queries.needs import needs
from forms_service.people.queries.network import network
from tests.conftest import NOW
from tests.people.test_ledger import tried

TRADES = read_categories("plumber = pipes ~ heating\nheating = boiler\nbaker = bread ~ miller\nmiller\nflorist")
DEPTHS = {"met": Depth.MET, "know": Depth.KNOW, "trust": Depth.TRUST}
PLACES = ("", "", "Troy", " troy", "Gross-Gerau", "Groß-Gerau")


class Town:
    """People of few trades and places who know many others: every list is longer than what is read of it."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.number = self.chance.randint(25, 60)
        self.trades = self.chance.sample(sorted(TRADES.terms), self.chance.randint(1, 4))
        self.share = {name: self.chance.choice((0.05, 0.3, 0.9)) for name in ("met", "partner", "offer", "well known")}

    def fill(self, session: Session) -> list[Wanted]:
        """Needs of this town, whose other rows are all in the database."""
        self._add(session, Person, [self.person(number) for number in range(1, self.number + 1)])
        self._add(session, Offer, [self.offer() for _ in range(int(self.number * 3 * self.share["offer"]) + 1)])
        self._add(session, Knows, [each for _ in range(self.number * 3) if (each := self.knows())])
        self._add(session, Hint, [self.hint() for _ in range(self.number)])
        wanted = [self.need() for _ in range(6)]
        self._add(session, Need, wanted)
        self._add(session, OutboundReferral, [self.outbound() for _ in range(self.chance.randint(0, 20))])
        return [Wanted(number, row["person_id"], row["category"], row["place"]) for number, row in enumerate(wanted, 1)]

    def _add(self, session: Session, table: type[Base], rows: list[dict[str, object]]) -> None:
        if rows:
            session.execute(insert(table), [{"id": number, **row} for number, row in enumerate(rows, 1)])

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def anyone(self) -> int:
        """A few of them are heard of far more often than the others."""
        return self.chance.randint(1, 5 if self.happens(self.share["well known"] / 3) else self.number)

    def ago(self, *days: float) -> datetime:
        return NOW - timedelta(days=self.chance.choice(days))

    def person(self, number: int) -> dict[str, object]:
        return {
            "name": f"Person {number}", "created_at": NOW, "source": "form", "preferred_name": "", "usual": "",
            "touched_at": self.ago(1, 1.3, 1.9, 7, 8) if self.happens(self.share["met"]) else None,
            "contact_status": self.chance.choice(("free",) * 9 + ("paused",)),
            "paused_until": self.ago(-3, 3), "erased_at": NOW if self.happens(0.03) else None,
            "vouch": self.chance.choice(("yes", "not_yet", "not_yet", "no")), "depth": self.chance.choice(list(DEPTHS)),
            "is_partner": self.happens(self.share["partner"]),
        }  # fmt: skip

    def told(self) -> dict[str, object]:
        return {"source": "author", "told_at": NOW, "category": self.chance.choice(self.trades)}

    def offer(self) -> dict[str, object]:
        own, by = self.happens(0.03), self.anyone()
        return {
            **self.told(), "text": "", "person_id": None if own else self.anyone(), "place": self.chance.choice(PLACES),
            "stands": self.happens(0.95), "recommended_by_id": by if self.happens(0.3) else None,
        }  # fmt: skip

    def knows(self) -> dict[str, object]:
        one, other = self.anyone(), self.anyone()
        return {} if one == other else {
            "person_id": one, "other_id": other, "depth": self.chance.choice(list(DEPTHS)), "source": "author",
            "told_at": NOW, "stands": self.happens(0.95),
        }  # fmt: skip

    def hint(self) -> dict[str, object]:
        return {**self.told(), "person_id": self.anyone(), "stands": self.happens(0.95)}

    def need(self) -> dict[str, object]:
        asker = None if self.happens(0.3) else self.anyone()
        return {
            **self.told(), "text": "", "person_id": asker, "place": self.chance.choice(PLACES), "state": "open",
            "asked_at": NOW,
        }  # fmt: skip

    def outbound(self) -> dict[str, object]:
        via, helped = self.anyone() if self.happens(0.3) else None, self.happens(0.5)
        return {
            "need_id": self.chance.randint(1, 6), "via_id": via, "hop": "1", "drafted_at": self.ago(1, 1.1, 20, 30),
            "helper_id": self.anyone() if helped or via is None else None,
            "ended_at": self.ago(5, 5.2) if helped else None,
            "status": "helped" if helped else self.chance.choice(("drafted", "taken_back", "declined")),
        }  # fmt: skip


def everything(session: Session) -> Network:
    """The whole of it, row by row, as matching would have it if nothing were left out."""
    suggested: dict[int | None, datetime] = {}
    jobs: dict[int, dict[str, datetime]] = defaultdict(dict)
    for row in session.scalars(select(OutboundReferral).order_by(OutboundReferral.drafted_at)):
        need = session.get_one(Need, row.need_id)
        if row.status != "taken_back":
            suggested[row.via_id or row.helper_id] = row.drafted_at
        if row.status == "helped" and need.person_id is None and row.helper_id and row.ended_at:
            ended = jobs[row.helper_id].get(need.category, row.ended_at)
            jobs[row.helper_id][need.category] = max(ended, row.ended_at)
    people = {row.id: row for row in session.scalars(select(Person))}

    def someone(row: Person) -> Someone:
        last = max(filter(None, [row.touched_at, *jobs[row.id].values()]), default=None)
        put_forward = suggested.get(row.id)
        return Someone(
            row.id, row.name, row.is_free(NOW) and row.erased_at is None, row.vouch, last.date() if last else None,
            row.is_partner, DEPTHS[row.depth], put_forward.date() if put_forward else None,
        )  # fmt: skip

    def evidence(row: Offer) -> Evidence:
        if row.person_id and any(TRADES.closeness(job, row.category) >= SYNONYM for job in jobs[row.person_id]):
            return Evidence.USED
        by = people.get(row.recommended_by_id or 0)
        return Evidence.RECOMMENDED if by and by.vouch == "yes" else Evidence.SELF_DESCRIBED

    return Network(
        {number: someone(row) for number, row in people.items()},
        TRADES,
        [
            Offered(o.id, o.person_id, o.category, evidence(o), o.place)
            for o in session.scalars(select(Offer))
            if o.stands
        ],
        [Known(k.person_id, k.other_id, DEPTHS[k.depth]) for k in session.scalars(select(Knows)) if k.stands],
        [Hinted(h.person_id, h.category) for h in session.scalars(select(Hint)) if h.stands],
    )


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.randoms(use_true_random=True))
def test_what_is_left_unread_would_have_changed_nothing(database: Database, chance: random.Random):
    with tried(database) as session:
        wanted = Town(chance).fill(session)
        read, whole = network(session, wanted, TRADES, NOW), everything(session)
        for need in wanted:
            assert find_help(need, read) == find_help(need, whole)


def test_of_long_lists_only_the_beginning_is_read(database: Database):
    town = Town(random.Random(1))  # noqa: S311  # the same town every time, no secret
    town.number, town.trades = 200, ["plumber", "pipes"]
    town.share = {"met": 0.5, "partner": 0.05, "offer": 0.9, "well known": 0.0}
    with tried(database) as session:
        read, whole = network(session, town.fill(session), TRADES, NOW), everything(session)
        assert len(read.offers) < len(whole.offers) / 2
        assert len(read.knows) < len(whole.knows) / 4
        assert len(read.hints) < len(whole.hints) / 2


@pytest.mark.parametrize("seed", range(3))
def test_a_word_first_goes_to_the_same_people_however_many_others_there_are(
    database: Database, monkeypatch: pytest.MonkeyPatch, seed: int
):
    town = Town(random.Random(seed))  # noqa: S311  # the same town every time, no secret
    town.number = 120
    with tried(database) as session:
        town.fill(session)
        rows = needs(session, "open", 1, TRADES, NOW).rows
        found = unmet.unmet(session, rows, TRADES, NOW)
        monkeypatch.setattr(unmet, "ENOUGH", 10**6)
        assert found == unmet.unmet(session, rows, TRADES, NOW)
        assert found

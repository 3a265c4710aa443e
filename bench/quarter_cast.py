"""Who comes in a quarter, when, with what, and what becomes of it: drawn from one seed, everyone in it a role."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PEOPLE, REFERRALS, NEEDS = 40, 30, 25
LEVELS = ("L0", "L1", "L2", "L3", "L4")
ENDINGS = ("customer", "customer", "customer", "partner", "helped_elsewhere", "not_now", "no")
#: Nothing new comes in so many days before the end, so that even a referral nobody answers runs its thirty days.
QUIET = 35


@dataclass(frozen=True)
class Step:
    """What the author does about a referral so many working days after it came, or on the first morning after."""

    after: int
    act: str
    value: str = ""


@dataclass
class Coming:
    """Somebody comes. `kind`: contact, referral, met or own (a need of the author's); `fields`: as the form says."""

    at: datetime
    kind: str
    name: str
    fields: dict[str, str]
    steps: tuple[Step, ...] = ()
    address: dict[str, str] = field(default_factory=dict)
    """How to reach the person referred, where the referrer says so in the second step."""
    reminds: bool = False
    """The referrer asks, after a week, how it stands."""


@dataclass(frozen=True)
class Cast:
    comings: Sequence[Coming]
    partners: Sequence[str]
    """Whom the author takes for partners once he may, and what trades they know people of."""


def cast(seed: int, weeks: int, first: date, zone: ZoneInfo, trades: Sequence[str]) -> Cast:
    """The same for the same seed. Shorter than thirteen weeks, fewer come."""
    return _Drawing(random.Random(seed), weeks, first, zone, trades).all()


class _Drawing:
    def __init__(self, chance: random.Random, weeks: int, first: date, zone: ZoneInfo, trades: Sequence[str]) -> None:
        self.chance, self.first, self.zone = chance, first, zone
        share = min(1.0, weeks / 13)
        self.people, self.referrals, self.needs = (round(n * share) for n in (PEOPLE, REFERRALS, NEEDS))
        self.days = max(7 * weeks - QUIET, 7)
        self.trades = self.chance.sample(list(trades), len(trades))
        self.wanted = iter(self._wanted())

    def _wanted(self) -> Sequence[str]:
        """What people look for: mostly what somebody else here does; some things nobody does."""
        theirs = self.chance.sample(range(self.people), self.people)
        return [
            self.trades[theirs[number % self.people]]
            if number % 6
            else ("falconer", "lighthouse keeper")[number % 4 // 2]
            for number in range(self.needs)
        ]

    def all(self) -> Cast:
        names = [f"A {trade}, number {number}" for number, trade in enumerate(self.trades[: self.people], 1)]
        written, met = names[: self.people * 2 // 5], names[self.people * 2 // 5 : self.people * 7 // 10]
        comings = [self._contact(name, number) for number, name in enumerate(written)]
        comings += [self._met(name, number) for number, name in enumerate(met)]
        comings += [self._referral(number, names) for number in range(self.referrals)]
        comings += [self._own(trade) for trade in self.wanted]
        return Cast(sorted(comings, key=lambda coming: coming.at), names[self.people * 7 // 10 :][:4])

    def _moment(self, first: float = 0.0) -> datetime:
        """Any day of the week, at an hour when people are awake."""
        day = self.first + timedelta(days=int(self.chance.uniform(first, 1) * self.days))
        return datetime.combine(day, time(self.chance.randrange(7, 22), self.chance.randrange(60)), self.zone)

    def _contact(self, name: str, number: int) -> Coming:
        fields = {"name": name, "email": email(name), "message": "May I ask you something about your work?"}
        fields["good_at"] = f"I am {name[:1].lower()}{name[1:].partition(',')[0]}"
        if number % 4 != 3 and (trade := next(self.wanted, "")):
            fields["looking_for"] = f"I look for {trade}"
        return Coming(self._moment(), "contact", name, fields)

    def _met(self, name: str, number: int) -> Coming:
        trade = name[2:].partition(",")[0]
        fields = {"name": name, "where": "At breakfast", "offer": trade, "address": email(name)}
        if number % 2 and (wanted := next(self.wanted, "")):
            fields["need"] = wanted
        at = self._moment()
        if number % 3 == 0:
            fields |= {"next": (at.date() + timedelta(days=6)).isoformat(), "time": "10:00", "meeting": "yes"}
        elif number % 3 == 1:
            fields["next"] = (at.date() + timedelta(days=9)).isoformat()
        return Coming(at, "met", name, fields)

    def _own(self, trade: str) -> Coming:
        return Coming(self._moment(), "own", "", {"text": f"I need: {trade}"})

    def _referral(self, number: int, names: Sequence[str]) -> Coming:
        """All levels alike often; referrers are those who have come by no other way, and some of the others."""
        level, turn = LEVELS[number % 5], number // 5
        own = names[self.people * 7 // 10 :]
        name = own[number] if number < len(own) else self.chance.choice(names)
        referred = "" if level == "L0" else f"A neighbour of theirs, number {number + 1}"
        fields = {
            "name": name, "email": email(name), "level": level, "referred_name": referred,
            "need": "Somebody who writes to the people who sent them work.",
        }  # fmt: skip
        if number % 8 == 5 and (trade := next(self.wanted, "")):
            fields["look_out_for"] = f"I look for {trade}"
        tells = level in ("L2", "L3", "L4") and turn % 3 != 2
        address = {"email": f"referred{number + 1}@example.com", "consent": "yes"} if tells else {}
        steps = self._steps(level, turn, bool(address))
        # Who is known by another form already, refers later on.
        at = self._moment(0.0 if number < len(own) else 0.3)
        return Coming(at, "referral", name, fields, steps, address, reminds=number % 7 == 3)

    def _steps(self, level: str, turn: int, reachable: bool) -> tuple[Step, ...]:
        ending = Step(15 + turn, "move", self.chance.choice(ENDINGS))
        if level == "L0":
            return (Step(5, "move", self.chance.choice(("helped_elsewhere", "not_now", "no"))),)
        if level == "L1":  # half of those whom nobody has asked yet never come
            return (Step(8, "level", "L3"), Step(9, "move", "contacted"), Step(12, "move", "met"), ending) * (turn % 2)
        if level == "L2" and not reachable:
            return (Step(3, "move", "waiting"), Step(18, "move", "unreachable"))
        first = Step(1, "first message") if level == "L2" else Step(1, "move", "contacted")
        return (first, Step(3, "move", "contacted"), Step(8, "move", "met"), ending)


def email(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name.lower()) + "@example.com"

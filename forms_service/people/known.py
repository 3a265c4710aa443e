"""What matching knows: people, what they do, whom they know, and which trades they have heard of. Pure.

Nobody is scored: there is no place here for a count or a sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import TypeVar

from forms_service.people.categories import Categories, folded


class Evidence(IntEnum):
    """How you know that somebody does a thing well; more is better."""

    SELF_DESCRIBED = 1
    RECOMMENDED = 2  # by somebody you vouch for
    USED = 3  # by you


class Depth(IntEnum):
    """How well two people know each other."""

    MET = 1
    KNOW = 2
    TRUST = 3


@dataclass(frozen=True)
class Someone:
    """What matching asks of a person, and nothing else: no count, no sum.

    `free`: may be written to, and is not erased. `vouch`: "yes", "not_yet" or "no". `touched`: the day of the last
    personal touch. `depth`: how well you know each other. `suggested`: the day they were last put forward.
    """

    id: int
    name: str
    free: bool = True
    vouch: str = "not_yet"
    touched: date | None = None
    partner: bool = False
    depth: Depth = Depth.MET
    suggested: date | None = None


@dataclass(frozen=True)
class Offered:
    """What `person` does; None is you. `place`: where, as somebody wrote it, "" if unknown."""

    id: int
    person: int | None
    category: str
    evidence: Evidence = Evidence.SELF_DESCRIBED
    place: str = ""


@dataclass(frozen=True)
class Known:
    """`person` knows `other`."""

    person: int
    other: int
    depth: Depth = Depth.MET


@dataclass(frozen=True)
class Hinted:
    """`person` knows people who do this, whoever they are."""

    person: int
    category: str


@dataclass(frozen=True)
class Wanted:
    """A need. `asker`: whose; None is you."""

    id: int
    asker: int | None
    category: str
    place: str = ""


@dataclass(frozen=True)
class Network:
    """Everything known, each thing said once."""

    people: Mapping[int, Someone]
    categories: Categories
    offers: Collection[Offered] = ()
    knows: Collection[Known] = ()
    hints: Collection[Hinted] = ()
    does: Mapping[int, Collection[str]] = field(default_factory=dict)
    """Trades of people, where `offers` need not hold them all: who does a trade is not asked whom they know."""

    @cached_property
    def offers_of(self) -> Mapping[str, Sequence[Offered]]:
        """By trade, as words are compared; sorted once for all needs, as are the others below."""
        return _grouped(self.offers, lambda offer: folded(offer.category))

    @cached_property
    def trades_of(self) -> Mapping[int | None, set[str]]:
        """What each person does."""
        found: dict[int | None, set[str]] = defaultdict(set)
        for person, trades in self.does.items():
            found[person].update(map(folded, trades))
        for trade, offers in self.offers_of.items():
            for offer in offers:
                found[offer.person].add(trade)
        return found

    @cached_property
    def acquaintances_of(self) -> Mapping[int, Sequence[Known]]:
        """Who knows somebody, by whom they know."""
        return _grouped(self.knows, lambda known: known.other)

    @cached_property
    def hints_at(self) -> Mapping[str, Sequence[Hinted]]:
        """By trade."""
        return _grouped(self.hints, lambda hint: folded(hint.category))

    @cached_property
    def hints_of(self) -> Mapping[int, Sequence[Hinted]]:
        """By who knows such people."""
        return _grouped(self.hints, lambda hint: hint.person)


Key = TypeVar("Key")
Each = TypeVar("Each")


def _grouped(rows: Iterable[Each], key: Callable[[Each], Key]) -> Mapping[Key, Sequence[Each]]:
    found: dict[Key, list[Each]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found

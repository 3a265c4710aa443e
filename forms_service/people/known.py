"""What matching knows: people, what they do, whom they know, and which trades they have heard of. Pure.

Nobody is scored: there is no place here for a count or a sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property

from forms_service.people.categories import Categories


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

    @cached_property
    def offers_of(self) -> Mapping[str, Sequence[Offered]]:
        """By trade, sorted once for all needs."""
        found: dict[str, list[Offered]] = defaultdict(list)
        for offer in self.offers:
            found[offer.category].append(offer)
        return found

    @cached_property
    def acquaintances_of(self) -> Mapping[int, Sequence[Known]]:
        """Who knows somebody, by whom they know."""
        found: dict[int, list[Known]] = defaultdict(list)
        for known in self.knows:
            found[known.other].append(known)
        return found

    @cached_property
    def hints_at(self) -> Mapping[str, Sequence[Hinted]]:
        """By trade."""
        found: dict[str, list[Hinted]] = defaultdict(list)
        for hint in self.hints:
            found[hint.category].append(hint)
        return found

"""The ways there are to somebody who does a trade, put in order once for all needs. Pure.

What the order of two ways depends on is the same for every need, but for how close the trade is and whether the place
fits. So each trade keeps its ways in order, and a need takes the first few from each that is near it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from heapq import merge
from operator import itemgetter
from typing import NamedTuple

from forms_service.people.known import Depth, Evidence, Network, Someone

#: A list of ways: of which trade, known how, and where (None: wherever).
Key = tuple[str, Evidence, str | None]


class Way(NamedTuple):
    """`helper` does it, `via` is asked first. `order`: what comes first among equally close, known and placed ways."""

    order: tuple[int | str, ...]
    category: str
    evidence: Evidence
    place: str
    weakest: Depth
    helper: Someone | None = None
    via: Someone | None = None
    source: int = 0

    @property
    def person(self) -> int | None:
        """Whom the row speaks of; nobody where you do it yourself."""
        found = self.helper or self.via
        return found.id if found else None


class Ways:
    """All ways through `network`, by how many corners they go; worked out a trade at a time, when it is asked for."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.yourself = Index(self._yourself)
        self.direct = Index(self._direct)
        self.introduced = Index(self._introduced)
        self.hinted = Index(self._hinted)
        self.nearby = Index(self._nearby)

    def usable(self, person: int | None) -> Someone | None:
        """Someone who may stand in any position, whoever asks."""
        found = self.network.people.get(person) if person is not None else None
        return found if found and found.free and found.vouch != "no" else None

    def touched(self, person: int) -> Someone | None:
        found = self.usable(person)
        return found if found and found.touched else None

    def introducers(self, person: int) -> Iterator[tuple[Someone, Depth]]:
        """Who could be asked for an introduction, and how well they know each other."""
        for known in self.network.acquaintances_of.get(person, ()):
            via = self.touched(known.person)
            if via and via.id != person:
                yield via, known.depth

    @cached_property
    def partners(self) -> Sequence[tuple[Someone, Sequence[str]]]:
        """Those who may be asked, with the trades in which they know people; who knows the most first."""
        there = [each for number in self.network.people if (each := self.usable(number)) and each.partner]
        known = [(each, sorted({hint.category for hint in self.network.hints_of.get(each.id, ())})) for each in there]
        return sorted(
            known, key=lambda row: (-len(row[1]), -day(row[0].touched), day(row[0].suggested), row[0].id)
        )  # fmt: skip

    def _yourself(self, trade: str) -> Iterator[Way]:
        for offer in self.network.offers_of.get(trade, ()):
            if offer.person is None:
                order = (0, 0, 0, 0, 0, offer.id, offer.category)
                yield Way(order, offer.category, offer.evidence, offer.place, Depth.TRUST, source=offer.id)

    def _direct(self, trade: str) -> Iterator[Way]:
        for offer in self.network.offers_of.get(trade, ()):
            helper = self.usable(offer.person)
            if helper and helper.touched:
                order = _order(helper.depth, helper, helper.id, 0, offer.id, offer.category)
                yield Way(order, offer.category, offer.evidence, offer.place, helper.depth, helper, source=offer.id)

    def _introduced(self, trade: str) -> Iterator[Way]:
        for offer in self.network.offers_of.get(trade, ()):
            helper = self.usable(offer.person)
            if helper and not helper.touched:
                for via, depth in self.introducers(helper.id):
                    weakest = min(via.depth, depth)
                    order = _order(weakest, via, helper.id, via.id, offer.id, offer.category)
                    yield Way(order, offer.category, offer.evidence, offer.place, weakest, helper, via, offer.id)

    def _hinted(self, trade: str) -> Iterator[Way]:
        for hint in self.network.hints_at.get(trade, ()):
            if via := self.touched(hint.person):
                order = _order(via.depth, via, 0, via.id, 0, hint.category)
                yield Way(order, hint.category, Evidence.SELF_DESCRIBED, "", via.depth, via=via)

    def _nearby(self, trade: str) -> Iterator[Way]:
        for offer in self.network.offers_of.get(trade, ()):
            via = self.usable(offer.person)
            if via and via.partner:
                order = _order(via.depth, via, 0, via.id, offer.id, offer.category)
                yield Way(order, offer.category, Evidence.SELF_DESCRIBED, "", via.depth, via=via, source=offer.id)


def day(when: date | None) -> int:
    return when.toordinal() if when else 0


def placed(text: str) -> str:
    """A place as it is compared."""
    return text.casefold().strip()


def _order(weakest: Depth, first: Someone, *numbers: int | str) -> tuple[int | str, ...]:
    """Trusted before met, whom you spoke with last, whoever was suggested longest ago; then what is unique."""
    return (-weakest, -day(first.touched), day(first.suggested), *numbers)


class Index:
    """The ways of one kind, each trade's in order from the first time that it is asked for."""

    def __init__(self, ways_of: Callable[[str], Iterator[Way]]) -> None:
        self._ways_of = ways_of
        self._lists: dict[str, Mapping[Key, Sequence[Way]]] = {}

    def in_order(self, near: Mapping[int, Sequence[str]], place: str) -> Iterator[tuple[int, bool, Way]]:
        """Closeness, whether the place fits, and the way: the first is the best. `near`: trades by closeness."""
        here = placed(place)
        for closeness, trades in near.items():
            listed = [self._listed(trade) for trade in trades]
            for evidence in sorted(Evidence, reverse=True):
                for way in _merged(listed, [(trade, evidence, here) for trade in trades] if here else []):
                    yield closeness, True, way
                for way in _merged(listed, [(trade, evidence, None) for trade in trades]):
                    if not here or placed(way.place) != here:
                        yield closeness, False, way

    def _listed(self, trade: str) -> Mapping[Key, Sequence[Way]]:
        if trade not in self._lists:
            found: dict[Key, list[Way]] = defaultdict(list)
            for way in sorted(self._ways_of(trade), key=itemgetter(0)):
                found[trade, way.evidence, None].append(way)
                if way.place:
                    found[trade, way.evidence, placed(way.place)].append(way)
            self._lists[trade] = found
        return self._lists[trade]


def _merged(listed: Sequence[Mapping[Key, Sequence[Way]]], keys: Sequence[Key]) -> Iterator[Way]:
    there = [ways for lists, key in zip(listed, keys, strict=False) if (ways := lists.get(key))]
    return iter(there[0]) if len(there) == 1 else merge(*there, key=itemgetter(0))

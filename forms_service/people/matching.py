"""Who can help whom: a need, and all that is known of people, in; ranked suggestions with their reasons out. Pure.

Nobody is scored. Whoever gave or received how much is not even asked: the order comes from how near a way is, how well
the trade fits, how it is known, and how long ago you last turned to somebody. `order_words` says it for each row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby

from forms_service.people.categories import CLOSENESS_WORDS, NEIGHBOUR
from forms_service.people.known import Depth, Evidence, Network, Offered, Someone, Wanted

PER_GROUP = 5
MOST_ASKED = 3


class Hop(StrEnum):
    """The ways to a helper; each is a group of its own on the page, in this order."""

    YOURSELF = "0"
    DIRECT = "1"
    INTRODUCED = "2a"
    HINTED = "2b"
    NEARBY = "2c"


@dataclass(frozen=True)
class Path:
    """One way to help. `helper`: who does it, `via`: whom to ask first; at least one of them but for your own offer."""

    hop: Hop
    closeness: int
    category: str
    helper: Someone | None = None
    via: Someone | None = None
    evidence: Evidence = Evidence.SELF_DESCRIBED
    place_fits: bool = False
    weakest: Depth = Depth.MET
    source: int = 0
    """The offer's number, 0 without one: what tells two ways to one person apart."""

    @property
    def turn_to(self) -> Someone | None:
        """Whom you talk to first; nobody where you can do it yourself."""
        return self.via or self.helper

    @property
    def reason(self) -> str:
        """Why this is suggested, in a sentence without a full stop. Names are as typed, still to be escaped."""
        return _REASONS[self.hop].format(
            helper=self.helper.name if self.helper else "", via=self.via.name if self.via else "", what=self.category
        )

    @property
    def order_words(self) -> Sequence[str]:
        """Why the row stands where it stands, most important first."""
        said = [CLOSENESS_WORDS[self.closeness]]
        if self.hop in (Hop.DIRECT, Hop.INTRODUCED):
            said.append(_EVIDENCE_WORDS[self.evidence])
        if self.place_fits:
            said.append("the place fits")
        if self.hop is not Hop.YOURSELF:
            said.append(_DEPTH_WORDS[self.weakest])
        if self.turn_to and self.turn_to.touched is None:
            said.append("no touch noted yet")
        if self.turn_to and self.turn_to.suggested:
            said.append("suggested before")
        return said


_REASONS = {
    Hop.YOURSELF: "You offer this yourself: {what}",
    Hop.DIRECT: "{helper} does this: {what}",
    Hop.INTRODUCED: "{via} knows {helper}, who does this: {what}",
    Hop.HINTED: "{via} knows people who do this: {what}",
    Hop.NEARBY: "{via} is a partner and works near this trade: {what}",
}
_EVIDENCE_WORDS = {
    Evidence.USED: "you have used their work",
    Evidence.RECOMMENDED: "recommended by someone you vouch for",
    Evidence.SELF_DESCRIBED: "by their own word",
}
_DEPTH_WORDS = {
    Depth.TRUST: "trusted all the way",
    Depth.KNOW: "known all the way",
    Depth.MET: "met, not yet well known",
}
#: What stands above the list, so that nobody wonders about the order.
ORDER_EXPLAINED = (
    "The nearest way first: yourself, people you know, then those whom somebody you know can ask. Within each: the "
    "trade that fits best; work you have used, then what people you vouch for recommend, then what people say of "
    "themselves; the same place; how well everyone on the way knows each other; whom you spoke with last; "
    "and whoever was suggested longest ago."
)


@dataclass(frozen=True)
class Help:
    """What was found for one need: `groups` by hop, each in order; without any, `ask` names whom to ask instead."""

    groups: Mapping[Hop, Sequence[Path]] = field(default_factory=dict)
    ask: Sequence[tuple[Someone, str]] = ()
    """At most three partners, each with the reason."""

    @property
    def best(self) -> Path | None:
        return next((paths[0] for paths in self.groups.values()), None)


def find_help(need: Wanted, network: Network) -> Help:
    """The best path to each person, in order, five a group; if there is none, whom to ask."""
    groups = {
        hop: tuple(found)[:PER_GROUP]
        for hop, found in groupby(_best_of_each(all_paths(need, network)), key=lambda path: path.hop)
    }
    return Help(groups, () if groups else tuple(_whom_to_ask(need, network)))


def all_paths(need: Wanted, network: Network) -> frozenset[Path]:
    """Every path, before the best of each person is chosen and before any cap."""
    search = _Search(need, network)
    return frozenset(
        [*search.yourself(), *search.direct(), *search.introduced(), *search.hinted(), *search.nearby()]
    )  # fmt: skip


def _best_of_each(paths: Iterable[Path]) -> Iterator[Path]:
    seen: set[int] = set()
    for path in sorted(paths, key=_rank):
        person = path.helper or path.via
        if person is None or person.id not in seen:
            yield path
        if person is not None:
            seen.add(person.id)


def _rank(path: Path) -> tuple[object, ...]:
    """The order of the specification; whole numbers and words only, ending with what is unique."""
    first = path.turn_to
    return (
        path.hop, -path.closeness, -path.evidence, not path.place_fits, -path.weakest,
        -_day(first.touched) if first else 0,
        _day(first.suggested) if first else 0,
        path.helper.id if path.helper else 0, path.via.id if path.via else 0, path.source, path.category,
    )  # fmt: skip


def _day(when: date | None) -> int:
    return when.toordinal() if when else 0


class _Search:
    """One need among everything known."""

    def __init__(self, need: Wanted, network: Network) -> None:
        self.need, self.network = need, network
        self.offers: dict[int | None, list[tuple[Offered, int]]] = defaultdict(list)
        for category, offers in network.offers_of.items():
            if closeness := network.categories.closeness(need.category, category):
                for offer in offers:
                    self.offers[offer.person].append((offer, closeness))

    def ok(self, person: int) -> Someone | None:
        """Someone who may stand in any position."""
        return _ok(self.need, self.network, person)

    def touched(self, person: int) -> Someone | None:
        found = self.ok(person)
        return found if found and found.touched else None

    def yourself(self) -> Iterator[Path]:
        if self.need.asker is not None:
            for offer, closeness in self.offers[None]:
                yield self._path(Hop.YOURSELF, offer, closeness, weakest=Depth.TRUST)

    def direct(self) -> Iterator[Path]:
        for person, offers in list(self.offers.items()):
            if person is not None and (helper := self.touched(person)):
                for offer, closeness in offers:
                    yield self._path(Hop.DIRECT, offer, closeness, helper=helper, weakest=helper.depth)

    def introduced(self) -> Iterator[Path]:
        offering = [person for person in self.offers if person is not None]
        for known in [known for person in offering for known in self.network.acquaintances_of.get(person, ())]:
            via, helper = self.touched(known.person), self.ok(known.other)
            if via and helper and via.id != helper.id and not helper.touched:
                weakest = min(via.depth, known.depth)
                for offer, closeness in self.offers[known.other]:
                    yield self._path(Hop.INTRODUCED, offer, closeness, helper=helper, via=via, weakest=weakest)

    def hinted(self) -> Iterator[Path]:
        for category, hints in self.network.hints_at.items():
            closeness = self.network.categories.closeness(self.need.category, category)
            for hint in hints if closeness else ():
                if via := self.touched(hint.person):
                    yield Path(Hop.HINTED, closeness, category, via=via, weakest=via.depth)

    def nearby(self) -> Iterator[Path]:
        for person, offers in list(self.offers.items()):
            via = self.ok(person) if person is not None else None
            if via and via.partner:
                for offer, closeness in offers:
                    if closeness == NEIGHBOUR:
                        yield Path(Hop.NEARBY, closeness, offer.category, via=via, weakest=via.depth, source=offer.id)

    def _path(
        self, hop: Hop, offer: Offered, closeness: int, *, weakest: Depth,
        helper: Someone | None = None, via: Someone | None = None,
    ) -> Path:  # fmt: skip
        here = self.need.place.casefold().strip()
        fits = bool(here) and here == offer.place.casefold().strip()
        return Path(hop, closeness, offer.category, helper, via, offer.evidence, fits, weakest, offer.id)


def _ok(need: Wanted, network: Network, person: int) -> Someone | None:
    found = network.people.get(person)
    return found if found and found.free and found.vouch != "no" and found.id != need.asker else None


def _whom_to_ask(need: Wanted, network: Network) -> Iterator[tuple[Someone, str]]:
    """The partners who know the most different trades. This counts what they could be asked, not what they gave."""
    trades: dict[int, set[str]] = defaultdict(set)
    for hint in network.hints:
        trades[hint.person].add(hint.category)
    partners = [each for person in network.people if (each := _ok(need, network, person)) and each.partner]
    partners.sort(key=lambda each: (-len(trades[each.id]), -_day(each.touched), _day(each.suggested), each.id))
    for each in partners[:MOST_ASKED]:
        yield each, _asked_because(each, sorted(trades[each.id]))


def _asked_because(partner: Someone, trades: Sequence[str]) -> str:
    if not trades:
        return f"{partner.name} is a partner, and may know somebody"
    some = ", ".join(trades[:3]) + (" and more" if len(trades) > 3 else "")
    return f"{partner.name} is a partner who knows people in {some}"

"""Who can help whom: a need, and all that is known of people, in; ranked suggestions with their reasons out. Pure.

Nobody is scored. Whoever gave or received how much is not even asked: the order comes from how near a way is, how well
the trade fits, how it is known, and how long ago you last turned to somebody. `order_words` says it for each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from forms_service.people.categories import CLOSENESS_WORDS, NEIGHBOUR, SAME, SYNONYM
from forms_service.people.known import Depth, Evidence, Network, Someone, Wanted
from forms_service.people.ways import Index, Ways

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
    trade: str = ""
    """The name on the list of a trade that was told by another word than the one asked for, else ""."""

    @property
    def turn_to(self) -> Someone | None:
        """Whom you talk to first; nobody where you can do it yourself."""
        return self.via or self.helper

    @property
    def reason(self) -> str:
        """Why this is suggested, in a sentence without a full stop. Names are as typed, still to be escaped."""
        said = _NEAR_REASONS if self.closeness == NEIGHBOUR else _REASONS
        return said[self.hop].format(
            helper=self.helper.name if self.helper else "",
            via=self.via.name if self.via else "",
            what=self.trade or self.category,
        )

    @property
    def order_words(self) -> Sequence[str]:
        """Why the row stands where it stands, most important first."""
        said = [CLOSENESS_WORDS[self.closeness]]
        if self.closeness == SYNONYM and self.trade != self.category:
            said = [f"the same, told as “{self.category}”"]
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
#: Who works near a trade does not do it: no more is said than is known.
_NEAR_REASONS = {
    Hop.YOURSELF: "You offer something near this yourself: {what}",
    Hop.DIRECT: "{helper} works near this trade: {what}",
    Hop.INTRODUCED: "{via} knows {helper}, who works near this trade: {what}",
    Hop.HINTED: "{via} knows people near this trade: {what}",
    Hop.NEARBY: _REASONS[Hop.NEARBY],
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


def find_help(need: Wanted, network: Network, ways: Ways | None = None) -> Help:
    """The best path to each person, in order, five a group; if there is none, whom to ask.

    `ways`: those of `network`, where more than one need is asked.
    """
    search = _Search(need, ways or Ways(network))
    groups = {hop: found for hop in Hop if (found := tuple(islice(search.best(hop), PER_GROUP)))}
    return Help(groups, () if groups else tuple(_whom_to_ask(need, search.ways)))


def all_paths(need: Wanted, network: Network) -> frozenset[Path]:
    """Every path, before the best of each person is chosen and before any cap."""
    search = _Search(need, Ways(network))
    return frozenset(path for hop in Hop for path in search.paths(hop))


class _Search:
    """One need among all ways, the nearest first."""

    def __init__(self, need: Wanted, ways: Ways) -> None:
        self.need, self.ways = need, ways
        self.near = ways.network.categories.nearness(need.category)
        self.trades = {trade for trades in self.near.values() for trade in trades}

    def best(self, hop: Hop) -> Iterator[Path]:
        """The best path to each person to whom no nearer way leads."""
        seen: set[int] = set()
        for path in self.paths(hop):
            person = path.helper or path.via
            if person is None:
                yield path
            elif person.id not in seen and not self._is_nearer(person, hop):
                seen.add(person.id)
                yield path

    def paths(self, hop: Hop) -> Iterator[Path]:
        """All of this kind, in order."""
        if hop is Hop.YOURSELF and self.need.asker is None:
            return
        near = self.near
        if hop is Hop.NEARBY:
            near = {closeness: trades for closeness, trades in near.items() if closeness == NEIGHBOUR}
        for closeness, fits, way in self._index(hop).in_order(near, self.need.place):
            if all(each is None or each.id != self.need.asker for each in (way.helper, way.via)):
                trade = "" if closeness == SAME else self.ways.network.categories.named(way.category)
                yield Path(
                    hop, closeness, way.category, way.helper, way.via, way.evidence, fits, way.weakest, way.source,
                    trade,
                )  # fmt: skip

    def _index(self, hop: Hop) -> Index:
        ways = self.ways
        return {
            Hop.YOURSELF: ways.yourself, Hop.DIRECT: ways.direct, Hop.INTRODUCED: ways.introduced,
            Hop.HINTED: ways.hinted, Hop.NEARBY: ways.nearby,
        }[hop]  # fmt: skip

    def _is_nearer(self, person: Someone, hop: Hop) -> bool:
        """They do it themselves, or somebody can introduce them: they are named there, not asked whom they know."""
        if hop not in (Hop.HINTED, Hop.NEARBY) or self.trades.isdisjoint(
            self.ways.network.trades_of.get(person.id, ())
        ):
            return False
        return bool(person.touched) or any(via.id != self.need.asker for via, _ in self.ways.introducers(person.id))


def _whom_to_ask(need: Wanted, ways: Ways) -> Iterator[tuple[Someone, str]]:
    """The partners who know the most different trades. This counts what they could be asked, not what they gave."""
    others = ((each, trades) for each, trades in ways.partners if each.id != need.asker)
    for each, trades in islice(others, MOST_ASKED):
        named = dict.fromkeys(ways.network.categories.named(trade) for trade in trades)
        yield each, _asked_because(each, list(named))


def _asked_because(partner: Someone, trades: Sequence[str]) -> str:
    if not trades:
        return f"{partner.name} is a partner, and may know somebody"
    some = ", ".join(trades[:3]) + (" and more" if len(trades) > 3 else "")
    return f"{partner.name} is a partner who knows people in {some}"

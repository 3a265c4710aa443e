"""Who can help whom: the same order each time, nobody who must not appear, a reason on every row."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_service.people.categories import read_categories
from forms_service.people.known import Depth, Evidence, Hinted, Known, Network, Offered, Someone, Wanted
from forms_service.people.matching import MOST_ASKED, PER_GROUP, Help, Hop, Path, all_paths, find_help
from forms_service.people.ways import Ways

TRADES = read_categories("plumber = pipes ~ heating\nheating = boiler\nbaker = bread ~ miller\nmiller\nflorist")
TERMS = sorted(TRADES.terms)
DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 12, 1)))
NUMBERS = st.integers(1, 7)
TERM = st.sampled_from(TERMS)
PLACE = st.sampled_from(["", "Albany", "albany ", "Troy"])
SOMEONE = st.builds(
    Someone, id=st.just(0), name=st.just(""), free=st.booleans(), vouch=st.sampled_from(["yes", "not_yet", "no"]),
    touched=DAYS, partner=st.booleans(), depth=st.sampled_from(Depth), suggested=DAYS,
)  # fmt: skip


@st.composite
def networks(draw: st.DrawFn) -> Network:
    drawn = draw(st.lists(SOMEONE, min_size=1, max_size=7))
    people = {n: replace(each, id=n, name=f"Person {n}") for n, each in enumerate(drawn, 1)}
    number = st.sampled_from(sorted(people))
    anyone = st.one_of(st.none(), number)
    offers = draw(st.lists(st.tuples(anyone, TERM, st.sampled_from(Evidence), PLACE), max_size=8))
    return Network(
        people, TRADES,
        [Offered(n, *offer) for n, offer in enumerate(offers, 1)],
        draw(st.lists(st.builds(Known, number, number, st.sampled_from(Depth)), max_size=10, unique=True)),
        draw(st.lists(st.builds(Hinted, number, TERM), max_size=8, unique=True)),
    )  # fmt: skip


NEEDS = st.builds(Wanted, st.just(1), st.one_of(st.none(), NUMBERS), TERM, PLACE)


def rows(found: Help) -> list[Path]:
    return [path for paths in found.groups.values() for path in paths]


def standing_in(found: Help) -> list[Someone]:
    """Everybody in any position."""
    named = [each for path in rows(found) for each in (path.helper, path.via) if each]
    return named + [partner for partner, _ in found.ask]


@given(networks(), NEEDS, st.randoms(use_true_random=False))
def test_the_same_input_gives_the_same_order(network: Network, need: Wanted, chance):
    """However the rows come out of a database."""

    def shuffled(rows):
        rows = list(rows)
        chance.shuffle(rows)
        return rows

    other = Network(
        dict(shuffled(network.people.items())), TRADES,
        shuffled(network.offers), shuffled(network.knows), shuffled(network.hints),
    )  # fmt: skip
    assert find_help(need, network) == find_help(need, other)
    assert list(find_help(need, network).groups) == list(find_help(need, other).groups)


def rank(path: Path) -> tuple[object, ...]:
    """The order of the specification, written down a second time and applied to all paths at once."""

    def day(when: date | None) -> int:
        return when.toordinal() if when else 0

    first = path.turn_to
    return (
        path.hop, -path.closeness, -path.evidence, not path.place_fits, -path.weakest,
        -day(first.touched) if first else 0, day(first.suggested) if first else 0,
        path.helper.id if path.helper else 0, path.via.id if path.via else 0, path.source, path.category,
    )  # fmt: skip


@given(networks(), NEEDS)
def test_the_first_few_found_in_order_are_the_first_of_all_paths_sorted(network: Network, need: Wanted):
    seen: set[int] = set()
    groups: dict[Hop, list[Path]] = {}
    for path in sorted(all_paths(need, network), key=rank):
        person = path.helper or path.via
        if person is None or person.id not in seen:
            groups.setdefault(path.hop, []).append(path)
            seen |= {person.id} if person else set()
    expected = {hop: tuple(paths[:PER_GROUP]) for hop, paths in groups.items()}
    assert find_help(need, network).groups == expected


@given(networks(), st.lists(NEEDS, min_size=2, max_size=4))
def test_what_is_put_in_order_once_serves_every_need(network: Network, needs: list[Wanted]):
    ways = Ways(network)
    assert [find_help(need, network, ways) for need in needs] == [find_help(need, network) for need in needs]


@given(networks(), NEEDS)
def test_nobody_who_must_not_appears_in_any_position(network: Network, need: Wanted):
    for each in standing_in(find_help(need, network)):
        assert each.free
        assert each.vouch != "no"
        assert each.id != need.asker


def test_what_matching_asks_of_a_person_holds_no_count():
    """Counts of referrals given or received change nothing: there is no place to put one."""
    asked = {each.name: str(each.type) for each in fields(Someone)}
    assert asked == {
        "id": "int", "name": "str", "free": "bool", "vouch": "str", "touched": "date | None", "partner": "bool",
        "depth": "Depth", "suggested": "date | None",
    }  # fmt: skip


@given(networks(), NEEDS)
def test_every_row_has_its_reason_and_says_why_it_stands_there(network: Network, need: Wanted):
    found = find_help(need, network)
    for path in rows(found):
        assert (path.trade or path.category) in path.reason
        assert path.trade == ("" if path.closeness == 3 else TRADES.named(path.category))
        assert ("near this" in path.reason) == (path.closeness == 1), "who works near a trade does not do it"
        assert all(each.name in path.reason for each in (path.helper, path.via) if each)
        assert path.order_words
        assert all(path.order_words)
    assert all(partner.name in reason for partner, reason in found.ask)


@given(networks(), NEEDS, st.data())
def test_removing_an_edge_never_adds_a_path(network: Network, need: Wanted, data):
    kind = data.draw(st.sampled_from(["offers", "knows", "hints"]))
    edges = list(getattr(network, kind))
    if edges:
        edges.pop(data.draw(st.integers(0, len(edges) - 1)))
    assert all_paths(need, replace(network, **{kind: edges})) <= all_paths(need, network)


@given(networks(), NEEDS)
def test_five_a_group_one_path_a_person_and_the_nearest_groups_first(network: Network, need: Wanted):
    found = find_help(need, network)
    assert list(found.groups) == sorted(found.groups)
    assert all(0 < len(paths) <= PER_GROUP for paths in found.groups.values())
    people = [person.id for path in rows(found) if (person := path.helper or path.via)]
    assert len(people) == len(set(people))
    assert all(path.helper.id != path.via.id for path in rows(found) if path.helper and path.via)


@given(networks(), NEEDS)
def test_partners_are_asked_only_when_nothing_is_found(network: Network, need: Wanted):
    found = find_help(need, network)
    assert not (found.groups and found.ask)
    assert len(found.ask) <= MOST_ASKED
    assert all(partner.partner for partner, _ in found.ask)


DAY = date(2026, 11, 1)
ANNA = Someone(1, "An asker", touched=DAY)


def among(*people: Someone, **known) -> Network:
    return Network({each.id: each for each in (ANNA, *people)}, TRADES, **known)


def hops(network: Network, category: str = "plumber") -> list[tuple[str, int | None, int | None]]:
    found = rows(find_help(Wanted(1, ANNA.id, category), network))
    return [(path.hop.value, path.helper and path.helper.id, path.via and path.via.id) for path in found]


@pytest.mark.parametrize("offered", ["plumber", "pipes", "boiler"])
def test_your_own_offer_and_that_of_whom_you_know(offered: str):
    known = among(Someone(2, "A", touched=DAY), offers=[Offered(1, None, offered), Offered(2, 2, offered)])
    assert hops(known) == [("0", None, None), ("1", 2, None)]


def test_you_are_not_suggested_to_yourself():
    known = among(offers=[Offered(1, None, "plumber")])
    assert find_help(Wanted(1, None, "plumber"), known).groups == {}


def test_whom_you_never_touched_is_reached_through_whom_you_know():
    people = Someone(2, "K", touched=DAY), Someone(3, "P")
    known = among(*people, offers=[Offered(1, 3, "pipes")], knows=[Known(2, 3)])
    assert hops(known) == [("2a", 3, 2)]
    assert hops(replace(known, knows=[])) == []
    assert hops(replace(known, people={**known.people, 2: replace(people[0], touched=None)})) == []
    assert hops(replace(known, people={**known.people, 3: replace(people[1], touched=DAY)})) == [("1", 3, None)]


def test_hints_and_partners_near_the_trade():
    people = Someone(2, "H", touched=DAY), Someone(3, "N", partner=True), Someone(4, "No partner")
    offers = [Offered(1, 3, "heating"), Offered(2, 4, "heating")]
    assert hops(among(*people, offers=offers, hints=[Hinted(2, "plumber")])) == [("2b", None, 2), ("2c", None, 3)]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"category": "plumber"}, {"category": "pipes"}),
        (
            {"category": "pipes", "evidence": Evidence.SELF_DESCRIBED},
            {"category": "heating", "evidence": Evidence.USED},
        ),
        ({"evidence": Evidence.USED}, {"evidence": Evidence.RECOMMENDED, "place": "Troy"}),
        ({"evidence": Evidence.RECOMMENDED}, {"evidence": Evidence.SELF_DESCRIBED}),
        ({"place": "troy "}, {"depth": Depth.TRUST}),
        ({"depth": Depth.KNOW}, {"touched": date(2026, 11, 20)}),
        ({"touched": date(2026, 11, 20)}, {"suggested": None}),
        ({"suggested": None}, {"suggested": date(2026, 10, 1)}),
        ({"suggested": date(2026, 9, 1)}, {"suggested": date(2026, 10, 1)}),
    ],
)
def test_each_step_of_the_order(better: dict, worse: dict):
    """Where all before is equal, the step decides; the worse has the smaller number, which is the last word."""
    base = {"touched": DAY, "suggested": date(2026, 10, 15), "category": "plumber"}
    people, offers = [], []
    for number, said in ((2, {**base, **worse}), (3, {**base, **better})):
        offer = {key: said.pop(key) for key in ("category", "evidence", "place") if key in said}
        people.append(Someone(number, f"Person {number}", **said))
        offers.append(Offered(number, number, **offer))
    found = rows(find_help(Wanted(1, 1, "plumber", "Troy"), among(*people, offers=offers)))
    assert [path.helper.id for path in found if path.helper] == [3, 2]


def test_five_of_many_are_shown():
    people = [Someone(number, f"P{number}", touched=DAY) for number in range(2, 12)]
    found = hops(among(*people, offers=[Offered(each.id, each.id, "plumber") for each in people]))
    assert [helper for _, helper, _ in found] == [2, 3, 4, 5, 6]


def test_with_nobody_the_three_partners_with_the_widest_hints_are_asked():
    people = [Someone(number, f"P{number}", touched=DAY, partner=number != 2) for number in range(2, 8)]
    hints = [Hinted(2, term) for term in TERMS]
    hints += [Hinted(5, "florist"), Hinted(5, "miller"), Hinted(7, "bread")]
    known = among(*people, hints=[hint for hint in hints if TRADES.closeness("plumber", hint.category) == 0])
    found = find_help(Wanted(1, 1, "plumber"), known)
    assert [partner.id for partner, _ in found.ask] == [5, 7, 3]
    assert found.ask[0][1] == "P5 is a partner who knows people in florist, miller"


@settings(max_examples=20)
@given(NUMBERS)
def test_the_plumber_case(asker: int):
    """First the partner who has a hint, or whom one asks at last; once the job is logged, the plumber directly."""
    partner = Someone(20, "A partner", touched=DAY, partner=True, depth=Depth.KNOW)
    need = Wanted(1, None, "plumber")
    before = among(partner, hints=[Hinted(20, "plumber")])
    assert [(path.hop, path.via) for path in rows(find_help(need, before))] == [(Hop.HINTED, partner)]
    assert [each for each, _ in find_help(need, among(partner)).ask] == [partner]
    plumber = Someone(21, "A plumber", touched=DAY)
    job = replace(
        before, people={**before.people, 21: plumber}, offers=[Offered(1, 21, "plumber", Evidence.USED)],
        knows=[Known(20, 21)],
    )  # fmt: skip
    later = rows(find_help(Wanted(2, asker, "pipes"), job))
    assert (later[0].hop, later[0].helper) == (Hop.DIRECT, plumber)
    assert "you have used their work" in later[0].order_words

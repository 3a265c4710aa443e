"""The plumber case, over pages only: a need, a partner asked, the plumber named, the job done, a card to each of them.

And favours told afterwards. Whatever is pressed here stands on a page that the author can reach.
"""

import re

import pytest

from tests.dashboard.conftest import Author
from tests.support.desk import Desk, words


@pytest.fixture
def desk(author: Author) -> Desk:
    return Desk(author.client)


def rows(desk: Desk, group: str) -> list[str]:
    """The rows of one group of Today, as text."""
    desk.opens("/dashboard/")
    sections = [each for each in desk.page.iter("section") if words(each.find("h2")) == group]
    return [words(row) for section in sections for row in section.xpath("ul/li")]


def meet(desk: Desk, name: str) -> None:
    """Somebody is met and thanked for it."""
    desk.opens("/dashboard/").follows("I met somebody").presses("Keep", typed={"Their name": name})
    find(desk, name).follows("You met them").presses("It is done", typed={"I said it": "spoken"})


def find(desk: Desk, name: str) -> Desk:
    return desk.opens("/dashboard/people").presses("Search", typed={"Search by name": name}).follows(name)


def make_a_partner(desk: Desk) -> None:
    meet(desk, "A partner")
    find(desk, "A partner").presses("Sat down together")
    desk.follows("You sat down together. Thank").presses("It is done", typed={"I said it": "spoken"})


def ways(desk: Desk, need: str) -> list[str]:
    """How the page of needs says that this one can be helped, in its order."""
    row = desk.opens("/dashboard/needs/").row(need)
    return [words(each) for each in row.xpath("ul[@class='facts']/li")]


@pytest.mark.parametrize("by_hint", [True, False], ids=["by a hint", "by the ask list"])
def test_the_plumber_case(desk: Desk, by_hint: bool):
    make_a_partner(desk)
    if by_hint:
        find(desk, "A partner").presses("They know such people", typed={"What did they tell you": "plumbers"})
    else:
        find(desk, "A partner").presses("They do it well", typed={"What did they tell you": "bakes bread"})
        desk.follows("They did something for me").presses("It helped", typed={"What it was": "Bread on a Sunday"})
        desk.follows("Thank A partner").presses("It is done", typed={"I sent a card": "card"})
    assert rows(desk, "Thank") == [], "nothing is owed before"

    own = "My sink leaks: a plumber"
    desk.opens("/dashboard/needs/").presses("I need it", typed={"Something you need": own})
    first = ways(desk, own)[0]
    assert ("A partner knows people who do this: plumber." if by_hint else "A partner is a partner") in first
    desk.presses("Ask whom they know", own)
    desk.presses("I asked").presses("They said yes")
    desk.presses("Keep this name", typed={"Whom did A partner name": "A good plumber"})
    desk.opens("/dashboard/").presses("I turned to them", own)
    desk.opens("/dashboard/needs/").follows("Under way", own).presses("It helped")

    owed = rows(desk, "Thank")
    assert len(owed) == 2, "exactly two"
    assert {re.match(r"A \w+( \w+)?", row)[0] for row in owed} == {"A good plumber", "A partner They"}
    provider, introducer = sorted(owed)
    assert "They helped: today" in provider
    assert "They named somebody who helped: today" in introducer
    assert all(own in row for row in owed)
    cards(desk)
    assert rows(desk, "Thank") == []

    meet(desk, "A gardener")
    find(desk, "A gardener").presses("They need it", typed={"What did they tell you": "somebody for pipes that drip"})
    found = ways(desk, "pipes that drip")[0]
    assert found.startswith("A good plumber does this: plumber.")
    assert "you have used their work" in found.lower()


def cards(desk: Desk) -> None:
    """A card to each, in his own words, from the page of what was done; and the plumber may name him."""
    for name, fact in (("A good plumber", "Helped you"), ("A partner", "Named A good plumber, who helped you")):
        desk.opens("/dashboard/thanks").follows("In your own words", name)
        assert fact in desk.text
        assert "My sink leaks: a plumber" in desk.text
        if name == "A good plumber":
            desk.presses("They may name me as a reference")
        typed = {"Your own words": "The kitchen is dry, and I think of you with every cup.", "I sent a card": "card"}
        desk.presses("It is done", typed=typed)
    find(desk, "A good plumber")
    assert "May name you as a reference without asking" in desk.text


def test_a_favour_told_afterwards_owes_both_and_goes_in_one_tap(desk: Desk):
    make_a_partner(desk)
    desk.opens("/dashboard/needs/").presses("I need it", typed={"Something you need": "a plumber"})
    desk.follows("Somebody did it").presses("Find", typed={"Somebody in your list who": "partner"})
    desk.follows("They named them").presses("It helped", typed={"Their name": "A good plumber"})
    assert "It helped" in desk.text
    assert [row.split(" They ")[0] for row in rows(desk, "Thank")] == ["A partner", "A good plumber"]
    find(desk, "A partner")
    assert "A favour came about through them" in desk.text
    desk.opens("/dashboard/needs/?show=closed")
    assert "a plumber" in desk.text


def test_it_is_undone_from_where_it_was_told(desk: Desk):
    make_a_partner(desk)
    find(desk, "A partner").follows("They did something for me")
    desk.presses("It helped", typed={"What it was": "a plumber, for my sink"})
    assert len(rows(desk, "Thank")) == 1
    find(desk, "A partner").presses("Undo", "It helped")
    assert rows(desk, "Thank") == []
    assert "does this" not in desk.opens("/dashboard/needs/").text


def test_an_address_that_names_nobody_is_no_page(author: Author):
    for query in ("who=999", "by=999", "need=999", "who=x", "need=-1"):
        assert author.client.get(f"/dashboard/favour?{query}").status_code == 404, query


def test_a_search_that_finds_nobody_says_so(desk: Desk):
    desk.opens("/dashboard/favour").presses("Find", typed={"Somebody in your list": "<nobody>"})
    assert "Nobody found for “<nobody>”." in desk.text

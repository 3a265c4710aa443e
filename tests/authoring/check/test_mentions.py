"""An essay that names another without leading there is told so, once, with the link to write."""

import pytest

from authoring.check.finding import Finding
from authoring.check.mentions import unlinked_mentions
from authoring.check.sources import Source

HEAD = "Title: Today\nDate: 2026-11-22 07:00\nSlug: today\n\n"
OTHER = "articles/2026-11-15-known-by-name.md"


def essay(title: str, slug: str = "known-by-name", file: str = OTHER, text: str = "", day: int = 15) -> Source:
    return Source(
        file=file, page=f"2026/11/{slug}.html", essay=True, title=title, slug=slug, has_slug=True, summary="",
        status="published", scheduled=False, date=f"2026-11-{day:02}T07:00:00-05:00", id=slug, after="", imported=False,
        sample=False, text=text,
    )  # fmt: skip


def said(body: str, *others: Source) -> list[Finding]:
    today = essay("Today", "today", "articles/2026-11-22-today.md", HEAD + body, 22)
    return list(unlinked_mentions(today, [today, *others]))


def test_the_line_the_title_and_the_link_to_write_are_named():
    (found,) = said("Good morning.\n\nAs I said in Known by Name, it is memory.\n", essay("Known by Name"))
    assert str(found) == (
        "content/articles/2026-11-22-today.md:7: it names “Known by Name” without a link;"
        " write [Known by Name]({filename}2026-11-15-known-by-name.md)"
    )
    assert not found.blocking


def test_a_title_broken_over_two_lines_is_one_title():
    assert said("As I said in Known\nby Name, it is memory.\n", essay("Known by Name"))[0].line == 5


@pytest.mark.parametrize(
    "body",
    [
        "See [Known by Name]({filename}2026-11-15-known-by-name.md), and Known by Name again.",
        "See [last Sunday's](/2026/11/known-by-name.html), Known by Name.",
        "Unknown by Names are many.",
        "He is known by name.",
        "`Known by Name`",
    ],
)
def test_what_is_linked_or_no_mention_is_left_alone(body: str):
    assert said(body, essay("Known by Name")) == []


@pytest.mark.parametrize(
    ("body", "mentions"),
    [("I like Coins.", 0), ("I wrote “Coins”.", 1), ("I wrote *Coins*.", 1), ('In "Coins," I said.', 1), ("Coins*", 0)],
)
def test_a_short_title_counts_only_where_it_is_set_off(body: str, mentions: int):
    assert len(said(body, essay("Coins"))) == mentions


def test_each_is_named_once_and_an_essay_never_itself():
    found = said("Known by Name and Known by Name. “Today”, Three Small Coins.", essay("Known by Name"),
                 essay("Three Small Coins", "coins", "articles/coins.md"))  # fmt: skip
    assert {finding.what for finding in found} == {
        "it names “Three Small Coins” without a link",
        "it names “Known by Name” without a link",
    }
    assert len(found) == 2


def test_of_two_with_one_title_the_newer_is_meant():
    older = essay("Known by Name", "old", "articles/old.md", day=1)
    (found,) = said("Known by Name.", essay("Known by Name"), older)
    assert "2026-11-15" in found.remedy


def test_what_stands_in_another_folder_is_found_from_here():
    (found,) = said("Known by Name.", essay("Known by Name", file="articles/2015/name.md"))
    assert found.remedy == "write [Known by Name]({filename}2015/name.md)"

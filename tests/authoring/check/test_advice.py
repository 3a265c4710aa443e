"""Advice is given on what the author has just written, in a line for each kind, and never on history."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from authoring.check.advice import Author, advice, fresh_essays
from authoring.check.essays import Published
from authoring.check.finding import Finding
from authoring.check.promises import broken_promises
from authoring.check.sources import Source, Sources

NOW = datetime.fromisoformat("2026-11-22T07:00-05:00")
TAGS = ["Gratitude", "Karma"]
ME = Author("en", TAGS, ["wibbling"])
HEAVY = "Organizational responsibilities necessitate comprehensive institutional reconsideration. " * 40


def source(body: str = "Fine bread.", days: int = 0, slug: str = "one", **values: object) -> Source:
    front = str(values.pop("front", "Tags: Karma\n"))
    at = NOW - timedelta(days=days)
    plain = Source(
        file=f"articles/{slug}.md", page=f"2026/11/{slug}.html", essay=True, title="One", slug=slug, has_slug=True,
        summary="", status="published", scheduled=False, date=at.isoformat(), id=slug, after="", imported=False,
        sample=False, text=f"Title: One\n{front}\n{body}\n",
    )  # fmt: skip
    return replace(plain, **values)  # type: ignore[arg-type]


def said(essay: Source, author: Author = ME) -> list[Finding]:
    return advice([essay], [essay], author, NOW)


def test_a_good_essay_is_met_with_silence():
    assert said(source()) == []


def test_all_advice_is_advice():
    essay = source(f"Teh wibbling.\n\n{HEAVY}", front="Tags: A, B, C\nSummary: short\n", summary="short")
    assert len(said(essay)) == 4
    assert not [finding for finding in said(essay) if finding.blocking]


def test_slips_stand_in_one_line_with_the_first_ones_place():
    found = said(source("Fine.\n\nI recieve teh qqwx xxqw wwqx qxqx xqxq."))
    assert len(found) == 1
    assert (found[0].file, found[0].line) == ("content/articles/one.md", 6)
    assert "“recieve” (receive?), “teh” (the?), “qqwx”" in found[0].what
    assert found[0].what.endswith(" and 2 more")
    assert found[0].remedy == "mend it, or write the word into content/dictionary.txt"


def test_a_hard_text_is_told_where_to_begin():
    found = said(source(HEAVY))
    assert found[0].what.startswith("its reading ease is -")
    assert "words that begins “Organizational responsibilities necessitate comprehensive …”" in found[0].remedy
    assert said(source(HEAVY), replace(ME, language="tlh")) == []


@pytest.mark.parametrize(("tags", "lines"), [("Karma, Bread", 0), ("A, B", 0), ("a; gratitude; b", 0), ("A, B, C", 1)])
def test_two_tags_beside_the_list_are_fine(tags: str, lines: int):
    found = said(source(front=f"Tags: {tags}\n"))
    assert len(found) == lines
    assert [(f.line, f.what) for f in found] == [(2, "3 of its tags are not in your list: A, B, C")] * lines


def test_without_a_list_of_tags_nothing_is_said_of_them():
    assert said(source(front="Tags: A, B, C, D\n"), replace(ME, tags=[])) == []


def test_a_list_of_too_many_tags_is_noticed():
    found = advice([], [], replace(ME, tags=[str(n) for n in range(16)]), NOW)
    assert [str(f) for f in found] == [
        "content/tags.txt: it lists 16 tags; put some together: readers find their way among 15"
    ]


@pytest.mark.parametrize(("length", "lines"), [(0, 0), (119, 1), (120, 0), (160, 0), (161, 1)])
def test_a_summary_is_measured_where_there_is_one(length: int, lines: int):
    summary = "x" * length
    assert len(said(source(front=f"Summary: {summary}\n", summary=summary))) == lines


def sources(*essays: Source) -> Sources:
    return Sources({essay.page: essay for essay in essays}, ())


def published(essay: Source, words: str) -> dict[str, Published]:
    return {essay.id: Published(essay.file, essay.page, essay.date, essay.title, words)}


def test_only_new_or_changed_words_are_looked_at():
    essay = source()
    assert fresh_essays(sources(essay), {}) == [essay]
    assert fresh_essays(sources(essay), published(essay, "other")) == [essay]
    assert fresh_essays(sources(essay), published(essay, essay.words)) == []


def test_a_release_that_kept_no_checksums_makes_nothing_new():
    essay = source()
    assert fresh_essays(sources(essay), published(essay, "")) == []


def test_history_samples_and_pages_are_left_alone():
    kept = sources(source(imported=True), source(slug="two", sample=True), source(slug="three", essay=False))
    assert fresh_essays(kept, {}) == []


PROMISE = "Bread.\n\nMore next week."


@pytest.mark.parametrize(("days", "broken"), [(7, False), (14, False), (15, True), (59, True), (61, False)])
def test_a_promise_is_broken_after_two_weeks_and_history_after_two_months(days: int, broken: bool):
    found = list(broken_promises([source(PROMISE, days)], NOW))
    assert len(found) == broken
    if broken:
        assert found[0].line == 6
        assert found[0].what == f"it promised something for “next week” {days} days ago, and nothing has followed"


def test_a_sequel_keeps_the_promise():
    first, second = source(PROMISE, 21), source("Last week I said more.", 14, "two")
    assert list(broken_promises([first, second], NOW)) == []


def test_a_later_part_of_the_series_keeps_it_too():
    first, second = source(PROMISE, 28), source("Bread again.", 7, "two", after="2026/11/one.html")
    assert list(broken_promises([first, second], NOW)) == []


def test_an_essay_that_has_nothing_to_do_with_it_keeps_nothing():
    first, second = source(PROMISE, 28), source("Bread again.", 7, "two")
    assert len(list(broken_promises([first, second], NOW))) == 1


def test_an_essay_that_goes_on_with_its_series_does_not_keep_the_promise_of_the_week_before():
    """As on the page, where it follows the part before it."""
    series, promised = source("Bread.", 35, "part-one"), source(PROMISE, 28)
    sequel = source("Last week I said more.", 21, "part-two", after=series.page)
    assert [finding.file for finding in broken_promises([series, promised, sequel], NOW)] == [promised.name]

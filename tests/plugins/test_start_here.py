"""The essays for a newcomer, chosen by the author's own word."""

from types import SimpleNamespace

import pytest

from plugins.start_here import MOST, chosen


def articles(*starts: str | None) -> list[SimpleNamespace]:
    """Essays, newest first, by what their front matter says behind `Start:`."""
    return [SimpleNamespace(place=n, metadata={} if s is None else {"start": s}) for n, s in enumerate(starts)]


def places(*starts: str | None) -> list[int]:
    return [article.place for article in chosen(articles(*starts))]


@pytest.mark.parametrize("word", ["yes", "Yes ", "true", "1"])
def test_an_essay_is_chosen_by_a_yes(word: str):
    assert places(None, word, None) == [1]


@pytest.mark.parametrize("word", ["no", "", "later"])
def test_any_other_word_chooses_nothing(word: str):
    assert places(None, word) == []


def test_the_newest_essay_is_not_offered_twice():
    assert places("yes", None, "yes") == [2]


def test_of_too_many_the_newest_are_offered():
    assert places(None, *["yes"] * (MOST + 2)) == [1, 2, 3]


def test_a_site_without_essays_offers_none():
    assert places() == []

"""Which essay continues which."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.continues import Essay, continuations, promises

SUNDAY = date(2015, 10, 11)
WEEK = timedelta(days=7)


def essay(id: str, on: date, opening: str = "Dear reader.", closing: str = "Until then.", after: str = "") -> Essay:
    return Essay(id, on, opening, closing, after)


def test_an_essay_that_opens_with_last_week_continues_the_one_before():
    found = continuations([essay("a", SUNDAY), essay("b", SUNDAY + WEEK, opening="Last week we met a baker.")])
    assert found == {"b": "a"}


def test_an_essay_that_closes_with_next_week_is_continued_by_the_one_after():
    found = continuations([essay("a", SUNDAY, closing="More next week. Please write."), essay("b", SUNDAY + WEEK)])
    assert found == {"b": "a"}


def test_essays_that_say_nothing_of_each_other_stand_alone():
    assert continuations([essay("a", SUNDAY), essay("b", SUNDAY + WEEK)]) == {}


def test_parts_of_a_series_follow_each_other_whatever_they_say():
    essays = [essay("a", SUNDAY), essay("b", SUNDAY + 3 * WEEK, after="a"), essay("c", SUNDAY + 9 * WEEK, after="b")]
    assert continuations(essays) == {"b": "a", "c": "b"}


def test_a_series_goes_before_what_the_words_say():
    between = essay("b", SUNDAY + WEEK, opening="Last week we met a baker.")
    essays = [essay("a", SUNDAY, closing="More next week."), between, essay("c", SUNDAY + 2 * WEEK, after="a")]
    assert continuations(essays) == {"c": "a"}


def test_what_a_series_leaves_free_follows_the_words():
    last_part = essay("b", SUNDAY + WEEK, after="a", closing="More next week.")
    assert continuations([essay("a", SUNDAY), last_part, essay("c", SUNDAY + 2 * WEEK)]) == {"b": "a", "c": "b"}


@pytest.mark.parametrize(("days", "promised"), [(0, True), (7, True), (14, True), (15, False)])
def test_a_promise_is_kept_up_for_two_weeks(days: int, promised: bool):
    assert promises(essay("a", SUNDAY, closing="More next week."), SUNDAY + timedelta(days=days)) == promised


def test_who_promises_nothing_owes_nothing():
    assert not promises(essay("a", SUNDAY), SUNDAY)


@pytest.mark.parametrize("days", [0, 1, 6, 8, 14])
def test_only_a_week_apart_is_a_continuation(days: int):
    later = essay("b", SUNDAY + timedelta(days=days), opening="Last week we met a baker.")
    assert continuations([essay("a", SUNDAY, closing="More next week."), later]) == {}


@pytest.mark.parametrize("words", ["LAST WEEK we met", "As I said last\nweek, we met", "We met last week"])
def test_the_words_are_found_however_they_are_set(words: str):
    assert continuations([essay("a", SUNDAY), essay("b", SUNDAY + WEEK, opening=words)]) == {"b": "a"}


@pytest.mark.parametrize("words", ["Last weekend we met", "The last weeks were long", "Ballast week"])
def test_words_that_only_look_alike_link_nothing(words: str):
    assert continuations([essay("a", SUNDAY), essay("b", SUNDAY + WEEK, opening=words)]) == {}


def test_a_chain_goes_from_week_to_week():
    essays = [essay(str(n), SUNDAY + n * WEEK, opening="Last week we met.") for n in range(4)]
    assert continuations(essays) == {"1": "0", "2": "1", "3": "2"}


ESSAYS = st.lists(
    st.builds(
        Essay,
        id=st.uuids().map(str),
        on=st.integers(0, 21).map(lambda days: SUNDAY + timedelta(days=days)),
        opening=st.sampled_from(["Last week we met.", "Dear reader."]),
        closing=st.sampled_from(["More next week.", "Until then."]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(ESSAYS, st.randoms(use_true_random=False))
def test_order_of_files_decides_nothing(essays: list[Essay], random):
    shuffled = list(essays)
    random.shuffle(shuffled)
    assert continuations(shuffled) == continuations(essays)


@settings(max_examples=60, deadline=None)
@given(ESSAYS)
def test_nothing_continues_two_essays_or_is_continued_by_two(essays: list[Essay]):
    found = continuations(essays)
    by_id = {one.id: one for one in essays}
    assert len(set(found.values())) == len(found)
    assert all(by_id[later].on - by_id[earlier].on == WEEK for later, earlier in found.items())

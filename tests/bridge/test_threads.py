"""Threads hold every comment once, whatever the comments say about their parents."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.threads import threads
from tests.support.built_site import comment


def shape(comments) -> list[tuple[str, list[str]]]:
    return [(t.comment.id, [r.comment.id for r in t.replies]) for t in threads(comments)]


def test_replies_stand_under_what_they_answer_in_order_of_time():
    assert shape([comment(4, parent="1"), comment(3), comment(2, parent="1"), comment(1)]) == [
        ("1", ["2", "4"]),
        ("3", []),
    ]


def test_a_reply_to_a_reply_stands_one_step_in_and_says_whom_it_answers():
    comments = [comment(1), comment(2, parent="1"), comment(3, parent="2")]
    replies = threads(comments)[0].replies
    assert [(r.comment.id, r.to and r.to.id) for r in replies] == [("2", None), ("3", "2")]


def test_an_unknown_parent_begins_a_thread():
    assert shape([comment(2, parent="gone")]) == [("2", [])]


def test_comments_that_answer_each_other_in_a_circle_are_all_shown():
    assert shape([comment(1, parent="2"), comment(2, parent="1"), comment(3, parent="3")]) == [
        ("1", []),
        ("2", []),
        ("3", []),
    ]


parents = st.lists(st.none() | st.integers(0, 12).map(str), max_size=12)


@given(parents)
@settings(max_examples=100)
def test_every_comment_is_shown_once(parents: list[str | None]):
    comments = [comment(number, parent=parent) for number, parent in enumerate(parents, 1)]
    shown = [c for top, replies in shape(comments) for c in (top, *replies)]
    assert sorted(shown) == sorted(c.id for c in comments)

"""Threads hold every comment once, whatever the comments say about their parents."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.threads import places, threads
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


def test_an_old_link_finds_its_comment_and_ours_keep_their_own():
    assert places([comment(1), comment(2, anchor="c5551234567890")]) == {"1": "c1", "2": "c5551234567890"}


def test_an_old_anchor_called_like_one_of_ours_keeps_its_word():
    assert places([comment(2), comment(7, anchor="c2"), comment(8, anchor="c2")]) == {
        "2": "comment-2", "7": "c2", "8": "c8",
    }  # fmt: skip


@given(st.lists(st.sampled_from(["", "c1", "c2", "c3", "c77"]), max_size=8))
@settings(max_examples=60)
def test_no_two_comments_stand_at_one_place(anchors: list[str]):
    found = places([comment(number, anchor=anchor) for number, anchor in enumerate(anchors, 1)])
    assert len(set(found.values())) == len(anchors)
    assert {anchor for anchor in anchors if anchor} <= set(found.values())

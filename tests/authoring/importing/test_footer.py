"""What the old blog printed around an essay."""

import pytest

from authoring.importing.errors import ImportingError
from authoring.importing.footer import check_middle, strip_footer

ESSAY = ["It was cold.", "", "Call me at 212-555-0188."]


def test_the_footer_goes_and_is_reported_in_order() -> None:
    below = ["", "Posted by The Author at 7:00 AM", "No comments:", "", "Post a Comment", "Newer Post", "Home", ""]
    assert strip_footer([*ESSAY, *below]) == (ESSAY, tuple(line for line in below if line))


def test_a_text_without_footer_stays() -> None:
    assert strip_footer(ESSAY) == (ESSAY, ())


def test_a_footer_run_together_with_the_last_sentence_goes() -> None:
    lines, removed = strip_footer([*ESSAY[:2], ESSAY[2] + "No comments:Post a Comment"])
    assert (lines, removed) == (ESSAY, ("No comments:", "Post a Comment"))


def test_a_footer_run_together_with_the_next_files_first_line_goes() -> None:
    lines, removed = strip_footer(["", "Post a CommentMarch 6, 2016", *ESSAY])
    assert (lines, removed) == (["March 6, 2016", *ESSAY], ("Post a Comment",))


@pytest.mark.parametrize(
    "line", ["Do write, and post a comment.", "No comments: that is what he said.", "Please Post a Comment", "At home"]
)
def test_the_authors_own_words_stay(line: str) -> None:
    assert strip_footer([*ESSAY, line]) == ([*ESSAY, line], ())
    check_middle([*ESSAY, line, *ESSAY])


@pytest.mark.parametrize(
    "line", ["No comments:", "Post a Comment", "Post a CommentMarch 6, 2016", "Go on.No comments:"]
)
def test_a_footer_in_the_middle_is_refused(line: str) -> None:
    with pytest.raises(ImportingError, match="stands in the middle, near line 4; save each essay as its own file"):
        check_middle([*ESSAY, line, *ESSAY])


def test_old_comments_are_refused_and_never_dropped() -> None:
    with pytest.raises(ImportingError, match="old comments follow"):
        check_middle([*ESSAY, "2 comments:", "Well said!"])

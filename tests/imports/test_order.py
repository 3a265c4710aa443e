"""Every comment once, after what it answers, whatever the file says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from forms_service.imports.lines import comment_of
from forms_service.imports.order import parents_first, without_idle_stones
from forms_service.intake.imported import OldComment
from tests.conftest import NOW
from tests.support.old_comments import lines, said


def comments(*told: dict[str, object]) -> list[OldComment]:
    return [comment_of(lines([each]), NOW) for each in told]


def words(listed: list[OldComment]) -> list[str]:
    return [comment.text.removeprefix("Old words ").removesuffix(".") for comment in listed]


def test_by_time_but_nothing_before_what_it_answers():
    assert words(parents_first(comments(said(1, answers=3), said(2), said(3)))) == ["3", "1", "2"]


def test_a_line_of_five_thousand_answers_is_put_in_order():
    listed = comments(*(said(number, answers=number + 1) for number in range(1, 5001)))
    assert words(parents_first(listed)) == [str(number) for number in range(5000, 0, -1)]


@given(st.lists(st.none() | st.integers(1, 9), max_size=8))
@settings(max_examples=100)
def test_each_comes_once_and_finds_what_it_answers_there(parents: list[int | None]):
    listed = comments(*(said(number, answers=parent) for number, parent in enumerate(parents, 1)))
    ordered = parents_first(listed)
    assert sorted(words(ordered)) == sorted(words(listed))
    known = {comment.source_id for comment in listed}
    before: set[str] = set()
    for comment in ordered:
        assert comment.parent not in known or comment.parent in before
        before.add(comment.source_id)


def test_what_was_removed_stays_only_where_something_answers_it():
    listed = comments(
        said(1, deleted=True), said(2, deleted=True, answers=1), said(3, answers=2), said(4, deleted=True),
        said(5, deleted=True, answers=4), said(6),
    )  # fmt: skip
    kept = without_idle_stones(parents_first(listed))
    assert [comment.source_id[-1] for comment in kept] == ["1", "2", "3", "6"]

"""Paragraphs found by the length of lines."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from authoring.importing.reflow import ends_sentence, join, reflow, wrap_width
from tests.authoring.importing.texts import INVISIBLE, SECOND_PARAGRAPHS, wrapped

WORDS = st.text(st.sampled_from("abcdefgho"), min_size=1, max_size=11)
SENTENCES = st.lists(WORDS, min_size=4, max_size=18).map(lambda words: " ".join(words).capitalize() + ".")
PARAGRAPHS = st.lists(st.lists(SENTENCES, min_size=4, max_size=7).map(" ".join), min_size=1, max_size=5)


@settings(max_examples=30)
@given(PARAGRAPHS, st.integers(60, 90))
def test_paragraphs_that_end_on_a_short_line_are_all_found(paragraphs: list[str], width: int) -> None:
    short = [p for p in paragraphs if len(wrapped([p], width)[-1]) < width - 30]
    lines = wrapped(short, width)
    assume(any(not ends_sentence(line) for line in lines))  # else nothing tells that it was wrapped at all
    assert reflow(lines) == short


@settings(max_examples=30)
@given(PARAGRAPHS, st.integers(60, 90))
def test_no_word_is_lost_added_or_moved(paragraphs: list[str], width: int) -> None:
    assert " ".join(reflow(wrapped(paragraphs, width))).split() == " ".join(paragraphs).split()


def test_first_lines_cut_short_do_not_end_paragraphs() -> None:
    assert reflow(wrapped(SECOND_PARAGRAPHS, 72, INVISIBLE)) == list(SECOND_PARAGRAPHS)


def test_a_full_last_line_is_betrayed_by_the_short_line_after_it() -> None:
    lines = wrapped(SECOND_PARAGRAPHS, 72, INVISIBLE)
    last = lines.index("driver, who had forgotten the whole story. It made him laugh.")
    lines[last] = "driver, who had forgotten the whole story and laughed about it aloud."
    assert len(f"{lines[last]} Whom") > 72
    assert reflow(lines)[3] == SECOND_PARAGRAPHS[3]


def test_a_sentence_that_fills_its_line_ends_no_paragraph() -> None:
    full = "He reads it aloud when a visitor has said what is missing."
    paragraph = f"{full} Everybody in the shop listens, and somebody always knows a name that was not on the list."
    assert wrapped([paragraph], 60)[0] == full
    assert reflow(wrapped([SECOND_PARAGRAPHS[3], paragraph], 60)) == [SECOND_PARAGRAPHS[3], paragraph]


def test_a_line_too_long_does_not_mislead_about_the_width() -> None:
    lines = wrapped(SECOND_PARAGRAPHS, 72)
    lines[1] += " and so on and on"
    assert wrap_width(lines) == max(len(line) for i, line in enumerate(lines) if i != 1)


def test_a_line_cut_short_inside_a_sentence_is_passed_over() -> None:
    lines = wrapped(SECOND_PARAGRAPHS, 72)
    head, tail = lines[1].rsplit(" ", 3)[0], " ".join(lines[1].rsplit(" ", 3)[1:])
    assert reflow([lines[0], head, tail, *lines[2:]]) == list(SECOND_PARAGRAPHS)


def test_lines_that_were_never_wrapped_are_paragraphs() -> None:
    lines = [("One thing first. " * 12).strip(), "A heading", ("Another thing then. " * 12).strip(), "The last thing."]
    assert reflow(lines) == lines


def test_an_abbreviation_ends_no_paragraph() -> None:
    lines = wrapped(["We went to see old Mr. Baker, who keeps a list of names beside his oven and reads it daily."], 30)
    cut = [*lines[0].partition("Mr.")[:2]]
    assert reflow(["".join(cut), lines[0].partition("Mr. ")[2], *lines[1:]])[0].startswith("We went to see old Mr. ")


def test_a_word_cut_at_its_hyphen_becomes_whole() -> None:
    assert join(["a ready-to-", "sign  prospect,", "the pre-", "and the post-war ones –", "yes"]) == (
        "a ready-to-sign prospect, the pre- and the post-war ones – yes"
    )

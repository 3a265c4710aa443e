"""One essay out of plain text."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.importing.contacts import Contacts
from authoring.importing.errors import ImportingError
from authoring.importing.plain_text import read_draft, without_title
from tests.authoring.importing.texts import FIRST, FIRST_PARAGRAPHS, SECOND, SECOND_PARAGRAPHS

BODY = "One paragraph, long enough to be one.\n\nAnd another."


def test_date_title_and_paragraphs_are_found() -> None:
    draft = read_draft(FIRST)
    assert (draft.date, draft.title) == (date(2016, 3, 6), "The List by the Oven")
    assert draft.paragraphs == FIRST_PARAGRAPHS
    assert not draft.reflowed


def test_wrapped_text_without_title_and_date_invents_neither() -> None:
    draft = read_draft(SECOND)
    assert (draft.date, draft.title) == (None, None)
    assert draft.paragraphs == SECOND_PARAGRAPHS
    assert draft.reflowed


@pytest.mark.parametrize("text", [FIRST, SECOND])
def test_the_old_blogs_lines_are_taken_off_and_named(text: str) -> None:
    assert read_draft(text).removed == ("No comments:", "Post a Comment")


@pytest.mark.parametrize("text", [FIRST, SECOND])
def test_contacts_of_the_closing_words_are_found(text: str) -> None:
    assert read_draft(text).contacts == Contacts("baker@example.com", "212-555-0188")


@pytest.mark.parametrize(
    "head",
    [
        "March 6, 2016\nThe List\n\n",
        "March 6, 2016\n\n\nThe List\n\n",
        "The List\n\nMarch 6, 2016\n\n",
        "The List\nMarch 6, 2016\n\n",
        "\n\n  March 6, 2016  \n \t \n  The List \n\n",
    ],
)
def test_date_and_title_may_stand_in_either_order(head: str) -> None:
    draft = read_draft(head + BODY)
    assert (draft.date, draft.title, len(draft.paragraphs)) == (date(2016, 3, 6), "The List", 2)


def test_a_title_may_stand_without_a_date() -> None:
    draft = read_draft("The List\n\n" + BODY)
    assert (draft.date, draft.title, len(draft.paragraphs)) == (None, "The List", 2)


def test_a_question_below_a_date_is_a_title() -> None:
    assert read_draft("March 6, 2016\n\nWhom Do You Know?\n\n" + BODY).title == "Whom Do You Know?"


def test_a_question_that_opens_a_text_is_text() -> None:
    draft = read_draft("Whom do you know?\n\n" + BODY)
    assert (draft.title, draft.opening) == (None, "Whom do you know?")


def test_a_sentence_below_a_date_is_text() -> None:
    draft = read_draft("March 6, 2016\n\nIt was cold.\n\n" + BODY)
    assert (draft.title, draft.opening) == (None, "It was cold.")


def test_a_text_of_one_line_is_no_title() -> None:
    draft = read_draft("Nothing but this line")
    assert (draft.title, draft.paragraphs) == (None, ("Nothing but this line",))


def test_lines_between_blank_lines_are_one_paragraph() -> None:
    assert read_draft("It was cold.\nSo we went in.\n\nInside\nit was warm.").paragraphs == (
        "It was cold. So we went in.",
        "Inside it was warm.",
    )


def test_a_wrapped_text_may_follow_a_date_and_a_title() -> None:
    draft = read_draft("March 13, 2016\n\nReading the List\n\n" + SECOND)
    assert (draft.title, draft.paragraphs) == ("Reading the List", SECOND_PARAGRAPHS)


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_of_other_machines_make_no_difference(ending: str) -> None:
    assert read_draft(FIRST.replace("\n", ending)) == read_draft(FIRST)


def test_curly_quotes_and_dashes_stay() -> None:
    assert read_draft("“Why not?” – she’d said…\n\nThen —").paragraphs == ("“Why not?” – she’d said…", "Then —")


@pytest.mark.parametrize("text", ["", "\n \n", "No comments:\n\nPost a Comment\n", "March 6, 2016\n"])
def test_a_file_without_text_is_refused(text: str) -> None:
    with pytest.raises(ImportingError, match="there is no text in it"):
        read_draft(text)


def test_a_control_character_is_refused_by_its_line() -> None:
    with pytest.raises(ImportingError, match=r"line 3 holds the control character U\+0002"):
        read_draft("one\n\ntw\x02o")


@pytest.mark.parametrize("text", ["<!DOCTYPE html><p>Hello", "<?xml version='1.0'?><feed/>", "\n<div>Hello"])
def test_html_and_xml_are_refused(text: str) -> None:
    with pytest.raises(ImportingError, match="plain text"):
        read_draft(text)


def test_two_essays_in_one_file_are_refused() -> None:
    with pytest.raises(ImportingError, match="save each essay as its own file"):
        read_draft(SECOND.strip() + FIRST)


def test_a_first_paragraph_that_repeats_the_given_title_is_the_title() -> None:
    draft = read_draft("Whom do you know?\n\n" + BODY)
    assert without_title(draft, "Whom Do You Know?") == draft.paragraphs[1:]
    assert without_title(draft, "Another") == draft.paragraphs


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ImportingError):
        assert all(paragraph == " ".join(paragraph.split()) != "" for paragraph in read_draft(text).paragraphs)

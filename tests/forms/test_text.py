"""Typed text is tidied without losing a visible letter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_service.forms.text import is_blank, one_line, paragraphs

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)


@given(texts)
def test_a_line_has_no_control_characters_but_the_null_to_be_refused(text: str):
    line = one_line(text)
    assert not any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in line if c != "\0")
    assert line == line.strip()
    assert one_line(line) == line


@given(texts)
def test_a_line_keeps_every_visible_character(text: str):
    def visible(s: str) -> list[str]:
        return [c for c in s if unicodedata.category(c) != "Cc" and not c.isspace()]

    assert visible(one_line(text)) == visible(text)


@given(texts)
def test_paragraphs_keep_everything_but_the_kind_of_line_end(text: str):
    assert paragraphs(text) == paragraphs(text.replace("\n", "\r\n"))
    assert "\r" not in paragraphs(text)


@pytest.mark.parametrize(
    ("typed", "line"), [("A\nb", "A b"), ("\x07Anna\x1b[1m", "Anna[1m"), (" Zoë\u2028Ω ", "Zoë Ω"), (None, "")]
)
def test_breaks_become_blanks_and_the_rest_goes(typed: str | None, line: str):
    assert one_line(typed) == line


@pytest.mark.parametrize(
    ("text", "blank"),
    [("", True), (" \n", True), ("\u200b\u2060", True), ("\u0301", True), ("a", False), ("李", False), ("?", False)],
)
def test_blank_is_what_nobody_can_see(text: str, blank: bool):
    assert is_blank(text) is blank

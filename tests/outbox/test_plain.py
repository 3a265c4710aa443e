"""A visitor's words in a mail stay recognisable as his."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_service.outbox.plain import WIDTH, clip, lined, one_line, quoted

anything = st.text(st.characters() | st.sampled_from("\r\n\t\v\x00\x85\u2028\u2029\u202e >"), max_size=300)


@given(anything)
@settings(max_examples=200)
def test_one_line_is_one_line(text: str):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not {unicodedata.category(c) for c in line} & {"Cc", "Cs", "Zl", "Zp"}
    assert len(line) <= 200


@given(anything)
@settings(max_examples=200)
def test_every_quoted_line_is_marked_and_narrow(text: str):
    lines = quoted(text).splitlines()
    assert lines
    for line in lines:
        assert line == ">" or line.startswith("> ")
        assert len(line) <= WIDTH


def test_paragraphs_stay_apart():
    assert quoted("First.\r\n\r\nSecond.\n") == "> First.\n>\n> Second."


def test_words_are_wrapped_and_none_is_lost():
    text = "thank you " * 40
    assert quoted(text).replace("> ", "").split() == text.split()


def test_words_that_turn_the_reading_direction_are_read_as_they_stand():
    assert one_line("abc\u202edcba\u202c") == "abcdcba"


@pytest.mark.parametrize("text", ["e\u0301" * 20, "👩‍👩‍👧" * 9, "👍🏽" * 12, "❤️" * 15, "ü" * 30, "नमस्ते" * 6])
def test_cutting_tears_no_character(text: str):
    for longest in range(1, len(text)):
        kept = clip(text, longest).removesuffix("…")
        assert len(kept) < longest
        following = text[len(kept)]
        assert unicodedata.category(following) not in ("Mn", "Mc", "Me")
        assert following != "\u200d"
        assert not kept.endswith("\u200d")
        assert not "\U0001f3fb" <= following <= "\U0001f3ff"


def test_a_report_keeps_its_lines_and_wraps_the_long_ones_below_themselves():
    told = lined("One.\n\n  ~ /2026/11/second.html\n" + "word " * 20)
    assert told.splitlines()[:3] == ["One.", "", "  ~ /2026/11/second.html"]
    assert [line[:3] for line in told.splitlines()[3:]] == ["wor", "  w"]
    assert max(map(len, told.splitlines())) <= WIDTH

"""An essay read as plain words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.text import paragraphs, shortened, words


def test_paragraphs_are_plain_text():
    html = "<p>One <em>and</em>\n two &amp; three.</p>\n<p>Four.</p>"
    assert paragraphs(html) == ["One and two & three.", "Four."]


@pytest.mark.parametrize(
    "html",
    ["One.<br><br>Two.", "<div>One.</div><div>Two.</div>", "<p>One.<p>Two.", "One.<hr>Two.", "One.<br/> <br/>Two."],
)
def test_old_exports_part_their_paragraphs_in_other_ways(html: str):
    assert paragraphs(html) == ["One.", "Two."]


def test_a_single_break_parts_nothing():
    assert paragraphs("<p>One<br>two.</p>") == ["One two."]


def test_what_nobody_sees_is_not_read():
    assert paragraphs("<style>p{}</style><script>x()</script><p>One.</p>") == ["One."]


def test_an_empty_text_has_no_paragraphs():
    assert paragraphs("<p> &nbsp; </p><p></p>") == []


def test_words_are_counted_without_markup():
    assert words('<p>One <a href="/two words">two</a>.</p><p>Three.</p>') == 3


def test_a_short_text_stays_as_it_is():
    assert shortened("Short.") == "Short."


def test_whole_sentences_are_kept_where_they_fit():
    assert shortened("A first sentence. A second one that is too long to stay.", 40) == "A first sentence."


def test_words_are_kept_whole_where_no_sentence_fits():
    assert shortened("Words after words after words, and on and on", 32) == "Words after words after words…"


@settings(max_examples=100, deadline=None)
@given(st.text(), st.integers(10, 60))
def test_a_shortened_text_is_never_longer_than_asked(text: str, limit: int):
    assert len(shortened(text, limit)) <= limit


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>/&;!-pbrscipt \n\"'=ab"))
def test_any_html_can_be_read(html: str):
    assert all(paragraph == " ".join(paragraph.split()) != "" for paragraph in paragraphs(html))

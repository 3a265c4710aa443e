"""An essay's file read as prose: what nobody would read aloud is gone, and lines are those of the file."""

from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.check.prose import paragraphs, words

HEAD = "Title: A Title\nDate: 2026-11-22 07:00\n\n"


def texts(body: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(HEAD + body)]


def test_paragraphs_know_their_lines_in_the_file():
    found = paragraphs(HEAD + "One\nand more.\n\n\nTwo.\n")
    assert [(p.line, p.text) for p in found] == [(4, "One and more."), (8, "Two.")]


def test_the_lines_hold_in_a_file_from_windows():
    found = paragraphs((HEAD + "One.\n\nTwo.\n").replace("\n", "\r\n"))
    assert [(p.line, p.text) for p in found] == [(4, "One."), (6, "Two.")]


def test_the_lines_hold_below_any_head_that_markdown_knows():
    assert [p.line for p in paragraphs("Title: A\n \nOne.\n\nTwo.\n")] == [3, 5]
    assert [p.line for p in paragraphs("---\nTitle: A\n---\nOne.\n")] == [4]


def test_code_addresses_and_markup_are_not_read():
    body = "See [the frist](htp://x.y/zzz) <em>now</em> and `qwx` at https://qwx.example/zz or qq@zz.example &nbsp; ok"
    assert words(texts(body)[0]) == ["See", "the", "frist", "now", "and", "at", "or", "ok"]


def test_a_block_of_code_over_several_paragraphs_is_not_read():
    assert texts("One.\n\n```\nqwx\n\nqwy\n```\n\nTwo.") == ["One.", "Two."]


def test_marks_of_headings_lists_and_quotes_are_no_words():
    assert texts("## One\n\n> Two\n\n* Three") == ["One", "Two", "Three"]


def test_sentences_end_where_a_reader_ends_them():
    found = paragraphs(HEAD + "He said “Go.” She went! Why? Because … of 3.5 reasons.")[0]
    assert found.sentences == ["He said “Go.", "She went!", "Why?", "Because …", "of 3.5 reasons."]


def test_a_file_without_text_has_no_paragraphs():
    assert paragraphs("Title: A Title\n") == []


@settings(max_examples=80)
@given(st.text(alphabet="ab`<>[](){}~!-: \n", max_size=60))
def test_no_text_is_too_odd_and_lines_only_grow(body: str):
    lines = [paragraph.line for paragraph in paragraphs(HEAD + body)]
    assert lines == sorted(set(lines))
    assert all(3 < line <= 4 + body.count("\n") for line in lines)

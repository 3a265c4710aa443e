"""A visitor's text becomes paragraphs, lines and links, and stays the words it was."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.text import FORBIDDEN, clean, initial, is_page, one_line, paragraphs, pieces
from tests.support.built_site import HOSTILE

odd_text = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), max_size=12).map("".join)


def links(line: str) -> list[str]:
    return [piece.href for piece in pieces(line) if piece.href]


@given(odd_text)
@settings(max_examples=150)
def test_the_words_stay(text: str):
    lines = ["".join(piece.text for piece in line) for block in paragraphs(text) for line in block]
    assert " ".join(lines).split() == clean(text).split()


@given(odd_text)
@settings(max_examples=150)
def test_only_addresses_of_pages_become_links(text: str):
    for block in paragraphs(text):
        for line in block:
            assert all(p.href == p.text and p.href.lower().startswith(("http://", "https://")) for p in line if p.href)


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=150)
def test_what_is_clean_fits_into_xml(text: str):
    assert not FORBIDDEN.search(clean(text))


def test_a_lone_half_of_a_character_is_cleaned():
    assert clean("a\ud83db") == "a\N{REPLACEMENT CHARACTER}b"


def test_blank_lines_part_paragraphs_and_line_breaks_stay():
    assert [[[p.text for p in line] for line in block] for block in paragraphs("One\r\ntwo\r\n \r\nthree")] == [
        [["One"], ["two"]],
        [["three"]],
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("see https://example.com/a, please", ["https://example.com/a"]),
        ("(https://example.com/a)", ["https://example.com/a"]),
        ("https://example.com/a_(b) is fine", ["https://example.com/a_(b)"]),
        ("https://example.com/?q=1&r=2.", ["https://example.com/?q=1&r=2"]),
        ("HTTPS://EXAMPLE.COM", ["HTTPS://EXAMPLE.COM"]),
        ("javascript:alert(1) ftp://example.com mailto:a@example.com", []),
        ("xhttps://example.com", []),
        ("https:// http://[ https://?", []),
    ],
)
def test_the_sentence_keeps_its_punctuation(line: str, expected: list[str]):
    assert links(line) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a baker", "A"), ("  «Émile»", "É"), ("🙂", "🙂"), ("", "?"), ("\u202eabc", "A"), ("ßeta", "S")],
)
def test_the_circle_shows_one_letter(name: str, expected: str):
    assert initial(name) == expected


def test_a_label_is_one_line_that_turns_nothing_around():
    assert one_line("A\u202e baker\n\tof\x00bread") == "A baker of\N{REPLACEMENT CHARACTER}bread"


@pytest.mark.parametrize(
    "text",
    [
        "https://a" + ")" * 100_000, "https://a" + "(])" * 33_000, "https://a" + "." * 100_000, "https://" * 12_000,
        "\n \t" * 33_000, "\n" + " " * 100_000, "https://[" * 11_000, "\u202e" * 100_000,
    ],
    ids=["brackets", "both brackets", "full stops", "schemes", "blank lines", "blanks", "broken hosts", "turns"],
)  # fmt: skip
def test_ten_times_the_longest_comment_is_read_within_the_blink_of_an_eye(text: str):
    began = perf_counter()
    paragraphs(text)
    assert perf_counter() - began < 2


@pytest.mark.parametrize(
    ("address", "fits"),
    [("https://example.com/~baker", True), ("HTTP://EXAMPLE.com", True), ("javascript:alert(1)", False),
     ("//a.b", False), ("https://", False), ("https://[", False), ('https://a.b/"><b>', False),
     ("https://a.b/ c", False), ("", False), ("https://a.b/\x00", False), ("https://a.b/\u202e", False),
     (" https://a.b", False)],
)  # fmt: skip
def test_the_link_of_a_name_is_a_whole_address_of_a_page(address: str, fits: bool):
    assert is_page(address) is fits

"""Labels become few tags, each with a page of its own, by a table that the author may edit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.importing.blogger.labels import proposed, read, settled, slug, unlisted, with_tags, write
from authoring.vocabulary import MOST_TAGS

LABELS = st.dictionaries(
    st.sampled_from(["A b", "a B", "C++", "C#", "..", "日本", "x=y", "#tag", "Bread"]), st.integers(1, 9)
)


def test_labels_that_differ_in_capitals_are_one_tag() -> None:
    assert proposed({"Bread": 2, "bread": 5}, []) == {"bread": ("bread",), "Bread": ("bread",)}


def test_labels_that_are_joined_otherwise_are_one_tag_and_other_names_are_not() -> None:
    table = proposed({"new-york": 5, "New York": 2, "C++": 3, "C#": 1}, [])
    assert table == {"new-york": ("new-york",), "New York": ("new-york",), "C++": ("C++",), "C#": ()}


def test_what_the_site_calls_a_tag_already_counts_first() -> None:
    assert proposed({"bread": 5}, ["Bread"]) == {"bread": ("Bread",)}


def test_no_more_tags_are_proposed_than_serve_readers() -> None:
    counts = {f"label {letter}": 1 for letter in "abcdefghijklmnopqrstuvwxyz"}
    assert sum(bool(tags) for tags in proposed(counts, []).values()) == MOST_TAGS


def test_what_the_authors_list_has_room_for_is_proposed() -> None:
    counts = {f"Label {number}": 1 for number in range(40)} | {"tag 3": 1}
    table = proposed(counts, [f"Tag {number}" for number in range(12)])
    assert {tag for tags in table.values() for tag in tags} == {"Label 0", "Label 1", "Label 10", "Tag 3"}


@pytest.mark.parametrize(
    ("listed", "after"),
    [
        (b"# mine\nBread\n", b"# mine\nBread\nSalt\nK\xc3\xa4se\n"),
        (b"Bread", b"Bread\nSalt\nK\xc3\xa4se\n"),
        (b"\xef\xbb\xbfBread\r\n", b"\xef\xbb\xbfBread\r\nSalt\r\nK\xc3\xa4se\r\n"),
        (b"", b"Salt\nK\xc3\xa4se\n"),
    ],
)
def test_new_tags_stand_below_the_authors_own(listed: bytes, after: bytes) -> None:
    assert with_tags(listed, ["Salt", "Käse"]) == after


def test_only_what_the_list_lacks_and_can_hold_is_added() -> None:
    assert unlisted(["bread", "Salt", "C# and F#", "Salt"], ["Bread"]) == ["Salt"]


def test_two_tags_never_share_an_address() -> None:
    assert proposed({"C#": 5, "C++": 3, "..": 2}, []) == {"C#": ("C#",), "C++": (), "..": ()}
    assert settled({"a": ("C#", "c#", "C++", "!")}, {}) == {"a": ("C#",)}


@settings(max_examples=60)
@given(LABELS)
def test_the_table_is_read_as_it_was_written(counts: dict[str, int]) -> None:
    table = proposed(counts, ["Bread"])
    assert read(write(table, counts)) == table
    tags = {tag for of_label in table.values() for tag in of_label}
    assert len({slug(tag) for tag in tags}) == len(tags)

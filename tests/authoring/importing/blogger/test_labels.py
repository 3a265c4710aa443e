"""Labels become few tags, each with a page of its own, by a table that the author may edit."""

from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.importing.blogger.labels import proposed, read, settled, slug, write
from authoring.vocabulary import MOST_TAGS

LABELS = st.dictionaries(
    st.sampled_from(["A b", "a B", "C++", "C#", "..", "日本", "x=y", "#tag", "Bread"]), st.integers(1, 9)
)


def test_labels_that_differ_in_capitals_are_one_tag() -> None:
    assert proposed({"Bread": 2, "bread": 5}, []) == {"bread": ("bread",), "Bread": ("bread",)}


def test_what_the_site_calls_a_tag_already_counts_first() -> None:
    assert proposed({"bread": 5}, ["Bread"]) == {"bread": ("Bread",)}


def test_no_more_tags_are_proposed_than_serve_readers() -> None:
    counts = {f"label {letter}": 1 for letter in "abcdefghijklmnopqrstuvwxyz"}
    assert sum(bool(tags) for tags in proposed(counts, []).values()) == MOST_TAGS


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

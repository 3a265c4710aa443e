"""The list of trades: read as it is written, refused in one line where it cannot be, found in free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_service.people.categories import (
    LONGEST_TERM,
    NEIGHBOUR,
    SAME,
    SYNONYM,
    Category,
    CategoryError,
    read_categories,
)
from tests.conftest import ROOT

OURS = read_categories((ROOT / "content" / "trades.txt").read_text(encoding="utf-8"))
WORD = st.text("abcdefghijklmnopqrstuvwxyzäöü", min_size=1, max_size=8)


@st.composite
def lists(draw: st.DrawFn) -> list[Category]:
    """Trades without two of one name, whose neighbours have lines of their own."""
    words = draw(st.lists(WORD, min_size=1, max_size=12, unique=True))
    names = words[: draw(st.integers(1, len(words)))]
    synonyms = iter(words[len(names) :])
    near = st.lists(st.sampled_from(names), max_size=3).map(tuple)
    return [Category(name, tuple(s for s in [next(synonyms, "")] if s), draw(near)) for name in names]


def written(listed: list[Category]) -> str:
    return "\n".join(f"{c.name} = {', '.join(c.synonyms)} ~ {', '.join(c.neighbours)}  # a remark" for c in listed)


@given(lists())
def test_what_is_written_is_read(listed: list[Category]):
    assert list(read_categories(written(listed)).listed.values()) == listed


@given(lists())
def test_closeness_is_mutual_and_a_word_is_closest_to_itself(listed: list[Category]):
    categories = read_categories(written(listed))
    for one in categories.terms:
        assert categories.closeness(one, one) == SAME
        for other in categories.terms:
            assert categories.closeness(one, other) == categories.closeness(other, one)


@given(lists(), st.text(max_size=60))
def test_what_is_proposed_stands_in_the_list(listed: list[Category], text: str):
    categories = read_categories(written(listed))
    assert categories.proposed(text) in {"", *categories.terms}


@given(st.text(max_size=200))
def test_any_text_is_a_list_or_is_refused_in_one_line(text: str):
    assert "\n" not in complaint(text)


def complaint(text: str) -> str:
    try:
        read_categories(text)
    except CategoryError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("baker = bread\nbaker = cakes", "line 2: “baker”"),
        ("baker = bread\nmiller = bread", "line 2: “bread”"),
        ("baker = baker", "line 1: “baker” says a word twice"),
        ("baker ~ miller", "neighbour “miller”"),
        ("= bread", "line 1: a trade needs a name"),
        ("a" * (LONGEST_TERM + 1), "80 characters"),
    ],
)
def test_a_slip_is_said_with_its_place(text: str, said: str):
    with pytest.raises(CategoryError, match=said):
        read_categories(text)


def test_the_starting_list_is_rich_and_sound():
    assert len(OURS.listed) >= 120
    assert all(
        any(OURS.closeness(a, b) == NEIGHBOUR for b in OURS.listed) or c.synonyms for a, c in OURS.listed.items()
    )


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("I am looking for a good PLUMBER", "plumber"),
        ("Do you know any plumbers?", "plumber"),
        ("my leaking tap drives me mad", "leaking tap"),
        ("Somebody for tennis", "tennis"),
        ("a wedding cake and flowers", "wedding cake"),
        ("Peace of mind", ""),
        ("", ""),
    ],
)
def test_free_text_finds_its_trade(text: str, term: str):
    assert OURS.proposed(text) == term


def test_a_word_of_the_list_is_named_by_its_trade_and_any_other_by_itself():
    assert (OURS.named("Leaking  tap"), OURS.named("plumber"), OURS.named("Chess")) == ("plumber", "plumber", "Chess")


def test_closeness_of_the_starting_list():
    assert OURS.closeness("plumber", "Plumber ") == SAME
    assert OURS.closeness("plumber", "plumbing") == SYNONYM
    assert OURS.closeness("pipes", "boiler") == NEIGHBOUR
    assert OURS.closeness("plumber", "florist") == 0
    assert OURS.closeness("", "") == 0
    assert OURS.closeness("falconer", "falconer") == SAME  # a word of the author's own, in no list

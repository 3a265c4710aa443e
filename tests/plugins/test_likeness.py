"""Which essays are alike: by rare words and shared tags, the same answer every time."""

import time
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.likeness import MOST, Text, related, words_in

SHOP = "the hinge on the counter was sold with a screw for a gate and the owner remembered the gate"
VAN = "the van that brought the bread stood still and a mechanic mended the van before the bread was cold"
LETTER = "the card was written by hand and posted on a monday with a stamp that somebody had chosen"


def text(id: str, words: str, *tags: str, apart: tuple[str, ...] = ()) -> Text:
    return Text(id, words_in(words), frozenset(tags), frozenset(apart))


def some() -> list[Text]:
    return [text(f"{name}{number}", words) for name, words in zip("svl", (SHOP, VAN, LETTER), strict=True)
            for number in (1, 2)]  # fmt: skip


def test_essays_of_the_same_rare_words_find_each_other():
    assert related(some()) == {"s1": ["s2"], "s2": ["s1"], "v1": ["v2"], "v2": ["v1"], "l1": ["l2"], "l2": ["l1"]}


def test_words_that_everybody_says_relate_nobody():
    assert related([text(str(number), "the and was with") for number in range(6)]) == {str(n): [] for n in range(6)}


def test_a_shared_tag_decides_between_two_that_are_alike():
    essays = [*some(), text("s3", SHOP, "Clients"), text("s4", SHOP, "Clients"), text("s5", SHOP)]
    assert related(essays)["s4"][0] == "s3"


def test_three_are_the_most_and_come_in_the_same_order():
    essays = [text(f"s{number}", SHOP) for number in range(6)] + [text(f"x{number}", LETTER) for number in range(20)]
    assert related(essays)["s5"] == ["s0", "s1", "s2"]


def test_what_is_linked_from_it_anyway_is_left_out():
    essays = [text("s1", SHOP, apart=("s2",)), *(one for one in some() if one.id != "s1")]
    assert related(essays)["s1"] == []


def test_a_word_or_two_in_common_are_chance():
    assert related([*some(), text("x1", "more yeast tomorrow"), text("x2", "no yeast tomorrow")])["x1"] == []


def test_tags_of_html_are_no_words():
    assert words_in('<p class="prose">Bread, <em>bread</em>!</p>') == {"bread": 2}


TEXTS = st.lists(st.lists(st.sampled_from(["bread", "van", "gate"]), max_size=6), max_size=8).map(
    lambda found: [text(str(number), " ".join(words)) for number, words in enumerate(found)]
)


@settings(max_examples=60)
@given(TEXTS, st.randoms())
def test_order_of_files_decides_nothing(texts: list[Text], random):
    shuffled = list(texts)
    random.shuffle(shuffled)
    assert related(shuffled) == related(texts)
    assert all(id not in others and len(others) <= MOST for id, others in related(texts).items())


def test_730_essays_are_not_compared_pair_by_pair():
    """Half a second of a processor where nothing else runs; pair by pair it would be minutes."""
    words = ["".join(letters) for letters in product("aeioulnrst", repeat=4)]
    pages = [" ".join(words[k * k * (n + 1) % 9973 // (1 + k % 7)] for k in range(580)) for n in range(730)]
    began = time.process_time()
    found = related([text(str(number), page) for number, page in enumerate(pages)])
    assert time.process_time() - began < 10
    assert len(found) == 730

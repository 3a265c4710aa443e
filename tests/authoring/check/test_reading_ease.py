"""Flesch's formula, against what he says of it: short words in short sentences read easily, and long ones do not."""

import pytest

from authoring.check.prose import Paragraph
from authoring.check.reading_ease import HARD, PLAIN, longest_sentence, reading_ease, syllables

EASY = "The man came in. He sat down and ate his bread. It was warm and good. " * 8
HEAVY = (
    "Organisational interdependencies necessitate comprehensive reconsideration of institutional communication,"
    " particularly concerning intergenerational responsibilities and administrative accountability. " * 8
)


@pytest.mark.parametrize(
    ("word", "count"),
    [("the", 1), ("made", 1), ("asked", 1), ("wanted", 2), ("table", 2), ("gratitude", 3), ("referral", 3),
     ("boxes", 2), ("people", 2), ("strength", 1), ("hm", 1), ("don't", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int):
    assert syllables(word) == count


def test_the_formula_is_fleschs():
    """Ten sentences of ten words of one syllable: 206.835 − 10.15 − 84.6."""
    text = [Paragraph(1, "The cat sat on the mat with the big dog. " * 10)]
    assert reading_ease(text) == pytest.approx(112.085)


def test_plain_words_are_plain_and_heavy_ones_hard():
    easy, heavy = reading_ease([Paragraph(1, EASY)]), reading_ease([Paragraph(1, HEAVY)])
    assert easy is not None
    assert heavy is not None
    assert easy > PLAIN
    assert heavy < HARD


def test_of_a_few_words_nothing_is_said():
    assert reading_ease([Paragraph(1, "Few words.")]) is None


def test_the_longest_sentence_is_named_with_its_place():
    where, sentence = longest_sentence([Paragraph(4, "Short. Yes."), Paragraph(9, "No. This one is longer than all.")])
    assert (where.line, sentence) == (9, "This one is longer than all.")

"""Slips are found; names, the author's own words and foreign languages are left alone."""

import subprocess
import sys

import pytest

from authoring.check.prose import Paragraph
from authoring.check.spelling import Speller
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def english() -> Speller:
    return Speller("en", ["Wibbling"])


def doubtful(speller: Speller, text: str) -> list[tuple[str, str, int]]:
    return speller.doubtful([Paragraph(7, text)])


def test_a_slip_is_named_with_its_line_and_what_it_may_mean(english: Speller):
    assert doubtful(english, "I recieve bread.") == [("recieve", "receive", 7)]


def test_a_slip_at_the_beginning_of_a_sentence_is_a_slip(english: Speller):
    assert doubtful(english, "It is so. Teh bread was warm.") == [("Teh", "the", 7)]


def test_a_slip_is_named_once(english: Speller):
    assert len(doubtful(english, "We recieve and recieve and recieve.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "She met Xanthippe there. Xanthippe was glad.",
        "Qwertzuiop wrote to me.",  # like no word we know: a name
        "The NASA and McDonald and iPhones came.",
        "The baker’s oven, the bakers’ ovens, and somebody else's.",
        "I don’t, won't and couldn’t.",
        "He was wibbling; Wibbling is his word.",
        "A well-known self-made man.",
        "At 7am on the 3rd, 42 of 77.",
        "My neighbour organised a travelling programme in the theatre, with a skilful defence of colour.",
    ],
)
def test_what_is_right_or_may_be_a_name_is_left_alone(english: Speller, text: str):
    assert doubtful(english, text) == []


@pytest.mark.parametrize("slip", ["untill", "wich", "definately", "seperate", "acommodate", "occured", "thier"])
def test_what_neither_side_of_the_ocean_writes_is_a_slip(english: Speller, slip: str):
    assert [word for word, _, _ in doubtful(english, f"It is {slip} so.")] == [slip]


def test_another_language_is_read_by_its_own_words():
    assert doubtful(Speller("de-AT", []), "Das Brot war warm und die Frau ging nach Hause.") == []
    assert doubtful(Speller("de", []), "das brot schmekt.")[0][0] == "schmekt"


def test_of_a_language_nobody_knows_nothing_is_said():
    assert doubtful(Speller("tlh", []), "nuqneH qapla ghargh.") == []


def test_nobody_waits_for_word_lists_that_nobody_needs():
    code = "import sys; import authoring.check.advice; sys.exit('spellchecker' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0

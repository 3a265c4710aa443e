"""One spelling for every word that is looked for."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_service.people.folding import fold, fold_word, words_of

TEXTS = st.text(alphabet="aZ 'é\u0301ÉßøŁæİıσςΣДйЙहिंदीไทย日本語がカﾞ한글עִבְאُ①ﬁＡ\n\t\u3000", max_size=30)


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("Müller", "muller"), ("MÜLLER", "müller"), ("Mu\u0308ller", "MÜLLER"), ("Straße", "STRASSE"), ("Łódź", "lodz"),
        ("Ærø", "aero"), ("ΟΔΥΣΣΕΥΣ", "οδυσσεύς"), ("Йод", "йод"), ("İzmir", "izmir"), ("ＡＢＣ１２", "abc12"),
        ("ﬁne", "fine"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_are_one(written: str, sought: str):
    assert fold_word(written) == fold_word(sought)


def test_the_marks_of_other_scripts_are_letters_and_stay():
    assert fold("हिंदी") != fold("हद")
    assert fold("が") != fold("か")


def test_a_word_that_is_nothing_but_marks_stays_what_it_is():
    assert fold_word("\u0301") == "\u0301"
    assert words_of(["\u0301 ´"]) == {"\u0301", "´"}


@settings(max_examples=60)
@given(TEXTS)
def test_folding_twice_is_folding_once(text: str):
    assert fold(fold(text)) == fold(text)


@settings(max_examples=60)
@given(TEXTS.map(lambda text: normalize("NFC", text)), st.integers(0, 30), st.integers(1, 8))
def test_every_part_of_a_word_is_found_in_what_it_becomes(text: str, start: int, length: int):
    for word in text.split():
        part = word[start : start + length]
        assert fold_word(part) in fold_word(word) or not fold(part).strip()

"""Whether a comment says enough that its writer is owed a word back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_service.people.substance import is_substantial

#: Thirty words.
ENOUGH = (
    "My miller drove through the snow to bring me flour on the morning of the fair, "
    "and only years later did I see what that had cost him in sleep."
)


@pytest.mark.parametrize(
    ("text", "is_enough"),
    [
        (ENOUGH, True),
        (ENOUGH + " https://example.com/", True),
        ("Well said!", False),
        ("", False),
        ("https://example.com/" + "a" * 400, False),
        ("感謝の気持ちを伝えることは、商売よりも大切なことだと思います。" * 7, True),
        ("! ? … " * 200, False),
    ],
)
def test_a_few_sentences_are_enough_and_a_compliment_is_not(text: str, is_enough: bool):
    assert is_substantial(text) is is_enough


@settings(max_examples=40)
@given(st.text(max_size=400), st.text(max_size=100))
def test_saying_more_never_makes_less_of_it(text: str, more: str):
    assert not is_substantial(text) or is_substantial(f"{text}\n{more}")

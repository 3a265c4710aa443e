"""An essay ends with its last paragraph, and with the one before where the last only invites to answer."""

import pytest

from plugins.last_words import last_words

INVITATION = "Leave me a comment, e-mail me, or call."


@pytest.mark.parametrize(
    ("paragraphs", "ending"),
    [
        ([], []),
        (["One."], ["One."]),
        ([INVITATION], [INVITATION]),
        (["One.", "More next week."], ["More next week."]),
        (["One.", "More next week.", INVITATION], ["More next week.", INVITATION]),
        (["One.", "More.", "Comments are open.", INVITATION], ["Comments are open.", INVITATION]),
        (["One.", "Two.", INVITATION, INVITATION], ["Two.", INVITATION, INVITATION]),
        (["One.", "Two.", INVITATION, INVITATION, INVITATION], [INVITATION, INVITATION, INVITATION]),
        (["One.", "He left a comment about my phone."], ["One.", "He left a comment about my phone."]),
    ],
)
def test_the_ending_is_what_is_said_last_with_the_invitation_below(paragraphs: list[str], ending: list[str]):
    assert list(last_words(paragraphs)) == ending

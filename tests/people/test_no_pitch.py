"""The word of caution before thanks go out: it finds what sells, leaves plain thanks alone, and never fails."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_service.people.no_pitch import pitches


@pytest.mark.parametrize(
    ("words", "what", "quote"),
    [
        ("It is only $40, by the way.", "A price", "$40"),
        ("The next one costs 99 euros.", "A price", "99 euros"),
        ("Just 25 a month.", "A price", "Just 25 a month"),
        ("Take 20% off your next order.", "An offer", "20% off"),
        ("I'd love to offer you a seat.", "An offer", "I'd love to offer you"),
        ("I’d like to offer you a seat.", "An offer", "I’d like to offer you"),
        ("Have a look at our new package!", "An offer", "our new package"),
        ("Here is a free consultation for you.", "An offer", "free consultation"),
        ("Talk soon: https://calendly.com/somebody", "A booking link", "https://calendly.com/somebody"),
        ("See https://example.com/book-a-call?x=1.", "A booking link", "https://example.com/book-a-call?x=1."),
        ("Shall we schedule a quick call?", "A booking link", "schedule a quick call"),
        ("Do you know anyone else who needs cards?", "A wish for referrals", "Do you know anyone"),
        ("If you happen to hear of somebody, tell them.", "A wish for referrals", "If you happen to hear of somebody"),
        ("Please refer me to your sister.", "A wish for referrals", "refer me"),
        ("Keep us in mind.", "A wish for referrals", "Keep us in mind"),
        ("I live on more referrals like this.", "A wish for referrals", "more referrals"),
    ],
)
def test_what_sells_is_found_and_quoted_as_it_was_typed(words: str, what: str, quote: str):
    assert [(each.what, each.quote) for each in pitches(words)] == [(what, quote)]


@pytest.mark.parametrize(
    "words",
    [
        "Thank you for referring a teacher to me. She was kind from the first minute.",
        "You recommended me to your neighbour, and we had tea in her garden. It made my week.",
        "Thank you for sending them my way, and for the time you took.",
        "I am 100% grateful. The sink has been dry since Tuesday.",
        "I read the book you lent me twice. Your offer to help with the move meant the world to us.",
        "I know somebody like you is rare. Who else would have come on a Sunday!",
        "You were in my mind when the roses came out.",
        "Thank you for the referral; whatever comes of it, it was generous of you.",
        "Your calendar is full, and still you came.",
        "We met in 2015, on October 11, at 10 in the morning.",
        "",
    ],
)
def test_plain_thanks_are_left_alone(words: str):
    assert pitches(words) == []


def test_each_sort_is_said_once_in_the_order_of_the_words():
    found = pitches("Spread the word! It is $5, or $6. Spread the word!")
    assert [each.what for each in found] == ["A wish for referrals", "A price"]


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_whatever_is_typed_what_is_quoted_stands_in_it(words: str):
    assert all(each.quote and each.quote in words for each in pitches(words))

"""The word of caution before thanks go out: it finds what sells, leaves plain thanks alone, and never fails."""

from time import process_time

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
        ("Please refer me to your sister.", "A wish for referrals", "Please refer me to your sister"),
        ("Keep us in mind.", "A wish for referrals", "Keep us in mind"),
        ("I live on more referrals like this.", "A wish for referrals", "more referrals"),
        ("Please refer others, too.", "A wish for referrals", "Please refer others"),
        ("You are kind. Refer anybody you like.", "A wish for referrals", "Refer anybody"),
        ("Could you also introduce me to her?", "A wish for referrals", "Could you also introduce me"),
        (
            "Please mention my shop to your neighbours.",
            "A wish for referrals",
            "Please mention my shop to your neighbours",
        ),
        ("If somebody you know needs a roof, I am here.", "A wish for referrals", "If somebody you know needs"),
        ("Tell me of anyone who could use my help.", "A wish for referrals", "anyone who could use my"),
        ("Keep sending them!", "A wish for referrals", "Keep sending"),
        ("Would you write a short review?", "A wish for referrals", "write a short review"),
        ("We are looking for more clients like you.", "A wish for referrals", "looking for more clients"),
        ("Our prices went down, by the way.", "A price", "Our prices"),
        ("I enclose the price list.", "A price", "price list"),
        ("It may be time to renew.", "An offer", "time to renew"),
        ("Upgrade to the larger one!", "An offer", "Upgrade to the"),
        ("Check out our window.", "An offer", "Check out our"),
        ("Just click here.", "A booking link", "click here"),
        ("Spread\nthe word!", "A wish for referrals", "Spread\nthe word"),
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
        "You refer others so kindly, and recommend people who keep their word.",
        "I did not expect that you would introduce me to a stranger on such a day.",
        "I hardly know anyone who would drive so far for a loaf.",
        "Your prices are fair, and your work is better than that.",
        "If anyone asks me what kindness is, I shall tell them of you.",
        "You renewed my faith in early mornings. Remember me to your mother.",
        "I recommend your bakery to everybody now.",
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


PLAIN = st.sampled_from(
    ["", "Thank you. ", "The sink is dry, and the house is quiet again.\n\n", "You came on a Sunday! "]
)
SELLS = st.sampled_from([
    "It is only $40.", "Our prices went down.", "Take 20% off.", "Please refer others.", "Please spread the word.",
    "Shall we schedule a quick call?", "Do you know anyone else?", "I’d like to offer you a seat.",
])  # fmt: skip


@settings(max_examples=60)
@given(PLAIN, SELLS, PLAIN, st.sampled_from([str, str.upper, str.lower]))
def test_what_sells_is_found_among_plain_thanks_however_it_is_spelled(before: str, words: str, after: str, spelled):
    alone = [each.what for each in pitches(words)]
    assert alone
    assert [each.what for each in pitches(spelled(f"{before}{words} {after}"))] == alone


def test_a_long_letter_is_read_at_once():
    """No sign looks back and forth over what was typed."""
    began = process_time()
    for words in (
        "please " * 2_000,
        "if anybody " * 1_500,
        "www." + "x" * 12_000,
        "do you know " * 1_000,
        "1," * 6_000,
    ):
        pitches(words)
    assert process_time() - began < 1

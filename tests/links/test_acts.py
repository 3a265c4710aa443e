"""When pressing a link's button acts, and what its page says otherwise."""

import pytest

from forms_service.links.acts import ACTS, STATE_WORDS, UNDECIDED, may_be_pressed, verdict
from forms_service.links.tokens import ACTIONS


def test_every_link_that_a_mail_may_carry_has_its_words():
    signed = {(purpose, action) for purpose in UNDECIDED for action in ACTIONS[purpose]}
    assert set(ACTS) == signed
    assert {act.leads_to for act in ACTS.values()} | set(UNDECIDED.values()) == set(STATE_WORDS)


@pytest.mark.parametrize(
    ("state", "seen", "outcome"),
    [
        ("pending", "pending", "act"),
        ("approved", "pending", "already"),
        ("approved", "approved", "already"),
        ("rejected", "pending", "otherwise"),
        ("rejected", "rejected", "act"),
        ("spam", "rejected", "otherwise"),
    ],
)
def test_approving_acts_only_on_what_the_page_showed(state: str, seen: str, outcome: str):
    assert verdict("comment", state, "approved", seen) == outcome


def test_the_button_is_not_offered_twice():
    assert not may_be_pressed("comment", "approved", "approved")
    assert may_be_pressed("comment", "spam", "approved")


def test_spam_is_not_answered_from_a_mail():
    assert not may_be_pressed("submission", "spam", "answered")
    assert verdict("submission", "spam", "answered", seen="spam") == "otherwise"
    assert may_be_pressed("submission", "answered", "spam")

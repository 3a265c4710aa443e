"""What the mails say, and that nothing a visitor writes can pass for it."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.identity import load_identity
from forms_service.outbox.emails import (
    Arrival,
    Button,
    comment_received,
    contact_received,
    referral_contact_received,
    referral_received,
    sign_in,
)  # fmt: skip
from forms_service.outbox.message import Email
from tests.conftest import ROOT

SITE = load_identity(ROOT / "site.toml", {})
DUE = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
ARRIVAL = Arrival(
    site=SITE, reference="K7QM-3FXD", name="A baker", email="baker@example.com", phone="", is_claim=False,
    suspicions=(), due_at=DUE, left=timedelta(hours=23, minutes=59), dashboard="https://example.com/dashboard/inbox",
)  # fmt: skip
BUTTONS = [Button("Publish it", "https://example.com/links/one"), Button("It is spam", "https://example.com/links/two")]
hostile = st.text(st.characters() | st.sampled_from("\r\n\v\x85\u2028\u2029\u202e>: /"), max_size=200)


def about_a_comment(text: str = "I agree.", replies_to: str = "", **changed) -> Email:
    arrival = dataclasses.replace(ARRIVAL, **changed)
    address = "https://example.com/2026/11/thanks.html"
    return comment_received(arrival, "Thanks, on a Friday", address, text, replies_to, BUTTONS)


def about_a_message(message: str = "May I call?", looking_for: str = "", good_at: str = "", **changed) -> Email:
    return contact_received(dataclasses.replace(ARRIVAL, **changed), message, looking_for, good_at, BUTTONS)


def about_a_referral(level: str = "L2", referred: str = "A teacher", look_out_for: str = "") -> Email:
    return referral_received(ARRIVAL, level, referred, "Thank-you cards.", look_out_for, BUTTONS)


def test_a_comments_mail_can_be_read_at_a_glance():
    assert about_a_comment("I agree.\n\nWholly.").body == (
        "A reader has left a comment on your essay “Thanks, on a Friday”:\n\n"
        "https://example.com/2026/11/thanks.html\n\n"
        "From:   A baker\n"
        "E-mail: baker@example.com (never published; your reply to this mail goes there)\n\n"
        "> I agree.\n>\n> Wholly.\n\n"
        "It waits for you; no reader sees it yet.\n\n"
        "Each link opens a page with a button; nothing happens before you press it.\n\n"
        "Publish it:\nhttps://example.com/links/one\n\n"
        "It is spam:\nhttps://example.com/links/two\n\n"
        "Answer by Thursday, November 19, 2026, 10:00 AM: 24 hours left.\n\n"
        "Reference K7QM-3FXD. It is also in your dashboard:\n"
        "https://example.com/dashboard/inbox\n"
    )


def test_the_subject_names_the_essay_and_who_wrote():
    assert about_a_comment().subject == "A baker commented on “Thanks, on a Friday”"
    assert about_a_message().subject == "A baker wrote to you"
    assert about_a_referral().subject == "A baker refers A teacher to you"
    assert about_a_referral("L0", "").subject == "A baker knows of a situation"


def test_a_reply_goes_to_the_visitor():
    assert about_a_comment().reply_to == "baker@example.com"


def test_an_address_that_cannot_be_answered_is_shown_as_typed():
    body = about_a_message(email="baker@", phone="+1 212-555-0143").body
    assert "E-mail: baker@ (as typed; a reply to this mail does not go there)" in body
    assert "Phone:  +1 212-555-0143" in body


def test_an_answer_to_a_comment_says_whose():
    assert "Answers: the comment by A gardener" in about_a_comment(replies_to="A gardener").body


def test_the_two_questions_are_shown_if_they_were_answered():
    body = about_a_message(looking_for="A good printer").body
    assert "What they are looking for just now:\n\n> A good printer\n" in body
    assert "What they do well" not in body


def test_what_looks_odd_is_said():
    assert (
        "Something looks odd: no browser said where it came from."
        in about_a_message(suspicions=("no browser said where it came from",)).body
    )


def test_a_known_address_is_only_a_claim():
    assert "Note:   this address is on your list; anybody could have typed it" in about_a_comment(is_claim=True).body


@pytest.mark.parametrize(
    ("level", "claim", "advice"),
    [
        ("L0", "A situation, no person yet", "There is nobody to write to yet."),
        ("L1", "Someone in mind, who does not know yet", "Ask the referrer to introduce you"),
        ("L2", "Told them, and they agreed to hear from you", "You may send one message"),
        ("L3", "Introduces you to each other", "You may write or call."),
        ("L4", "They know the referrer’s own experience", "You may write or call."),
    ],
)
def test_a_referrals_mail_says_how_far_it_went_and_whether_we_may_write(level: str, claim: str, advice: str):
    words = " ".join(about_a_referral(level).body.split())
    assert f"as the referrer says: {claim}" in words
    assert advice in words
    assert "a referrer deserves your thanks" in words


def test_whom_to_look_out_for_is_passed_on():
    assert "> A landlord with old pipes" in about_a_referral(look_out_for="A landlord with old pipes").body


def test_the_second_step_says_how_to_reach_and_who_said_they_agreed():
    mail = referral_contact_received(ARRIVAL, "L2", "A teacher", "teacher@example.com", "", "2026-11", BUTTONS)
    assert mail.subject == "How to reach A teacher"
    assert mail.reply_to == "baker@example.com"
    assert "their e-mail: teacher@example.com" in mail.body
    assert "(wording 2026-11)" in mail.body


def test_a_sign_in_mail_says_until_when():
    mail = sign_in(SITE, "https://example.com/dashboard/sign-in/abc", DUE)
    assert mail.subject == "Your sign-in link for Gratitude Marketing"
    assert "\nhttps://example.com/dashboard/sign-in/abc\n" in mail.body
    assert "until Thursday, November 19, 2026, 10:00 AM" in " ".join(mail.body.split())
    assert mail.reply_to == ""


def own_words(mail: Email) -> list[str]:
    """The lines that look like the mail's own: neither quoted nor behind a label that names the visitor."""
    return [line for line in mail.body.splitlines() if not line.startswith((">", "From:", "Answers:"))]


@given(hostile, hostile, hostile)
@settings(max_examples=150)
def test_nothing_a_visitor_writes_looks_like_the_mails_own_words(text: str, name: str, parent: str):
    written = about_a_comment(text, replies_to="x" + parent, name=name)
    assert own_words(written) == own_words(about_a_comment(replies_to="A gardener"))
    assert len(written.subject.splitlines()) == 1


def test_visitors_markup_stays_text():
    body = about_a_comment('<img src="https://example.net/p"> <a href="//example.net">x</a>').body
    assert '> <img src="https://example.net/p"> <a href="//example.net">x</a>' in body

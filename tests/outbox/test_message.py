"""Headers that no input can break, checked on the bytes that leave."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_service.outbox.message import Email, Envelope, to_message, valid_address
from forms_service.outbox.plain import one_line

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
ENVELOPE = Envelope("Gratitude, “Marketing”", "forms@example.com", "author@example.com", "<mail-1@example.com>", NOW)
HEADERS = ["Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"]
CONTENT = ["Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
hostile = st.text(st.characters() | st.sampled_from('\r\n\t\v\x00\x85\u2028\u2029,;:<>@"=?_ é'), max_size=200)


def parsed(email: Email) -> EmailMessage:
    return message_from_bytes(to_message(email, ENVELOPE).as_bytes(), policy=policy.default)


def test_a_mail_says_from_whom_to_whom_and_that_a_machine_sent_it():
    message = parsed(Email("A baker wrote to you", "Hello.\n", "baker@example.com"))
    assert [str(message[name]) for name in ("From", "To", "Reply-To", "Subject")] == [
        '"Gratitude, “Marketing”" <forms@example.com>',
        "author@example.com",
        "baker@example.com",
        "A baker wrote to you",
    ]
    assert message["Date"].datetime == NOW
    assert (message["Message-ID"], message["Auto-Submitted"]) == ("<mail-1@example.com>", "auto-generated")
    assert message.get_content_type() == "text/plain"
    assert message.get_content().splitlines() == ["Hello."]


@given(subject=hostile, reply_to=hostile, body=hostile)
@settings(max_examples=300)
def test_no_input_adds_changes_or_ends_a_header(subject: str, reply_to: str, body: str):
    message = parsed(Email(subject, body, reply_to))
    expected = [*HEADERS, *CONTENT]
    if valid_address(reply_to):
        expected.insert(3, "Reply-To")
    assert message.keys() == expected
    assert message["To"] == "author@example.com"
    assert not message.defects


@given(hostile)
@settings(max_examples=300)
def test_the_subject_is_read_as_it_was_composed(subject: str):
    read = str(parsed(Email(subject, ""))["Subject"])
    assert read == one_line(subject, 150).replace("=?", "= ?")


@given(hostile)
@settings(max_examples=100)
def test_no_line_that_leaves_is_longer_than_mail_allows(body: str):
    for line in to_message(Email("x" * 300, body * 20), ENVELOPE).as_bytes().split(b"\r\n"):
        assert len(line) <= 998


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("baker@example.com", "baker@example.com"),
        ("  baker@example.com\n", "baker@example.com"),
        ("baker@bäckerei.example.com", "baker@xn--bckerei-5wa.example.com"),
        ("bäcker@example.com", ""),  # only servers that speak SMTPUTF8 would take it
        ("baker@example.com, thief@example.com", ""),
        ("baker@example.com\r\nBcc: thief@example.com", ""),
        ("A baker <baker@example.com>", ""),
        ("baker", ""),
        ("", ""),
    ],
)
def test_reply_to_holds_one_valid_address_or_is_left_out(typed: str, address: str):
    assert valid_address(typed) == address
    assert str(parsed(Email("Hello", "", typed)).get("Reply-To", "")) == address


def test_addresses_stay_whole_however_long():
    long = "b" * 60 + "@" + "bakery." * 20 + "example.com"
    raw = to_message(Email("Hello", "", long), ENVELOPE).as_bytes()
    assert f"Reply-To: {long}\r\n".encode() in raw


def test_a_site_with_an_international_name_can_send():
    own = Envelope("Bücher", "forms@bücher.example", "author@bücher.example", "<1@bücher.example>", NOW)
    raw = to_message(Email("Hello", ""), own).as_bytes()
    assert b"<forms@xn--bcher-kva.example>\r\nTo: author@xn--bcher-kva.example\r\n" in raw
    assert b"Message-ID: <1@xn--bcher-kva.example>\r\n" in raw

"""One spelling for each address and number, whoever types it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_service.forms.addresses import AddressError, normalise_email, normalise_phone


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("baker@example.com", "baker@example.com"),
        ("Baker@EXAMPLE.com", "baker@example.com"),
        ("jörg@bücher.example", "jörg@bücher.example"),
        ("x@xn--bcher-kva.example", "x@bücher.example"),
        ("name+tag@mail.example.org", "name+tag@mail.example.org"),
        ("visitor@site.test", "visitor@site.test"),
    ],
)
def test_an_address_has_one_spelling(typed: str, normalised: str):
    assert normalise_email(typed) == normalised
    assert normalise_email(normalised) == normalised


@pytest.mark.parametrize(
    "typed",
    [
        "", "baker", "baker@", "@example.com", "a b@example.com", "a@b@example.com", "a@example.com, b@example.com",
        "a@example.com\nBcc: x@example.com", "Anna <a@example.com>", "a@localhost", "a@[127.0.0.1]", "a@example..com",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str):
    with pytest.raises(AddressError):
        normalise_email(typed)


@pytest.mark.parametrize(
    ("typed", "country", "normalised"),
    [
        ("212-555-0123", "US", "+12125550123"),
        ("(212) 555 0123 ext. 5", "US", "+12125550123"),
        ("+49 30 901820", "US", "+4930901820"),
        ("030 901820", "DE", "+4930901820"),
        ("0044 20 7946 0000", "DE", "+442079460000"),
    ],
)
def test_a_number_has_one_spelling(typed: str, country: str, normalised: str):
    assert normalise_phone(typed, country) == normalised


@pytest.mark.parametrize("typed", ["", "call me", "123", "+1", "0" * 40, "212-555-0123 or 212-555-0199"])
def test_what_is_no_number_is_refused(typed: str):
    with pytest.raises(AddressError):
        normalise_phone(typed, "US")


@given(st.text(max_size=60))
def test_anything_typed_is_either_normalised_or_refused(text: str):
    for normalise in (normalise_email, lambda typed: normalise_phone(typed, "US")):
        try:
            once = normalise(text)
        except AddressError:
            continue
        assert normalise(once) == once

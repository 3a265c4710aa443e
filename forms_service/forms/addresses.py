"""E-mail addresses and phone numbers as they are compared: one spelling for each. Pure."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email


class AddressError(ValueError):
    """What was typed is not such an address."""


def normalise_email(text: str) -> str:
    """The address in lower case, its domain in Unicode however it was typed. Raises AddressError."""
    try:
        # Domains are not looked up and `.test` passes: a refused lead costs more than a dead address.
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise AddressError(text) from None
    return found.normalized.lower()


def normalise_phone(text: str, country: str) -> str:
    """The number as E.164; without a country code it is read as one of `country`. Raises AddressError."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise AddressError(text) from None
    # Possible, not valid: the library's tables are always older than the newest area code.
    if not phonenumbers.is_possible_number(number):
        raise AddressError(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

"""Where somebody seems to live, and where nobody is written to before they said yes themselves. Pure.

In the European Union and in Canada a commercial message needs the person's own consent: what somebody else says of
it does not count there.
"""

from __future__ import annotations

import phonenumbers

OWN_YES = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "CA",
})  # fmt: skip
#: Domains of these countries, and of all of the Union.
DOMAINS = frozenset(country.lower() for country in OWN_YES) | {"eu"}


def needs_own_yes(country: str) -> bool:
    """Whether only the person's own yes counts in `country`, a code of two letters."""
    return country.upper() in OWN_YES


def leads_there(email: str, phone: str, country: str) -> bool:
    """Whether this address or number, of either of which there may be none, belongs to such a country.

    `country` is that of a number without a country code.
    """
    return email.rpartition(".")[2].strip().lower() in DOMAINS or needs_own_yes(_country_of(phone, country))


def _country_of(phone: str, country: str) -> str:
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return ""
    # America and Canada share a country code, so that the area counts.
    return phonenumbers.region_code_for_number(number) or ""

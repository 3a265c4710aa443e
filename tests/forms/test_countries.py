"""Where only the person's own yes counts: by the site's country, an address, a number."""

import pytest

from forms_service.forms.countries import OWN_YES, leads_there, needs_own_yes


@pytest.mark.parametrize(("country", "needed"), [
    ("DE", True), ("ca", True), ("IE", True), ("US", False), ("GB", False), ("CH", False), ("", False),
])  # fmt: skip
def test_the_union_and_canada_ask_for_it(country: str, needed: bool):
    assert needs_own_yes(country) is needed


def test_the_union_has_twenty_seven_members():
    assert len(OWN_YES) == 27 + 1


@pytest.mark.parametrize(("email", "phone", "country", "leads"), [
    ("a.baker@example.de", "", "US", True), ("baker@example.eu", "", "US", True), ("baker@example.ca", "", "US", True),
    ("baker@example.com", "", "US", False), ("", "", "DE", False),
    ("", "+49 30 23125 014", "US", True), ("", "030 23125 014", "DE", True),
    ("", "+1 416 967 1111", "US", True), ("", "+1 212-736-5000", "CA", False), ("", "+44 20 7946 0018", "US", False),
    ("", "whenever you like", "US", False),
])  # fmt: skip
def test_an_address_or_a_number_says_where_somebody_lives(email: str, phone: str, country: str, leads: bool):
    assert leads_there(email, phone, country) is leads

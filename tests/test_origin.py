"""Which posts are ours, and how little of an address is used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_service.origin import client_of, is_ours, network_of

SITE = "https://essays.example.com"


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8000"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example.com"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        # pages on one host, the service on another: the pages' origin is the site's
        ({"Sec-Fetch-Site": "same-site", "Origin": SITE}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": SITE}, True),
        ({"Origin": SITE}, True),
        ({"Origin": "https://essays.example.com:443"}, True),
        ({"Origin": "http://192.0.2.7:8000", "Host": "192.0.2.7:8000"}, True),
        ({"Origin": "http://essays.example.com"}, False),
        ({"Origin": "https://essays.example.com:8443"}, False),
        ({"Origin": "https://essays.example.com.evil.example.com"}, False),
        ({"Origin": "https://evil.example.com", "Host": "essays.example.com"}, False),
        ({"Origin": "https://[broken"}, False),
        ({"Origin": "null"}, None),
        ({}, None),
    ],
)
def test_a_post_is_ours_if_our_page_sent_it(headers: dict[str, str], verdict: bool | None):
    assert is_ours(headers, SITE) is verdict


@given(st.dictionaries(st.sampled_from(["Origin", "Sec-Fetch-Site", "Host"]), st.text(max_size=40)))
def test_no_header_can_break_the_check(headers: dict[str, str]):
    assert is_ours(headers, SITE) in (True, False, None)


@pytest.mark.parametrize(
    ("client", "network", "one_client"),
    [
        ("203.0.113.77", "203.0.113.0/24", "203.0.113.77/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.77", "203.0.113.0/24", "203.0.113.77/32"),
        ("fe80::1%eth0", "fe80::/48", "fe80::/64"),
        ("", "", ""),
        ("unix:", "", ""),
    ],
)
def test_an_address_is_cut_before_it_is_used(client: str, network: str, one_client: str):
    assert (network_of(client), client_of(client)) == (network, one_client)


@given(st.ip_addresses(v=4))
def test_no_full_address_is_ever_left(address):
    assert network_of(str(address)).endswith(".0/24")

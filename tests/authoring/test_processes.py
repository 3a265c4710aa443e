"""Which address leads to a server here, from this machine and from others."""

import ipaddress

import pytest

from authoring.processes import reachable, url_of


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "192.0.2.7", "::1"])
def test_a_host_that_was_chosen_is_the_one_to_open(host: str):
    assert reachable(host) == host


@pytest.mark.parametrize(("everywhere", "version"), [("0.0.0.0", 4), ("::", 6)])  # noqa: S104  asked, not bound
def test_everywhere_becomes_one_address_that_others_can_open(everywhere: str, version: int):
    address = ipaddress.ip_address(reachable(everywhere))
    assert address.version == version
    assert not address.is_unspecified


def test_an_address_of_the_newer_kind_stands_in_brackets():
    assert url_of("::1", 8000) == "http://[::1]:8000"

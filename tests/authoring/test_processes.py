"""Which address leads to a server here, from this machine and from others."""

import ipaddress

import pytest

from authoring.processes import port_number, reachable, url_of


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


@pytest.mark.parametrize("word", ["abc", "0", "-1", "65536", "８０００", "80 00", ""])
def test_what_is_no_port_is_one_line(word: str):
    with pytest.raises(SystemExit, match=r"^PORT=.* is no port: choose a number from 1 to 65535$"):
        port_number(word)


def test_a_port_is_a_number():
    assert port_number("65535") == 65_535

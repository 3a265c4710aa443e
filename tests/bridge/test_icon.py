"""The site's sign as an address: the same picture, whatever the name, and nothing in it that an attribute minds."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.icon import address, svg

ONE_SIGN = {"“übermut” & co": "Ü", "<b>": "B", "感謝": "感", "7 Sundays": "7", "…": "·"}


@pytest.mark.parametrize(("name", "sign"), ONE_SIGN.items())
def test_it_bears_the_first_letter_or_digit(name: str, sign: str):
    assert f">{sign}</text>" in svg(name)


@given(st.text(min_size=1))
def test_the_address_is_the_picture_and_needs_no_escaping(name: str):
    assert unquote(address(name)).partition(",")[2] == svg(name)
    assert not set(address(name)) & set("<>&'\"# \n")

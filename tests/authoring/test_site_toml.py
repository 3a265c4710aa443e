"""Values of `site.toml` change; every other character stays."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.site_toml import SiteTomlError, with_values
from tests.conftest import ROOT

TOML = (ROOT / "site.toml").read_text(encoding="utf-8")
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


@given(TEXT, st.lists(TEXT, max_size=4), st.integers(0, 10**6), st.booleans())
def test_what_is_written_is_read_back(name: str, address: list[str], days: int, promise: bool):
    values = {
        ("site", "name"): name,
        ("author", "address"): tuple(address),
        ("comments", "open_days"): days,
        ("answering", "promise"): promise,
    }
    changed = with_values(TOML, values)
    read = tomllib.loads(changed)
    assert read["site"]["name"] == name
    assert read["author"]["address"] == address
    assert read["comments"]["open_days"] == days
    assert read["answering"]["promise"] is promise


def test_only_the_lines_that_are_meant_change():
    changed = with_values(TOML, {("site", "url"): "https://a.example", ("author", "address"): ("One", "Two")})
    pairs = zip(TOML.splitlines(), changed.splitlines(), strict=True)
    assert [new for old, new in pairs if old != new] == [
        'url = "https://a.example"          # where readers will find the site, without a slash at the end',
        'address = ["One", "Two"]',
    ]


def test_a_list_over_several_lines_is_replaced_whole():
    toml = '[author]\naddress = [\n  "One ]", # home\n  "Two",\n]\nname = "A"\n'
    assert with_values(toml, {("author", "address"): ("X",)}) == '[author]\naddress = ["X"]\nname = "A"\n'


def test_a_key_of_another_table_is_left_alone():
    toml = '[site]\nname = "S"\n\n[author]\nname = "A"\n'
    assert with_values(toml, {("author", "name"): "B"}) == toml.replace('"A"', '"B"')


@pytest.mark.parametrize("toml", ["", 'author = {name = "A"}\n', "[author]\nname = '''A'''\n"])
def test_a_file_written_another_way_is_left_to_the_author(toml: str):
    with pytest.raises(SiteTomlError, match=r"cannot find the line of name under \[author\]"):
        with_values(toml, {("author", "name"): "B"})

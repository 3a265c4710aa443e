"""The same essays give the same bytes, whatever order Pagefind has written its filters in."""

import gzip
import json
from hashlib import sha256
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.search.order import ENTRY, GREETING, OrderError, in_order


def cbor(value: object) -> bytes:
    """Enough of RFC 8949 to write what Pagefind writes."""
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    assert isinstance(value, list)
    return head(4, len(value)) + b"".join(map(cbor, value))


def head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind * 32 + number])
    size = next(size for size in (1, 2, 4, 8) if number < 256**size)
    return bytes([kind * 32 + {1: 24, 2: 25, 4: 26, 8: 27}[size]]) + number.to_bytes(size, "big")


def packed(value: object) -> bytes:
    return gzip.compress(GREETING + cbor(value))


def written(filters: list[tuple[str, list[list[object]]]], pages: int = 300) -> dict[str, bytes]:
    """An index as Pagefind writes it, names and all, its filters and their values in the order given."""
    files, named = {}, []
    for name, values in filters:
        data = packed([name, values])
        hashed = f"en_{sha256(data).hexdigest()[:7]}"
        files[f"filter/{hashed}.pf_filter"] = data
        named.append([name, hashed])
    everything = packed(["1.5.2", [[f"en_{n:07}", n] for n in range(pages)], [], named, [["date", [0]]], ["title"]])
    language = f"en_{sha256(everything).hexdigest()[:10]}"
    files[f"pagefind.{language}.pf_meta"] = everything
    files[ENTRY] = json.dumps({"version": "1.5.2", "languages": {"en": {"hash": language, "wasm": "en"}}}).encode()
    return files


YEARS: list[list[object]] = [["2015", [1, 40, 700]], ["2016", [2, 70000]], ["2017", []]]
TAGS: list[list[object]] = [["Karma", [1]], ["Thanks", [2, 3]]]


def test_no_order_of_filters_or_values_makes_a_difference():
    given_orders = [
        written(list(filters))
        for years in permutations(YEARS)
        for filters in permutations([("year", list(years)), ("tag", TAGS)])
    ]
    first, *others = map(in_order, given_orders)
    assert all(other == first for other in others)


def test_nothing_but_the_order_changes():
    files = in_order(written([("year", YEARS[::-1])]))
    (years,) = (gzip.decompress(data) for name, data in files.items() if name.startswith("filter/"))
    assert years == GREETING + cbor(["year", YEARS])


def test_every_name_leads_to_a_file():
    files = in_order(written([("year", YEARS), ("tag", TAGS)]))
    language = json.loads(files[ENTRY])["languages"]["en"]["hash"]
    everything = gzip.decompress(files[f"pagefind.{language}.pf_meta"])
    filters = [name.removeprefix("filter/").removesuffix(".pf_filter") for name in files if name.startswith("filter/")]
    assert len(filters) == 2
    assert all(name.encode() in everything for name in filters)


def test_other_values_have_another_name():
    names = {next(name for name in in_order(written([("tag", tags)])) if "filter" in name) for tags in (TAGS, TAGS[:1])}
    assert len(names) == 2


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"no gzip", id="no gzip"),
        pytest.param(gzip.compress(b"something else"), id="another greeting"),
        pytest.param(gzip.compress(GREETING + b"\xff"), id="no CBOR"),
    ],
)
def test_files_of_another_kind_are_refused(spoilt: bytes):
    files = written([("tag", TAGS)])
    files |= {name: spoilt for name in files if name.endswith(".pf_meta")}
    with pytest.raises(OrderError, match="is it Pagefind"):
        in_order(files)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.text(max_size=300), st.lists(st.integers(0, 2**40), max_size=40)), unique_by=lambda v: v[0])
)
def test_order_keeps_every_value_with_its_pages(values: list[tuple[str, list[int]]]):
    given_values = [list(value) for value in values]
    forwards, backwards = (in_order(written([("tag", order)], 3)) for order in (given_values, given_values[::-1]))
    assert forwards == backwards
    (data,) = (gzip.decompress(data) for name, data in forwards.items() if name.startswith("filter/"))
    assert len(data) == len(GREETING + cbor(["tag", given_values]))
    assert all(cbor(value) in data for value in given_values)

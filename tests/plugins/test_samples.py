"""Which essays count as samples."""

from types import SimpleNamespace

import pytest

from plugins.samples import is_sample


@pytest.mark.parametrize("value", ["yes", "Yes", " yes ", "true", "1"])
def test_a_marked_essay_is_a_sample(value: str):
    assert is_sample(SimpleNamespace(metadata={"sample": value}))


@pytest.mark.parametrize("metadata", [{}, {"sample": "no"}, {"sample": ""}])
def test_any_other_essay_is_the_authors_own(metadata: dict[str, str]):
    assert not is_sample(SimpleNamespace(metadata=metadata))

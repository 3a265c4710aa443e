"""What an essay's front matter says yes to."""

from types import SimpleNamespace

import pytest

from plugins.essays import says_yes


@pytest.mark.parametrize("value", ["yes", "Yes", " yes ", "true", "1"])
def test_a_yes_is_heard_however_it_is_written(value: str):
    assert says_yes(SimpleNamespace(metadata={"sample": value}), "sample")


@pytest.mark.parametrize("metadata", [{}, {"sample": "no"}, {"sample": ""}])
def test_anything_else_is_no_yes(metadata: dict[str, str]):
    assert not says_yes(SimpleNamespace(metadata=metadata), "sample")

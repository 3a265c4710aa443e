"""The configurations we ship say what our tables say."""

import pytest

from tools.proxy_files import BLOCK, BLOCKS, DEPLOY, renewed


@pytest.mark.parametrize("name", BLOCKS)
def test_the_shipped_file_is_up_to_date(name: str):
    """If not: python -m tools.proxy_files"""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert renewed(name, text) == text


@pytest.mark.parametrize("name", BLOCKS)
def test_the_shipped_file_holds_every_block_once(name: str):
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert sorted(found["name"].partition(",")[0] for found in BLOCK.finditer(text)) == sorted(BLOCKS[name])


def test_what_was_changed_by_hand_is_written_anew():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert renewed("nginx.conf", text.replace("nosniff", "sniff")) == text

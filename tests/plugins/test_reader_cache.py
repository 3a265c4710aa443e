"""A text converted before, or by a parser used before, is what a new parser would make of it; damage is no cache."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from plugins import reader_cache
from plugins.reader_cache import Conversions, cache_key

MARKDOWN = {"extensions": ["markdown.extensions.extra", "markdown.extensions.meta"], "extension_configs": {}}
ESSAY = "Title: One\nTags: thanks\n    bread\n\nWords with a [link][1] and a note.[^1]\n\n[1]: /a\n[^1]: Here.\n"
PIECES = st.sampled_from(
    ["Title: x\n", "\n\n", "[^1] ", "[^1]: Note.\n", "*[HTML]: Words\n", "HTML ", "[a][b] ", "[b]: /c\n", "# One\n",
     "<div>", "</div>\n", "~~~\ncode\n~~~\n", "a | b\n--|--\n1 | 2\n", "*one* ", "- item\n", "{#id} ", "&amp; "]
)  # fmt: skip


def conversions(folder: Path, **markdown: object) -> Conversions:
    return Conversions({"MARKDOWN": {**MARKDOWN, **markdown}, "MARKDOWN_CACHE": str(folder / "markdown.json")})


def fresh(text: str) -> tuple[str, dict[str, list[str]]]:
    parser = Markdown(**MARKDOWN)  # type: ignore[arg-type]
    return parser.convert(text), parser.Meta  # type: ignore[attr-defined]


@settings(max_examples=60)
@given(st.lists(st.lists(PIECES, max_size=8).map("".join), min_size=2, max_size=4))
def test_one_parser_for_all_texts_is_as_good_as_one_for_each(texts: list[str]):
    shared = Conversions({"MARKDOWN": MARKDOWN})
    assert [shared.of(text) for text in texts] == [fresh(text) for text in texts]


def test_what_is_remembered_equals_what_was_converted(tmp_path: Path):
    first = conversions(tmp_path)
    converted = first.of(ESSAY)
    first.save()
    again = conversions(tmp_path)
    del again.parser  # nothing is left that could convert
    html, front_matter = again.of(ESSAY)
    assert (html, front_matter) == converted == fresh(ESSAY)


def test_only_texts_still_there_are_kept(tmp_path: Path):
    first = conversions(tmp_path)
    first.of("one"), first.of("two")
    first.save()
    second = conversions(tmp_path)
    second.of("two")
    second.save()
    assert len(json.loads((tmp_path / "markdown.json").read_bytes())["texts"]) == 1


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"key": 1}', '{"texts": {}}', "null", "[" * 100_000, "\x00", "half"]
)
def test_a_damaged_cache_is_none(tmp_path: Path, damage: str):
    first = conversions(tmp_path)
    converted = first.of(ESSAY)
    first.save()
    path = tmp_path / "markdown.json"
    path.write_text(path.read_text()[: path.stat().st_size // 2] if damage == "half" else damage)
    assert conversions(tmp_path).of(ESSAY) == converted


@pytest.mark.parametrize(
    "entry", [None, [], ["html"], ["html", None], [1, {}], ["html", {"title": "x"}], ["h", {"t": [1]}]]
)
def test_an_entry_that_no_conversion_leaves_is_none(tmp_path: Path, entry: object):
    first = conversions(tmp_path)
    converted = first.of(ESSAY)
    first.save()
    path = tmp_path / "markdown.json"
    data = json.loads(path.read_bytes())
    data["texts"] = dict.fromkeys(data["texts"], entry)
    path.write_text(json.dumps(data))
    assert conversions(tmp_path).of(ESSAY) == converted


def test_other_settings_make_another_key():
    assert cache_key(MARKDOWN) != cache_key({**MARKDOWN, "tab_length": 8})


def test_another_version_makes_another_key(monkeypatch: pytest.MonkeyPatch):
    before = cache_key(MARKDOWN)
    monkeypatch.setattr(reader_cache, "version", lambda name: "99")
    assert cache_key(MARKDOWN) != before


def test_settings_changed_since_count_what_was_remembered_for_nothing(tmp_path: Path):
    first = conversions(tmp_path)
    first.of("- a\n    - b\n")
    first.save()
    wide = conversions(tmp_path, tab_length=8)
    assert wide.of("- a\n    - b\n")[0] == Markdown(**{**MARKDOWN, "tab_length": 8}).convert("- a\n    - b\n")

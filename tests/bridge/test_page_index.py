"""The index of a build gives back what was saved, and refuses nonsense with one line that says what to do."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bridge.page_index import IndexedArticle, PageIndexError, load_page_index, save_page_index
from bridge.regions import Region
from tests.support.built_site import FIRST, SECOND, essay, index

CLOSING = datetime(2026, 12, 1, tzinfo=UTC)


def test_what_is_loaded_is_what_was_saved(tmp_path: Path):
    saved = index(
        IndexedArticle(FIRST, "“One” & <two>", "/2026/11/first.html", CLOSING, CLOSING, False),
        essay(SECOND, closed=True),
        pages={"2026/11/first.html": (Region("thread", FIRST), Region("count", FIRST))},
    )
    save_page_index(tmp_path, saved)
    assert load_page_index(tmp_path) == saved


def test_pages_showing_an_essay_include_those_of_all_essays():
    pages = {"a": (Region("thread", FIRST),), "b": (Region("count", SECOND),), "c": (Region("feed", "*"),)}
    assert index(pages=pages).pages_showing(FIRST) == ["a", "c"]


def test_comments_are_taken_until_they_close():
    article = IndexedArticle(FIRST, "One", "/", CLOSING, CLOSING, False)
    assert article.accepts_comments(CLOSING - timedelta(seconds=1))
    assert not article.accepts_comments(CLOSING)


def test_an_essay_without_a_closing_day_takes_comments_always():
    assert essay(FIRST).accepts_comments(CLOSING + timedelta(days=10_000))


def test_what_the_pages_call_closed_is_closed():
    assert not essay(FIRST, closed=True).accepts_comments(CLOSING)


def test_no_build_is_said_plainly(tmp_path: Path):
    with pytest.raises(PageIndexError, match="no finished build stands here; run: make build"):
        load_page_index(tmp_path)


def set_to(*keys: str | int, value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for key in keys[:-1]:
            data = data[key]
        data[keys[-1]] = value

    return change


@pytest.mark.parametrize(
    "spoil",
    [
        set_to("format", value=2),
        set_to("site", value=None),
        set_to("site", "timezone", value="Nowhere/Nothing"),
        set_to("site", "surplus", value=1),
        set_to("articles", value=[1]),
        set_to("articles", 0, "id", value="../../etc/passwd"),
        set_to("articles", 0, "date", value="2026-11-08T12:00:00"),
        set_to("articles", 0, "comments_close_at", value="soon"),
        set_to("pages", value=[]),
        set_to("pages", "../out.html", value=[]),
        set_to("pages", "/etc/passwd", value=[]),
        set_to("pages", "a.html", value=[["nothing", FIRST]]),
    ],
)
def test_nonsense_is_refused_in_one_line(tmp_path: Path, spoil: Callable[[Any], None]):
    save_page_index(tmp_path, index())
    path = tmp_path / ".build" / "page_index.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    spoil(data)
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(PageIndexError, match="run: make build") as caught:
        load_page_index(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe"])
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / ".build").mkdir()
    (tmp_path / ".build" / "page_index.json").write_bytes(content)
    with pytest.raises(PageIndexError, match="not a page index"):
        load_page_index(tmp_path)

"""Comment files give back what was put in, refuse nonsense in one line, and never leave their folder."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.comment_file import (
    CommentFileError,
    PublicComment,
    articles_with_comments,
    dump,
    load,
    path_of,
    read_comments,
    write_comments,
)
from tests.support.built_site import FIRST, comment

comments = st.lists(
    st.builds(
        PublicComment,
        id=st.integers(1, 10**9).map(str),
        parent=st.none() | st.text(max_size=5),
        name=st.text(max_size=20),
        text=st.text(max_size=60),
        at=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        by_author=st.booleans(),
        url=st.sampled_from(["", "https://example.com/~baker?a=1#b"]),
        anchor=st.sampled_from(["", "c1234567890123456789"]),
        entry=st.sampled_from(["", "tag:blogger.com,1999:blog-1.post-2"]),
        removed=st.booleans(),
    ),
    unique_by=lambda c: c.id,
    max_size=4,
)


@given(comments)
@settings(max_examples=100)
def test_what_is_read_is_what_was_written(written: list[PublicComment]):
    assert load(dump(written).encode().decode()) == written


def test_what_only_imported_comments_have_is_not_said_of_others():
    """So files of before stay as they are, byte for byte."""
    assert list(json.loads(dump([comment()]))["comments"][0]) == ["id", "parent", "name", "text", "at", "by_author"]


def test_every_zone_becomes_utc():
    at = datetime(2026, 11, 8, 12, tzinfo=timezone(timedelta(hours=-5)))
    assert '"2026-11-08T17:00:00+00:00"' in dump([comment(at=at)])


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"format": 2, "comments": []}', '{"format": 1, "comments": {}}',
        '{"format": 1, "comments": [1]}', '{"format": 1, "comments": [{"id": "1"}]}',
        dump([comment()]).replace('"1"', '"a b"'), dump([comment()]).replace('"A baker"', "7"),
        dump([comment()]).replace("+00:00", ""), dump([comment()]).replace("2026-", "later "),
        dump([comment(), comment()]), "[" * 100_000, dump([comment(url="javascript:alert(1)")]),
        dump([comment(anchor="comments")]), dump([comment(anchor='c1"')]), dump([comment(entry="urn:x y")]),
        dump([comment(removed=True)]).replace("true", "1"), dump([comment()]).replace('"id"', '"colour": 1, "id"'),
    ],
)  # fmt: skip
def test_nonsense_is_refused(text: str):
    with pytest.raises(CommentFileError):
        load(text)


@pytest.mark.parametrize(
    "article_id",
    ["", "slug", "2026/11/", "2026/13/a", "2026/11/../../a", "/2026/11/a", "2026/11/.a", "2026/11/a/b", "2026/11/a\n"],
)
def test_only_an_articles_id_names_a_file(tmp_path: Path, article_id: str):
    with pytest.raises(ValueError, match="not an article's id"):
        path_of(tmp_path, article_id)


def test_an_id_may_be_in_any_script(tmp_path: Path):
    assert path_of(tmp_path, "2026/11/благодарность") == tmp_path / "2026/11/благодарность.json"


def test_a_message_names_the_file(tmp_path: Path):
    path = path_of(tmp_path, FIRST)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff")
    with pytest.raises(CommentFileError, match=str(path)):
        read_comments(tmp_path, FIRST)


def test_no_comments_leave_no_file(tmp_path: Path):
    assert write_comments(tmp_path, FIRST, [comment()]) is True
    assert write_comments(tmp_path, FIRST, [comment()]) is False
    assert list(articles_with_comments(tmp_path)) == [FIRST]
    assert write_comments(tmp_path, FIRST, []) is True
    assert list(articles_with_comments(tmp_path)) == []
    assert read_comments(tmp_path, FIRST) == []

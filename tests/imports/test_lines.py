"""A line is a comment, or refused with its place; nothing in it breaks anything behind."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.comment_file import PublicComment, dump, load
from forms_service.imports.lines import TYPES, LineError, belongs_to_an_essay, comment_of, comments_in
from forms_service.intake.imported import OldComment
from tests.conftest import NOW
from tests.support.built_site import FIRST, HOSTILE
from tests.support.old_comments import LONG_AGO, anchor, lines, said, source_id

odd = st.lists(st.sampled_from([*HOSTILE, "\ud800"]) | st.text(max_size=12), max_size=8).map("".join)


def one(**changed: object) -> OldComment:
    return comment_of(lines([said(1, **changed)]), NOW)


def several(*comments: dict[str, object]) -> list[OldComment]:
    return list(comments_in(lines(comments).splitlines(), "comments.jsonl", NOW))


def test_a_line_is_a_comment():
    assert one(parent_source_id=source_id(7), url="https://example.com/mill") == OldComment(
        source_id=source_id(1), article_id=FIRST, parent=source_id(7), name="A miller", url="https://example.com/mill",
        text="Old words 1.", at=LONG_AGO.replace(minute=1), by_author=False, removed=False, anchor=anchor(1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"{", "is not a whole JSON object"), (b"[]", "lacks anchor, article_id, at"), (b"7", "lacks"),
        (b'"\xff"', "is not a whole JSON object"), (b"[" * 100_000, "is not a whole JSON object"),
        (lines([said(1, name=None)]), "name cannot be null"), (lines([said(1, by_author=1)]), "by_author cannot be 1"),
        (lines([said(1, source_id="")]), "source_id must have 1 to 300"),
        (lines([said(1, source_id="x" * 301)]), "source_id must have 1 to 300"),
        (lines([said(1, at="long ago")]), "'long ago' is not a moment"),
        (lines([said(1, at="2015-10-12T08:00:00")]), "lacks its zone"),
        (lines([said(1, at="0001-01-01T00:00:00+14:00")]), "is not a moment"),
        (lines([said(1, at="2031-01-01T00:00:00+00:00")]), "dated 2031-01-01T00:00:00+00:00, which is still to come"),
    ],
)  # fmt: skip
def test_what_makes_no_comment_is_refused_in_one_line(line: bytes, complaint: str):
    with pytest.raises(LineError) as caught:
        comment_of(line, NOW)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_refusal_names_file_and_line():
    with pytest.raises(LineError, match=r"^comments\.jsonl:3: "):
        list(comments_in([*lines([said(1)]).splitlines(), b"", b"{"], "comments.jsonl", NOW))


def test_a_line_that_stands_twice_counts_once():
    assert len(several(said(1), said(2), said(1))) == 2


def test_two_lines_of_one_id_must_say_the_same():
    with pytest.raises(LineError, match=r"comments\.jsonl:2: says something else of .* than line 1"):
        several(said(1), said(1, text="Other words."))


def test_what_was_removed_brings_no_name_and_no_words():
    gone = one(deleted=True, name="A miller", url="https://example.com", text="Old words.", by_author=True)
    assert (gone.name, gone.url, gone.text, gone.by_author, gone.removed) == (
        "A removed comment", "", "This comment was removed.", False, True,
    )  # fmt: skip


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.com", "ftp://example.com", "x"])
def test_only_pages_are_linked_to(url: str):
    assert one(url=url).url == ""


def test_a_name_is_one_line_and_nobody_is_called_nothing():
    assert one(name=" A\n miller ").name == "A miller"
    assert one(name=" ").name == "Anonymous"
    assert len(one(name="m" * 1000).name) == 200


def test_an_anchor_that_is_none_is_forgotten():
    assert one(anchor="comments").anchor == ""


def test_a_hundred_thousand_characters_stay():
    assert one(text="w" * 100_000).text == "w" * 100_000


@pytest.mark.parametrize(
    ("article_id", "belongs"),
    [(FIRST, True), ("p/about", False), ("../../etc", False), ("2026/11/" + "x" * 300, False)],
)
def test_a_comment_belongs_to_an_essay_or_has_no_place(article_id: str, belongs: bool):
    assert belongs_to_an_essay(one(article_id=article_id)) is belongs


@given(st.fixed_dictionaries({key: odd if kind is str else st.booleans() for key, kind in TYPES.items()}))
@settings(max_examples=100)
def test_whatever_stands_in_a_line_fits_into_database_file_and_page(values: dict[str, object]):
    line = json.dumps({**values, "source_id": f"x{values['source_id']}"[:300], "at": LONG_AGO.isoformat()}).encode()
    kept = comment_of(line, datetime(2026, 1, 1, tzinfo=UTC))
    for text in (kept.source_id, kept.name, kept.url, kept.text, kept.parent, kept.article_id):
        assert "\x00" not in text
        text.encode()
    public = PublicComment(
        "1", None, kept.name, kept.text, kept.at, kept.by_author, kept.url, kept.anchor, removed=kept.removed
    )
    assert load(dump([public])) == [public]


@given(st.binary(max_size=60) | odd.map(lambda text: json.dumps(text).encode()))
@settings(max_examples=100)
def test_no_line_does_anything_but_be_refused(line: bytes):
    with pytest.raises(LineError):
        comment_of(line, NOW)

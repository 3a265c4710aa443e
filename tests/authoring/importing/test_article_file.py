"""An essay's file, as Pelican itself reads it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.meta import MetaPreprocessor
from pelican.contents import Article
from pelican.readers import MarkdownReader
from pelican.settings import read_settings

from authoring.importing.article_file import Essay, parted, read_head, read_paragraphs, render, slug_of
from authoring.importing.errors import ImportingError
from authoring.importing.settle import check_title
from bridge.comment_file import check_article_id
from tests.authoring.importing.texts import FIRST_PARAGRAPHS

SETTINGS = read_settings(str(Path(__file__).parents[3] / "publishconf.py"))
AT = datetime(2016, 3, 6, 7, 0)  # noqa: DTZ001  # the site's clock
TITLES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
TRICKY = st.sampled_from(
    [
        "Karma: a “story”",
        "'Quoted'",
        '"A: B"',
        "<b>Bold</b> & <i>more</i>",
        "*Stars* and `ticks`",
        "--- a",
        "Title: x",
        "#1",
    ]
)


def essay(**changes: Any) -> Essay:
    values = {"title": "The List", "at": AT, "slug": "the-list", "paragraphs": FIRST_PARAGRAPHS, "source": "a b.txt"}
    return Essay(**{**values, "sha256": "0" * 64, **changes})


def read_by_pelican(folder: Path, written: Essay) -> dict[str, Any]:
    path = folder / "essay.md"
    path.write_bytes(render(written).encode())
    content, metadata = MarkdownReader(SETTINGS).read(str(path))
    return {**metadata, "content": content}


def test_pelican_reads_every_field_back(tmp_path: Path) -> None:
    read = read_by_pelican(tmp_path, essay())
    assert (read["title"], read["slug"], read["imported"]) == ("The List", "the-list", "a b.txt " + "0" * 64)
    assert (read["date"].isoformat(), read["summary"]) == ("2016-03-06T07:00:00", FIRST_PARAGRAPHS[0])
    assert read["content"].count("<p>") == 3


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.one_of(TITLES, TRICKY), opening=st.one_of(TITLES, TRICKY))
def test_any_title_and_opening_survive_pelican(tmp_path: Path, title: str, opening: str) -> None:
    try:
        title, slug = check_title(title), slug_of(title)
    except ImportingError:
        return
    opening = " ".join(opening.split()) or "Well."
    read = read_by_pelican(tmp_path, essay(title=title, slug=slug, paragraphs=(opening,)))
    assert (read["title"], read["slug"], read["summary"]) == (title, slug, opening)
    check_article_id(f"2016/03/{slug}")


@pytest.mark.parametrize(
    "title", ["Prospects, Customers, and Partners", "Café – the “story”", "<b>Bold</b> & more", "Спасибо"]
)
def test_the_slug_is_the_one_pelican_makes(title: str) -> None:
    assert slug_of(title) == Article("", {"title": title, "date": AT}, settings=SETTINGS).slug


def test_a_slug_has_no_dash_at_its_ends() -> None:
    assert slug_of("– Karma –") == slug_of("- Karma -") == "karma"


@pytest.mark.parametrize("title", ["…", "?!", "---"])
def test_a_title_without_letters_is_refused(title: str) -> None:
    with pytest.raises(ImportingError, match="has no letters for an address"):
        slug_of(title)


def test_a_title_too_long_for_a_file_name_is_refused() -> None:
    with pytest.raises(ImportingError, match="makes too long an address"):
        slug_of("謝" * 100)


def test_file_and_address_follow_date_and_slug() -> None:
    assert essay().file_name == "2016-03-06-the-list.md"
    assert essay().address == "/2016/03/the-list.html"


def test_what_is_written_is_read_back() -> None:
    text = render(essay())
    assert read_head(text) == {
        "title": "The List",
        "date": "2016-03-06 07:00",
        "slug": "the-list",
        "summary": FIRST_PARAGRAPHS[0],
        "imported": "a b.txt " + "0" * 64,
    }
    assert len(read_paragraphs(text)) == 3


HEAD_LINES = ("---", "...", "Title: A", "  Slug: b", "    more", "\tmore", "", " ", "Words.", "Note: c", "--- d")


@settings(max_examples=120)
@given(st.lists(st.sampled_from(HEAD_LINES), max_size=7))
def test_a_head_ends_where_markdown_ends_it(lines: list[str]) -> None:
    markdown, text = Markdown(), "\n".join(lines)
    below = MetaPreprocessor(markdown).run([line.expandtabs() for line in lines])
    head, body = parted(text)
    assert head + body == text
    assert body.expandtabs() == "\n".join(below)
    assert set(read_head(text)) == set(markdown.Meta)


def test_an_empty_line_may_hold_blanks_and_a_head_may_stand_between_dashes() -> None:
    assert read_paragraphs("Title: A\n \nOne.\n\nTwo.\n") == ["One.", "Two."]
    assert read_paragraphs("---\r\nTitle: A\r\n---\r\nOne.\r\n") == ["One."]
    assert read_head("\ufeff---\nTitle: A\nDate: 2026-11-22\n---\nOne.") == {"title": "A", "date": "2026-11-22"}

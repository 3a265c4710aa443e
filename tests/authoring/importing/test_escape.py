"""Plain words as Markdown that shows exactly these words, as the site's own settings render it."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from pelican.settings import read_settings

from authoring.importing import escape
from plugins.text import paragraphs

#: What Markdown, its extensions, HTML and this site's own plugins might stumble over.
HAZARDS = st.sampled_from(
    re.split(
        " ",
        r"* _ ** __ ` `` [ ]( ] [^1]: [^1] < <b> </p> <!-- --> & &amp; &copy; &#42; \ # 1. 12. - + --- === > : ~~~ "
        r"{: .a} {#x} { } | ---|--- ! ![ *[X]: ( ) a word http:// https://a.b/c_d_e HTTP://x.y/?a=1&copy; "
        r"me@example.com a_b@c.de http://me@example.com/x*y ’ — é $ wzxhzdk:0 klzzwxh:0000 <http://x.y> <?php ]]> "
        r"<![CDATA[ {static}/x",
    )
)
TEXTS = st.one_of(
    st.lists(st.one_of(HAZARDS, st.just(" ")), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
)
PARAGRAPHS = st.lists(TEXTS.map(lambda text: " ".join(text.split())).filter(bool), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def markdown() -> dict[str, Any]:
    """How the site reads Markdown, and how Pelican does if nobody tells it anything."""
    root = Path(__file__).parents[3]
    site, default = read_settings(str(root / "publishconf.py"))["MARKDOWN"], read_settings()["MARKDOWN"]
    return {"site": site, "default": default}


def rendered(conf: dict[str, Any], texts: list[str]) -> str:
    settings = {**conf, "extensions": list(conf["extension_configs"])}
    source = "Title: T\n\n" + "\n\n".join(escape.paragraph(text) for text in texts)
    return str(Markdown(**settings).convert(source))


@pytest.mark.parametrize("whose", ["site", "default"])
@settings(max_examples=100, deadline=None)
@given(PARAGRAPHS)
def test_the_page_shows_the_source_word_for_word(markdown: dict[str, Any], whose: str, texts: list[str]) -> None:
    html = rendered(markdown[whose], texts)
    assert paragraphs(html) == texts
    assert set(re.findall(r"<\s*/?\s*(\w+)", html)) <= {"p", "a"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Nothing special, is there? Bread & butter – 3 > 2.", "Nothing special, is there? Bread & butter – 3 > 2."),
        ("1. January was cold", "1\\. January was cold"),
        ("1.5 miles", "1.5 miles"),
        ("# of people", "\\# of people"),
        ("2 * 3 <b> &copy;", "2 \\* 3 &lt;b> &amp;copy;"),
        (": said he", "&#58; said he"),
    ],
)
def test_only_what_needs_it_is_escaped(text: str, line: str) -> None:
    assert escape.paragraph(text) == line


def test_addresses_become_links_that_read_as_they_did(markdown: dict[str, Any]) -> None:
    html = rendered(markdown["site"], ["Write to a_b@example.com, or see https://example.com/a_b?c=d."])
    assert '<a href="https://example.com/a_b?c=d">https://example.com/a_b?c=d</a>.' in html
    assert '<a href="mailto:a_b@example.com">a_b@example.com</a>,' in html

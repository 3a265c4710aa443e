"""Filling a page: the same whatever was there before, and nothing a visitor sends comes out as anything but words."""

import ast
import json
import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.comment_file import CommentFileError, PublicComment
from bridge.fill import Build, FillError, entry_id, fill, fragments_of
from bridge.regions import Region, places_in, regions_in
from bridge.text import clean, one_line
from tests.conftest import ROOT
from tests.support.built_site import (
    BEGINNING,
    FIRST,
    HOSTILE,
    SECOND,
    SITE,
    Seen,
    build,
    by_essay,
    comment,
    essay,
    feed,
    index,
    marked,
    page,
)

BUILD = build()
ATOM = "{http://www.w3.org/2005/Atom}"
#: All that a comment may ever bring onto a page.
ELEMENTS = {"ol", "li", "article", "header", "span", "h2", "h3", "bdi", "a", "time", "p", "br", "div"}

odd_text = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), min_size=1, max_size=10).map("".join)
odd_comments = st.lists(
    st.tuples(odd_text, odd_text, st.none() | st.integers(0, 6).map(str), st.booleans()), max_size=5
).map(
    lambda rows: [
        comment(number, text, name=name, parent=parent, by_author=by_author)
        for number, (name, text, parent, by_author) in enumerate(rows, 1)
    ]
)


def filled(*comments: PublicComment, of: str | None = None, with_: Build = BUILD) -> str:
    return fill(of or page(), by_essay(comments), with_)


def inside(text: str, name: str) -> str:
    return next(text[p.start : p.end] for p in places_in(text) if p.region.name == name)


def thread(*comments: PublicComment, with_: Build = BUILD) -> str:
    return inside(filled(*comments, with_=with_), "thread")


def entries(*comments: PublicComment, of: str = "*") -> list[ET.Element]:
    return ET.fromstring(filled(*comments, of=feed(of))).findall(f"{ATOM}entry")  # noqa: S314  our own feed


@given(odd_comments, odd_comments)
@settings(max_examples=40)
def test_what_was_there_before_leaves_no_trace(before: list[PublicComment], after: list[PublicComment]):
    for empty in (page(), feed(), feed(FIRST)):
        first = fill(empty, by_essay(before), BUILD)
        assert fill(first, by_essay(after), BUILD) == fill(empty, by_essay(after), BUILD)


@given(odd_comments)
@settings(max_examples=60)
def test_visitors_bring_words_and_links_and_nothing_else(comments: list[PublicComment]):
    seen = Seen(thread(*comments))
    assert set(seen.tags) <= ELEMENTS
    assert {name for name, _ in seen.attributes} <= {
        "class", "id", "aria-hidden", "href", "rel", "datetime", "dir",
    }  # fmt: skip
    assert all(re.match(r"https?://|#c\d|/forms/comment\?", href, re.IGNORECASE) for href in seen.values("href"))
    assert seen.remarks == []


@given(odd_comments)
@settings(max_examples=40)
def test_a_page_keeps_its_regions_and_its_rest(comments: list[PublicComment]):
    text = filled(*comments)
    assert regions_in(text) == regions_in(page())
    assert text.endswith("<!-- /comments:thread -->\n<p>The end.</p>\n")


@given(odd_comments)
@settings(max_examples=40)
def test_feeds_are_well_formed_and_hold_escaped_words(comments: list[PublicComment]):
    found = entries(*comments)
    assert len(found) == len(comments)
    for entry in found:
        assert set(Seen(entry.findtext(f"{ATOM}content") or "").tags) <= {"p", "br", "a"}
        assert set(entry.find(f"{ATOM}content").attrib.items()) == {("type", "html")}


@given(odd_text)
@settings(max_examples=60)
def test_the_visible_words_are_those_that_were_sent(text: str):
    html = thread(comment(text=text))
    words = html.partition('<div class="comment-text p-content">')[2].rpartition("</div>")[0]
    assert Seen(words).text.split() == clean(text).split()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_title_breaks_no_structured_data(text: str):
    data = inside(filled(with_=build(essay(FIRST, title=text))), "data")
    assert Seen(data).tags == ["script"]
    assert json.loads(data.removeprefix('<script type="application/ld+json">').removesuffix("</script>")) == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": text,
        "datePublished": "2026-11-08T12:00:00+00:00",
        "dateModified": "2026-11-08T12:00:00+00:00",
        "author": {"@type": "Person", "name": "The Author", "url": "https://example.com/about/"},
        "url": "https://example.com/2026/11/first.html",
        "mainEntityOfPage": "https://example.com/2026/11/first.html",
        "isPartOf": {"@type": "Blog", "name": "A Site", "url": "https://example.com/"},
        "inLanguage": "en",
        "commentCount": 0,
    }


@given(odd_text)
@settings(max_examples=40)
def test_a_title_breaks_no_feed(title: str):
    text = filled(comment(), of=feed(), with_=build(essay(FIRST, title=title)))
    entry = ET.fromstring(text).find(f"{ATOM}entry")  # noqa: S314  our own feed
    assert entry.findtext(f"{ATOM}title") == f"A baker on “{one_line(title)}”"


def test_ten_thousand_characters_are_shown():
    text = "ab " * 3333 + "z"
    assert Seen(thread(comment(text=text))).text.count("ab") == 3333


def test_text_like_a_marker_is_shown_as_text():
    text = f"{Region('thread', FIRST).closing} and {Region('thread', FIRST).opening}"
    assert text in Seen(thread(comment(text=text))).text


def test_five_hundred_comments_are_counted_and_shown():
    text = filled(*(comment(n) for n in range(1, 501)))
    assert Seen(inside(text, "count")).text.strip() == "500 comments"
    assert Seen(inside(text, "thread")).tags.count("article") == 500


@pytest.mark.parametrize(
    ("number", "words"), [(0, "No comments yet – be the first"), (1, "1 comment"), (2, "2 comments")]
)
def test_the_count_is_a_link_to_the_comments(number: int, words: str):
    seen = Seen(inside(filled(*(comment(n) for n in range(1, number + 1))), "count"))
    assert (seen.text.strip(), seen.values("href")) == (words, ["/2026/11/first.html#comments"])


def test_without_comments_readers_are_invited():
    assert Seen(thread()).text.split("\n") == ["Comments", " Nobody has written here yet. The first word is yours."]


def test_the_heading_counts_the_comments():
    assert thread(comment(1), comment(2)).startswith("<h2>Comments (2)</h2>")


def test_nobody_is_invited_where_comments_are_closed():
    closed = build(essay(FIRST, closed=True))
    assert (thread(with_=closed), inside(filled(with_=closed), "count")) == ("", "")


def test_replying_ends_when_comments_close():
    assert "/forms/comment" not in thread(comment(), with_=build(essay(FIRST, closed=True)))


def test_a_reply_link_names_essay_and_comment_below_the_sites_path():
    below = replace(BUILD, index=replace(index(), site=replace(SITE, prefix="/blog")))
    assert "/blog/forms/comment?article=2026/11/first&parent=7" in Seen(thread(comment(7), with_=below)).values("href")


def test_replies_stand_one_step_in_and_the_author_is_labelled():
    html = thread(comment(1), comment(2, parent="1", by_author=True, name="The Author"), comment(3, parent="2"))
    assert html.count('<ol class="replies">') == 1
    assert html.count('<span class="label">Author</span>') == 1
    assert "In reply to The Author" in " ".join(Seen(html).text.split())
    assert Seen(html).values("id") == ["c1", "c2", "c3"]


def test_dates_are_those_of_the_sites_own_zone():
    late = comment(at=BEGINNING.replace(hour=3))  # still the evening before in New York
    assert "November 7, 2026" in Seen(thread(late)).text


def test_a_feed_holds_the_newest_fifty_of_all_essays():
    comments = {FIRST: [comment(n) for n in range(1, 41)], SECOND: [comment(n) for n in range(41, 81)]}
    root = ET.fromstring(fill(feed(), comments, BUILD))  # noqa: S314  our own feed
    links = [link.attrib["href"].rpartition("#c")[2] for link in root.findall(f"{ATOM}entry/{ATOM}link")]
    assert links == [str(n) for n in range(80, 30, -1)]
    assert root.findtext(f"{ATOM}updated") == (BEGINNING + timedelta(minutes=80)).isoformat()


def test_an_essays_feed_holds_its_own_comments_only():
    comments = {FIRST: [comment(1)], SECOND: [comment(2)]}
    root = ET.fromstring(fill(feed(SECOND), comments, BUILD))  # noqa: S314  our own feed
    assert [e.text for e in root.findall(f"{ATOM}entry/{ATOM}id")] == [entry_id(comment(2))]


def test_an_empty_feed_is_as_old_as_its_youngest_essay():
    root = ET.fromstring(filled(of=feed()))  # noqa: S314  our own feed
    assert root.findtext(f"{ATOM}updated") == BEGINNING.isoformat()


def test_a_feeds_ids_survive_a_new_address_and_new_words():
    moved = replace(BUILD, index=replace(index(), site=replace(SITE, url="https://elsewhere.example")))
    assert entry_id(comment()) in filled(comment(text="Other words."), of=feed(), with_=moved)


def test_the_clock_moves_nothing(time_machine):
    before = filled(comment())
    time_machine.move_to(BEGINNING + timedelta(days=4000))
    assert filled(comment()) == before


def test_an_essay_the_build_does_not_know_is_refused():
    with pytest.raises(FillError, match="the build does not know"):
        fill(marked(("count", "2020/01/gone")), {}, BUILD)


@pytest.mark.parametrize("fragment", ["{{ nothing }}", "{{ 1 + 'word' }}", "{{ 1 // 0 }}", "{% if"])
def test_a_fragment_that_cannot_be_rendered_is_named(tmp_path, fragment: str):
    (tmp_path / "count.html").write_text(fragment)
    with pytest.raises(FillError, match="the fragment count"):
        fill(marked(("count", FIRST)), {}, Build(index(), fragments_of(tmp_path)))


class Unreadable(dict):
    def get(self, key, default=None):
        raise CommentFileError("not valid JSON")


def test_unreadable_comments_leave_what_readers_see():
    shown = filled(comment(text="Still here."))
    assert fill(page(), Unreadable(), BUILD, shown) == shown


def test_unreadable_comments_leave_the_region_empty_where_nothing_was_shown():
    assert fill(page(), Unreadable(), BUILD, shown="<p>another page</p>") == page()


def test_unreadable_comments_are_refused_where_nobody_says_what_is_shown():
    with pytest.raises(FillError, match="not valid JSON"):
        fill(page(), Unreadable(), BUILD)


IMPORTED = comment(
    1, name="A miller", url="https://example.com/mill?a=1&b=2", anchor="c5551234567890",
    entry="tag:blogger.com,1999:blog-1.post-5551234567890",
)  # fmt: skip
STONE = comment(2, "This comment was removed.", name="", anchor="c5551234567891", removed=True)


def test_an_imported_comment_stands_where_old_links_look_for_it():
    seen = Seen(thread(IMPORTED, comment(3, parent="1"), comment(4, parent="3")))
    assert seen.values("id") == ["c5551234567890", "c3", "c4"]
    assert [href for href in seen.values("href") if href.startswith("#")] == ["#c5551234567890", "#c3", "#c4", "#c3"]


def test_the_name_of_an_imported_comment_is_a_link_that_vouches_for_nothing():
    link = '<a href="https://example.com/mill?a=1&amp;b=2" rel="nofollow ugc noopener">'
    assert f'{link}<bdi class="p-author">A miller</bdi></a>' in thread(IMPORTED)


def test_what_was_removed_holds_its_thread_together_and_says_no_name():
    shown = thread(STONE, comment(3, parent="2"), comment(4, parent="3"), replace(IMPORTED, id="5", parent="2"))
    assert Seen(shown).values("id") == ["c5551234567891", "c5551234567890", "c3", "c4"]
    assert shown.count("This comment was removed.") == 1
    assert "Comments (3)" in shown
    assert "parent=2" not in shown


def test_a_feed_knows_an_imported_comment_by_its_old_name_and_no_removed_one():
    root = ET.fromstring(filled(IMPORTED, STONE, comment(3), of=feed()))  # noqa: S314
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries][1] == "tag:blogger.com,1999:blog-1.post-5551234567890"
    links = [link.get("href") for link in root.iter(f"{ATOM}link")]
    assert [link.rpartition("#")[2] for link in links if link] == ["c3", "c5551234567890"]
    assert entries[1].findtext(f"{ATOM}author/{ATOM}uri") == "https://example.com/mill?a=1&b=2"


def test_a_build_of_before_imports_still_shows_what_they_bring(tmp_path):
    """Its own fragments know of no anchors, links and removed comments."""
    for path in (ROOT / "theme/templates/fragments").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    old = "{% for thread in threads %}<i id='c{{ thread.comment.id }}'>{{ thread.comment.text }}</i>{% endfor %}"
    (tmp_path / "thread.html").write_text(old)
    shown = thread(IMPORTED, STONE, with_=Build(BUILD.index, fragments_of(tmp_path)))
    assert Seen(shown).text.split("\n")[0] == "Well said.This comment was removed."


def test_only_one_module_puts_comments_on_pages():
    """Whoever loads a template of the fragments fills pages: that is `bridge/fill.py`, once."""
    found = []
    for part in ("bridge", "plugins", "authoring", "forms_service"):
        for path in sorted((ROOT / part).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            names = {n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant)}
            if names & {"thread.html", "count.html", "data.html", "feed.xml"}:
                found.append(str(path.relative_to(ROOT)))
            assert "replace_insides(" not in source or path.name in ("regions.py", "fill.py")
    assert found == ["bridge/fill.py"]
    calls = [n for n in ast.walk(ast.parse((ROOT / "bridge/fill.py").read_text())) if isinstance(n, ast.Call)]
    assert [ast.unparse(c.func) for c in calls].count("template.render") == 1

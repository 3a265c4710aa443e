"""A post's HTML as Markdown: the page built of it shows the same words in the same paragraphs, nothing dangerous."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from pelican.settings import read_settings

from authoring.check.page import read_page
from authoring.importing.blogger.html import prove
from authoring.importing.blogger.html.convert import Image, Placed, convert, plain_text
from authoring.importing.blogger.html.prove import EXTENSIONS, is_certain
from authoring.importing.blogger.html.rules import RULES
from authoring.importing.fidelity.reader import read
from tests.authoring.importing.blogger.html.shapes import SHAPES

PARSER = Markdown(extensions=list(EXTENSIONS))
WORDS = st.sampled_from(
    re.split(
        " ",
        r"word * _ ** __ ` `` [ ]( [^1]: &lt;b&gt; &amp; &amp;copy; \ # 1. - + === &gt; : ~~~ {: | ---|--- ![ *[X]: "
        "http://a.b/c_d me@example.com Title: &nbsp; \u200b سلام 漢字 a.b don’t {static}/x [[author]] *a* _c_",
    )
)
SPACES = st.sampled_from(["", " ", "\n", "&nbsp;", "<br>", "<br /><br />", "<br>&nbsp;<br>"])
INLINE = st.sampled_from(["b", "i", "em", "strong", "span", "font", "u", "sup", "code", 'a href="http://x.y/1"', "o:p"])
BLOCK = st.sampled_from(["div", "p", "blockquote", "ul", "ol", "li", "h2", "h4", "center", "section"])


def element(name: str, inner: str) -> str:
    return f"<{name}>{inner}</{name.split()[0]}>"


def posts() -> st.SearchStrategy[str]:
    words = st.lists(st.one_of(WORDS, SPACES), min_size=1, max_size=6).map("".join)

    def deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.builds(element, INLINE, words),
            st.builds(element, BLOCK, inner),
            st.lists(inner, max_size=4).map("".join),
        )

    return st.recursive(words, deeper, max_leaves=12)


def built(markdown: str) -> str:
    PARSER.reset()
    return str(PARSER.convert(f"Title: T\n\n{markdown}"))


def seen(html: str) -> list[str]:
    return [" ".join(words) for words in read(html).paragraphs]


def test_markdown_is_read_as_the_site_reads_it() -> None:
    site = read_settings(str(Path(__file__).parents[5] / "publishconf.py"))["MARKDOWN"]
    assert tuple(site["extension_configs"]) == EXTENSIONS
    assert not any(site["extension_configs"].values())


@pytest.mark.parametrize("shape", SHAPES)
def test_the_page_shows_the_words_and_paragraphs_of_the_post(shape: str) -> None:
    html, paragraphs = SHAPES[shape]
    assert seen(built(convert(html).markdown)) == paragraphs


@pytest.mark.parametrize("shape", SHAPES)
def test_converting_the_page_again_gives_the_same(shape: str) -> None:
    markdown = convert(SHAPES[shape][0]).markdown
    assert convert(built(markdown)).markdown == markdown


@pytest.mark.parametrize("shape", SHAPES)
def test_the_page_passes_the_checks_before_publishing(shape: str) -> None:
    page = read_page(f'<html lang="en"><h1>T</h1>{built(convert(SHAPES[shape][0]).markdown)}</html>')
    assert [fault.what for fault in page.faults] == []


@settings(max_examples=60)
@given(posts())
@example("<h3>a<br><br>b</h3><ul>c<ul><li>d</ul>e</ul>")
@example("a&#8232;b&#8233;c")
@example('&#8203; <img src="http://x.y/a.jpg" alt="">')
def test_words_are_kept_in_order_and_converting_again_changes_nothing(html: str) -> None:
    markdown = convert(html).markdown
    page = built(markdown)
    assert read(page, ignoring=read(html).shows).paragraphs == read(html).paragraphs
    assert convert(page).markdown == markdown


@settings(max_examples=60)
@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from(["<>", "</", "<p", "<b>", "&", "'", '"', "=", "<!--", "]]>", "<script", "<svg", "x", "\x00"])
    ).map("".join)
)
def test_no_text_is_too_broken_and_no_script_comes_out(html: str) -> None:
    page = built(convert(html).markdown)
    tags = set(re.findall(r"<\s*([a-z]+)", page.lower()))
    assert not tags & {"script", "style", "iframe", "object", "svg", "form", "link", "meta"}


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<script>x()</script>", "script"),
        ("<style>p{}</style>", "style"),
        ('<img src="http://example.com/x.gif" width="1" height="1">', "tracker"),
        ('<iframe src="http://example.com/x"></iframe>', "player"),
        ('<p onmouseover="x()">a</p>', "event handler"),
        ('<a href=" jAva&#10;script:x()">a</a>', "address"),
        ('<a href="data:text/html,x">a</a>', "address"),
        ('<img src="javascript:x()">', "picture"),
        ("<input name=q>", "form"),
        ("<title>T</title>", "head"),
    ],
)
def test_what_is_taken_out_is_counted_by_its_rule(html: str, rule: str) -> None:
    assert convert(html).removed == {rule: 1}
    assert rule in RULES


def test_headings_stand_below_the_title_without_gaps() -> None:
    assert convert("<h1>A</h1><h4>b</h4><h4>c</h4><h2>d</h2><h1>E</h1>").markdown.split("\n\n") == [
        "## A", "### b", "### c", "### d", "## E",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        ("<ol start=0><li>a</ol>", ['<ol start="0">', "<li>"]),
        ("<ol><li value=7>a<li>b</ol>", ['<ol start="7">', "<li>", "<li>"]),
        ("<ol><li>a<li value=7>b</ol>", ["<ol>", "<li>", '<li value="7">']),
        ("<ol><li value=1>a<li value=2>b</ol>", ["<ol>", "<li>", "<li>"]),
        ("<ol reversed><li>a<li>b</ol>", ["<ol reversed>", "<li>", "<li>"]),
        ("<ol start=x><li>a<li><li value=y>b</ol>", ["<ol>", "<li>", "<li>"]),
    ],
)
def test_a_list_counts_as_it_did(html: str, tags: list[str]) -> None:
    page = built(convert(html).markdown)
    assert re.findall(r"<(?:ol|li)[^>]*>", page) == tags
    assert built(convert(page).markdown) == page


def test_links_to_the_blog_itself_get_their_new_address() -> None:
    found = convert('<a href="http://old.example.com/x.html">x</a>', link=lambda url: f"/new{url[-7:]}")
    assert found.markdown == "[x](/new/x.html)"


def test_a_link_that_no_browser_should_follow_leaves_its_words() -> None:
    found = convert('Click <a href="vbscript:x">here</a> now')
    assert found.markdown == "Click here now"
    assert found.notes == ["a link to vbscript:x was left out, its words stay"]


def test_a_picture_of_the_site_has_its_words_and_size() -> None:
    placed = Placed("/images/imported/a.jpg", "A loaf", 320, 200)
    found = convert('<p><img src="http://x.y/a.jpg" alt="A loaf"></p>', image=lambda _: placed)
    assert built(found.markdown) == '<p><img src="/images/imported/a.jpg" alt="A loaf" width="320" height="200"></p>'


@pytest.mark.parametrize(
    "target", ["http://shop.example/loaf", "http://p.example/loaf", "https://c.example/wiki/a.jpg"]
)
def test_a_picture_that_led_to_a_page_is_reachable_as_that_page_is(target: str) -> None:
    html = f'We bake. <a href="{target}"><img src="http://p.example/s320/a.jpg" alt="A loaf"></a> We sell.'
    found = convert(html)
    page = target.partition("//")[2]
    assert found.markdown == f"We bake. [A loaf](http://p.example/s320/a.jpg) ([{page}]({target})) We sell."
    assert read(built(found.markdown), ignoring=read(html).shows).paragraphs == read(html).paragraphs
    assert convert(built(found.markdown)).markdown == found.markdown


@pytest.mark.parametrize("inner", ["{} our loaf", "our loaf {}", "<b>our</b> {}loaf", "{}{}", "{} <i>{}</i> loaf"])
def test_pictures_and_words_in_one_link_convert_the_same_again(inner: str) -> None:
    picture = '<img src="http://p.example/a.jpg" alt="A loaf">'
    found = convert(f'<a href="http://shop.example/loaf">{inner.replace("{}", picture)}</a>').markdown
    assert "[A loaf" in found
    assert "([shop.example/loaf](http://shop.example/loaf))" in found
    assert convert(built(found)).markdown == found


@pytest.mark.parametrize(
    ("target", "picture"),
    [
        ("http://p.example/s1600/a.jpg", "http://p.example/s320/a.jpg"),
        ("http://4.bp.blogspot.com/-a/s1600/a.jpg", "http://2.bp.blogspot.com/-a/s320/a.jpg"),
        ("https://blogger.googleusercontent.com/img/a/AVvX=s1600", "https://lh3.googleusercontent.com/AVvX=s320"),
    ],
)
def test_a_picture_that_led_to_a_larger_one_is_a_link_to_that(target: str, picture: str) -> None:
    assert convert(f'<a href="{target}"><img src="{picture}" alt="A loaf"></a>').markdown == f"[A loaf]({target})"


def test_a_data_uri_hands_over_its_bytes() -> None:
    given_: list[Image] = []
    convert(
        '<img src="data:image/png;base64,aGVsbG8=" width="2" height=3>', image=lambda i: given_.append(i) or Placed()
    )
    assert given_ == [Image("", "", b"hello", 2, 3)]


def test_names_within_the_post_stay_reachable() -> None:
    page = read_page(built(convert(SHAPES["footnotes"][0]).markdown))
    assert sorted(page.ids) == ["in-_ftn1", "in-_ftnref1"]
    assert {reference.value for reference in page.references} == {"#in-_ftn1", "#in-_ftnref1"}


@pytest.mark.parametrize(
    "before",
    ["file:///C:/Users/a/b.docx", "https://www.blogger.com/blog/post/edit/1/2", "//draft.blogger.com/x",
     "http://old.example.com/2010/01/a.html", ""],
)  # fmt: skip
def test_a_footnote_is_reached_whatever_an_editor_made_of_its_link(before: str) -> None:
    html = f'A<a href="{before}#_ftn1" name="_ftnref1">[1]</a><p><a href="{before}#_ftnref1" name="_ftn1">[1]</a> B'
    page = read_page(built(convert(html).markdown))
    assert {reference.value for reference in page.references} == {"#in-_ftn1", "#in-_ftnref1"}


def test_a_place_on_another_page_is_no_place_of_this_one() -> None:
    found = convert('<a href="http://other.example/a#b">c</a> <a href="file:///x#none">d</a><p id="b">e</p>')
    assert found.markdown == "[c](http://other.example/a#b) d\n\ne"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 2000 + "deep" + "</div>" * 2000 + " after",
        "<blockquote>" * 3000 + "deep" + "</blockquote>" * 3000 + " after",
        "<b>" * 3000 + "deep" + "</b>" * 3000 + "<br><br> after",
        "<ul><li>" * 3000 + "deep" + "</ul>" * 3000 + " after",
    ],
    ids=["div", "blockquote", "b", "ul"],
)
def test_no_depth_loses_a_word(html: str) -> None:
    assert seen(built(convert(html).markdown)) == ["deep", "after"]


@pytest.mark.parametrize(
    "piece",
    [
        "A word, <b>another</b> and a third.<br>",
        "<p>One line.</p>",
        '<a name="n"></a><p></p><a href="#n">up</a> ',
        '<iframe src="https://video.example/embed/{}"></iframe>',
        "<h2>a<br>",
    ],
    ids=["lines", "paragraphs", "places", "players", "heading"],
)
def test_a_long_post_takes_time_in_proportion(piece: str) -> None:
    """The processor's own time, the shorter of two: others may be busy too."""

    def taken(count: int) -> float:
        html = "".join(piece.format(number) for number in range(count))
        times = []
        for _ in range(2):
            begin = time.process_time()
            convert(html)
            times.append(time.process_time() - begin)
        return min(times)

    assert taken(4_000) < 10 * taken(1_000)


@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("aZ .,;:-()/%$\u201c\xa0\u00ad")), max_size=30))
@settings(max_examples=200)
def test_what_needs_no_reading_comes_back_as_it_stands(text: str) -> None:
    if is_certain(text):
        assert seen(built(text)) == [" ".join(text.split())]


@pytest.mark.parametrize("odd", ["<p><i>a</i>b<i> c</i> *<b>d</b>e*f</p>", "<dl><dt>a</dt><dd>b</dd></dl>", ""])
def test_a_post_read_in_pieces_keeps_its_words(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prove, "LARGE", 2_000)
    monkeypatch.setattr(prove, "PIECE", 500)
    html = "<p>Plain words.</p>" * 20 + ("<p>A <b>bold</b> one.</p>" * 20 + odd) * 4 + "<p>The end.</p>"
    assert read(built(convert(html).markdown)).paragraphs == read(html).paragraphs


def test_a_comment_is_plain_text_with_its_links_spelled_out() -> None:
    html = 'Hello <b>you</b><br />there<br /><br /><a href="http://x.y/z" rel="nofollow">my shop</a>, http://q.r &lt;3'
    assert plain_text(html) == "Hello you\nthere\n\nmy shop (http://x.y/z), http://q.r <3"

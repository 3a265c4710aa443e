"""The reader that checks the import sees what somebody sees who only looks at the page."""

import pytest

from authoring.importing.fidelity.compare import compared
from authoring.importing.fidelity.reader import prose, read


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        ("one<br>two<br><br>three", [["one", "two"], ["three"]]),
        ("one<br>&nbsp;<br>two", [["one"], ["two"]]),
        ("<div>one<div>two</div>three</div>", [["one"], ["two"], ["three"]]),
        ("o<b>n</b>e<script>x</script> &amp; two", [["one", "&", "two"]]),
        ("<p>\u200b</p><p>one</p>", [["one"]]),
        ("a<!-- b --!>c<!-->d<!x>e<?f?>g</ h>i<!-- never ended <p>j", [["acdegi"]]),
        ("<textarea>&lt;b&gt; <b>x</b></textarea>y", [["<b>", "<b>x</b>"], ["y"]]),
        ("<xmp>&amp; <b>", [["&amp;", "<b>"]]),
    ],
)
def test_paragraphs_end_where_a_reader_sees_an_end(html: str, paragraphs: list[list[str]]) -> None:
    assert read(html).paragraphs == paragraphs


def test_what_nobody_sees_is_counted_by_its_rule() -> None:
    assert read("<style>p</style><script>x</script><script>y</script>z").left_out == {"style": 1, "script": 2}


def test_a_link_that_stands_for_a_picture_adds_no_words_and_any_other_does() -> None:
    shows = read('<img src="http://x.y/a.jpg">').shows
    page = '<a href="http://x.y/a.jpg">a.jpg</a> <a href="http://x.y/a.jpg">again</a>'
    assert read(page, ignoring=shows).paragraphs == [["again"]]
    assert shows == [{"//x.y/a.jpg"}]


def test_a_picture_that_led_to_a_page_of_the_blog_is_known_by_that_page() -> None:
    shows = read('<a href="http://old.example/2010/01/a.html"><img src="http://x.y/a.jpg"></a>').shows
    page = '<a href="/2010/01/a.html">a.jpg</a> <a href="http://x.y/a.jpg">and this</a>'
    assert read(page, ignoring=shows).paragraphs == [["and", "this"]]


def test_an_object_shows_one_thing_however_often_it_names_it() -> None:
    film = "http://v.example/film"
    html = f'<object data="{film}"><param name="movie" value="{film}"><embed src="{film}"></object>'
    assert len(read(html).shows) == 1


def test_the_essay_is_found_within_its_page() -> None:
    assert prose('<h1>T</h1><div class="prose e-content"><div>a</div>b</div><p>c</p>') == "<div>a</div>b"
    assert prose("<p>none</p>") is None


def test_a_lost_word_a_new_word_and_a_split_paragraph_are_told_apart() -> None:
    lost = compared([["a", "b"], ["c"]], [["a"], ["c"]])
    added = compared([["a"]], [["a", "x"]])
    split = compared([["a", "b"]], [["a"], ["b"]])
    assert (lost.words_lost, lost.words_added, lost.paragraphs_lost) == (1, 0, 1)
    assert (added.words_lost, added.words_added) == (0, 1)
    assert (split.words_lost, split.words_added, split.paragraphs_lost, split.paragraphs_added) == (0, 0, 1, 2)
    assert compared([["a"]], [["a"]]).whole

"""Addresses in an essay's text lead to the same place wherever it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.absolute import absolute
from tests.support.site import Page

BASE = "https://example.com/2026/11/bread.html"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ('<a href="other.html">', '<a href="https://example.com/2026/11/other.html">'),
        ('<a href="/about/">', '<a href="https://example.com/about/">'),
        ('<a href="../10/a.html#c1">', '<a href="https://example.com/2026/10/a.html#c1">'),
        ('<a href="#fn:1">', '<a href="https://example.com/2026/11/bread.html#fn:1">'),
        ("<a href='/a'>", "<a href='https://example.com/a'>"),
        ("<a href=/a>", '<a href="https://example.com/a">'),
        ('<a href="?a=1&amp;b=2">', '<a href="https://example.com/2026/11/bread.html?a=1&amp;b=2">'),
        ('<img alt="a > b" src="bread.png">', '<img alt="a > b" src="https://example.com/2026/11/bread.png">'),
        ('<IMG SRC="/b.png">', '<IMG SRC="https://example.com/b.png">'),
        (
            '<img srcset="a.png 1x, /b.png 2x">',
            '<img srcset="https://example.com/2026/11/a.png 1x, https://example.com/b.png 2x">',
        ),
        ('<a href="//cdn.example/x">', '<a href="https://cdn.example/x">'),
    ],
)
def test_a_relative_address_becomes_whole(written: str, whole: str):
    assert absolute(written, BASE) == whole


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://other.example/a">', '<a href="mailto:a@example.com">', '<a href="tel:+12125550123">',
        '<img src="data:image/png;base64,AAAA">', '<a href="http://[">', 'a href="b" <b>c</b>',
        '<p title="an href=/a">',
        '<a data-href="/a">', "1 < 2 and href=/a > 3", "",
    ],
)  # fmt: skip
def test_everything_else_stays_as_it_is(html: str):
    assert absolute(html, BASE) == html


@given(st.text("<a href='\"= >/b#?.&;", max_size=60))
def test_doing_it_twice_changes_nothing_more(html: str):
    once = absolute(html, BASE)
    assert absolute(once, BASE) == once


def test_words_and_elements_are_kept():
    html = '<p>See <a href="/a">this</a> &amp; <img src="b.png" alt="that"> – twice.</p>'
    assert Page(absolute(html, BASE)).elements[0].text == Page(html).elements[0].text

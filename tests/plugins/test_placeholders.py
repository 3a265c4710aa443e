"""`[[author]]` in a page becomes what `site.toml` says."""

import dataclasses

import pytest

from bridge.identity import Identity
from plugins.placeholders import UnknownPlaceholderError, filled, html_values, plain_values


def test_the_author_is_named(identity: Identity):
    assert filled("By [[author]].", html_values(identity), "about.md") == "By The Author."


def test_the_address_becomes_a_link_in_html_only(identity: Identity):
    assert filled("[[email]]", plain_values(identity), "about.md") == "author@example.com"
    link = '<a href="mailto:author@example.com">author@example.com</a>'
    assert filled("[[email]]", html_values(identity), "about.md") == link


def test_a_name_is_escaped_in_html_only(identity: Identity):
    odd = dataclasses.replace(identity, author="A <b> & B")
    assert filled("[[author]]", html_values(odd), "about.md") == "A &lt;b&gt; &amp; B"
    assert filled("[[author]]", plain_values(odd), "about.md") == "A <b> & B"


def test_an_unknown_placeholder_is_refused_by_name(identity: Identity):
    with pytest.raises(UnknownPlaceholderError, match=r"about\.md: \[\[phone\]\] is not known; known are author"):
        filled("[[phone]]", html_values(identity), "about.md")


def test_what_a_value_says_is_not_filled_again(identity: Identity):
    odd = dataclasses.replace(identity, author="[[email]]")
    assert filled("[[author]]", plain_values(odd), "about.md") == "[[email]]"

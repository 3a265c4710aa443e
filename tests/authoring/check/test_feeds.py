"""Feeds of both kinds: whole, every entry with an id of its own, and nothing old shown as new."""

import json

import pytest

from authoring.check.feeds import feed_findings

ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>{id}</id><title>One</title>'
    '<link href="https://example.com/1"/><published>{published}</published></entry></feed>'
)


def feed(kind: str, id: str = "urn:1", published: str = "2026-11-08T07:00:00-05:00") -> str:
    if kind == "atom":
        return ATOM.format(id=id, published=published)
    item = {"id": id, "title": "One", "url": "https://example.com/1", "date_published": published}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "S", "items": [item]})


def said(kind: str, text: str, before: str | None = None) -> list[str]:
    return [str(finding) for finding in feed_findings(f"feeds/posts.{kind}", text, before)]


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_a_feed_that_stays_as_it_was_is_fine(kind: str):
    assert said(kind, feed(kind)) == said(kind, feed(kind), feed(kind)) == []


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_an_entry_dated_anew_is_noticed(kind: str):
    (line,) = said(kind, feed(kind, published="2026-11-09T07:00:00-05:00"), feed(kind))
    assert "“One” was published 2026-11-08T07:00:00-05:00 and would be dated 2026-11-09" in line


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_the_same_moment_in_another_time_zone_is_no_news(kind: str):
    assert said(kind, feed(kind, published="2026-11-08T13:00:00+01:00"), feed(kind)) == []


@pytest.mark.parametrize("kind", ["atom", "json"])
@pytest.mark.parametrize("before", ["on Sunday", "2026-11-08T07:00:00"])
def test_a_time_that_says_too_little_is_another_one(kind: str, before: str):
    assert len(said(kind, feed(kind), feed(kind, published=before))) == 1


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_an_entry_with_another_id_would_appear_as_new(kind: str):
    (line,) = said(kind, feed(kind, id="urn:2"), feed(kind))
    assert "“One” would appear as new to everybody who has read it; give its essay back the line: Id: urn:1" in line


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_an_entry_without_an_id_is_noticed(kind: str):
    assert "the entry “One” has no id of its own" in said(kind, feed(kind, id=""))[0]


@pytest.mark.parametrize(
    ("kind", "text"),
    [("atom", "<feed>"), ("json", "{"), ("json", "[]"), ("json", '{"title": "S"}'), ("json", '{"items": [1]}')],
)
def test_half_a_feed_is_no_feed(kind: str, text: str):
    (line,) = said(kind, text)
    assert line.startswith(f"feeds/posts.{kind}:")
    assert "the feed is not well-formed: " in line


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_what_was_broken_before_is_compared_with_nothing(kind: str):
    assert said(kind, feed(kind), "<half") == []

"""A comments feed, filled, keeps to the specification of Atom whatever visitors write."""

import pytest
from lxml import etree

from bridge.fill import fill
from tests.support.built_site import FIRST, HOSTILE, by_essay, comment, essay, marked
from tests.support.built_site import build as built
from tests.support.feeds import ATOM, atom_faults

FRAME = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Comments – A Site</title>
<id>urn:uuid:9f4a58be-65c7-5157-8ba8-55f2b6595d24</id>
<link rel="self" type="application/atom+xml" href="https://example.com/feeds/comments.atom"/>
<link rel="alternate" type="text/html" href="https://example.com/"/>
<author><name>The Author</name></author>
{}
</feed>
"""


def feed(*comments: object, of: str = "*") -> bytes:
    frame = FRAME.format(marked(("feed", of)))
    return fill(frame, by_essay(comments), built(essay(FIRST, title='"A" & <b>'))).encode()  # type: ignore[arg-type]


@pytest.mark.parametrize("of", ["*", FIRST])
def test_an_empty_feed_is_valid(of: str):
    assert atom_faults(feed(of=of)) == []


@pytest.mark.parametrize("of", ["*", FIRST])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_feed_is_valid_whatever_was_written(of: str, text: str):
    comments = [comment(1, text=text), comment(2, text=f"x {text} y", name=f"A {text} baker", parent="1")]
    assert atom_faults(feed(*comments, of=of)) == []


def test_five_hundred_comments_give_the_fifty_newest():
    root = etree.fromstring(feed(*(comment(number) for number in range(500))))
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 50
    assert entries[0].find(f"{ATOM}link").get("href") == "https://example.com/2026/11/first.html#c499"

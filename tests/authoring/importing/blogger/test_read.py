"""Exports of either form become the same records; a broken file is mended, or refused in one line."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.importing.blogger.detect import find
from authoring.importing.blogger.elements import moment
from authoring.importing.blogger.read import Export, read_export, with_addresses
from authoring.importing.errors import ImportingError
from bench.blogger_export import backup, entries, takeout
from tests.authoring.importing.blogger.conftest import Write

MADE = entries(12, 30)


def read(path: Path) -> Export:
    feed = find(path)
    assert feed is not None
    return read_export(feed)


def test_both_forms_tell_the_same(export: Write) -> None:
    old, new = read(export("old.xml", backup(MADE))), read(export("feed.atom", takeout(MADE)))
    said = [
        {(e.kind, e.id, e.title, e.html, e.published, e.labels, e.author, e.parent) for e in one.entries}
        for one in (old, new)
    ]
    assert said[0] == said[1]
    assert {reason for _, reason in old.left_out} == {"the old blog's template", "a setting of the old blog"}
    assert {reason for _, reason in new.left_out} == {"in the trash"}


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("It&#39;s &quot;rye&quot;", 'It\'s "rye"'),
        ("<i>Rye</i> &amp; <b style='x'>salt</b><br/>now", "Rye & salt now"),
        ("List<String>, 1 < 2, &lt;b&gt;", "List<String>, 1 < 2, <b>"),
        ("R&D, AT&T", "R&D, AT&T"),
    ],
)
def test_a_title_reads_as_the_blog_showed_it(export: Write, written: str, title: str) -> None:
    [entry] = read(export("feed.atom", takeout([replace(MADE[0], title=written)]))).entries
    assert entry.title == title


@pytest.mark.parametrize(
    ("link", "address"), [("http://b.example/2015/10/loaf.html?x=1", "/2015/10/loaf.html"), ("http://[b/x.html", "")]
)
def test_the_link_to_the_comments_tells_an_address_if_it_is_one(export: Write, link: str, address: str) -> None:
    text = "".join(backup([replace(MADE[0], address="")]))
    text = text.replace("</published>", f"</published><link rel='replies' type='text/html' href='{link}'/>")
    [entry] = read(export("old.xml", text)).entries
    assert entry.address == address


@pytest.mark.parametrize(("account", "writer"), [("BLOGGER", "A Baker"), ("ANONYMOUS", "")])
def test_a_name_without_a_profile_counts_only_where_blogger_knew_the_writer(
    export: Write, account: str, writer: str
) -> None:
    says = f"<author><name>A Baker</name><uri></uri><blogger:type>{account}</blogger:type></author>"
    text = re.sub(r"<author>.*?</author>", says, "".join(takeout(MADE[:1])))
    [entry] = read(export("feed.atom", text)).entries
    assert entry.writer == writer


@pytest.mark.parametrize("form", [backup, takeout])
def test_what_is_read_and_what_is_left_out_add_up(export: Write, form) -> None:
    found = read(export("x.xml", form(MADE)))
    assert found.total == len(found.entries) + len(found.left_out) > 40


def test_a_file_that_breaks_off_keeps_its_whole_entries(export: Write) -> None:
    text = "".join(takeout(MADE))
    found = read(export("feed.atom", text[: text.rindex("<blogger:filename>")]))
    assert "breaks off at line" in found.mended[0]
    assert found.left_out[-1][1] == "cut off where the file ends"
    assert found.total == len(found.entries) + len(found.left_out) == len(MADE)


def test_conflict_markers_lose_no_entry(export: Write) -> None:
    first, rest = "".join(takeout(MADE)).split("<entry>", 1)
    one, two = rest.split("<entry>")[:2]
    text = f"{first}<<<<<<< HEAD\n<entry>{one}=======\n<entry>{two}<entry>{one}>>>>>>> theirs\n</feed>\n"
    found = read(export("feed.atom", text))
    assert [entry.id for entry in found.entries] == [f"tag:blogger.com,1999:blog-1.post-{n}" for n in (1, 2)]
    assert found.left_out[0][1] == "the same entry a second time"
    assert "kept both sides: line" in found.mended[0]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("<title>Letter 3</title>", "<title>Letter&nbsp;3 & more</title>", "ampersands"),
        ("<title>Letter 3</title>", "<title>Letter\x01 3&#x2;</title>", "control characters"),
        (" xmlns:blogger='http://schemas.google.com/blogger/2018'", "", "blogger"),
    ],
)
def test_what_is_not_quite_xml_is_mended_and_said(export: Write, before: str, after: str, words: str) -> None:
    text = "".join(takeout(MADE)).replace(before, after)
    found = read(export("feed.atom", text + "<!-- http://schemas.google.com/blogger/2018 -->"))
    assert len(found.entries) == len(MADE) - 1
    assert words in " ".join(found.mended)


def test_what_cannot_be_mended_names_file_line_and_reason(export: Write) -> None:
    text = "".join(takeout(MADE)).replace("</title>", "</titel>", 3)
    with pytest.raises(ImportingError, match=r"feed\.atom:\d+: not well-formed XML \(.*titel.*\)"):
        read(export("feed.atom", text))


def test_a_post_of_twelve_megabytes_is_read(export: Write) -> None:
    text = "".join(takeout(MADE[:3])).replace("Letter 3", "word " * 2_400_000)
    assert len(read(export("feed.atom", text)).entries[2].title) > 11_000_000


def test_a_comment_tells_the_address_its_post_has_lost() -> None:
    from dataclasses import replace

    from authoring.importing.blogger.entries import COMMENT, LIVE, POST, Entry

    post = Entry(POST, "p", "T", "", None, None, "", "", (), "", LIVE)
    comment = replace(
        post, kind=COMMENT, id="c", parent="p", address="http://b.example/2010/01/t.html?showComment=1#c1"
    )
    assert with_addresses([post, comment])[0].address == "http://b.example/2010/01/t.html"


@settings(max_examples=60)
@given(st.text(max_size=40) | st.datetimes().map(str))
def test_any_date_is_a_moment_or_none(text: str) -> None:
    found = moment(text)
    assert found is None or found.tzinfo is not None


PUBLIC = """<?xml version='1.0'?><rss xmlns:atom='http://www.w3.org/2005/Atom'
  xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' version='2.0'><channel>
  <link>http://essays.blogspot.com/</link><openSearch:totalResults>300</openSearch:totalResults>
  <generator>Blogger</generator><item><guid>tag:blogger.com,1999:blog-1.post-2</guid>
  <pubDate>Sun, 03 Jan 2010 07:00:00 -0800</pubDate><category>Bread</category><title>One</title>
  <description>&lt;p&gt;Words.&lt;/p&gt;</description><link>http://essays.blogspot.com/2010/01/one.html</link>
  <author>noreply@blogger.com (The Author)</author></item></channel></rss>"""


def test_a_public_feed_is_read_and_says_how_much_is_missing(export: Write) -> None:
    found = read(export("feed.xml", PUBLIC))
    [entry] = found.entries
    assert (entry.kind, entry.html, entry.labels, entry.author) == ("post", "<p>Words.</p>", ("Bread",), "The Author")
    assert entry.published == datetime(2010, 1, 3, 15, tzinfo=UTC)
    assert (found.announced, found.total, found.hosts) == (300, 1, {"essays.blogspot.com"})

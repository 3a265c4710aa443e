"""Old addresses lead where they should; nothing can be sent that leads out of the site."""

import re
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.old_addresses import FOR_NOW, IN_PLACE, RULES, Answer, SiteMap, post_number, resolve, site_map
from bridge.proxy_words import caddy_map, nginx_map, nginx_rules, redirects_file

EMPTY = SiteMap()
LABELS = site_map({"Thanks": "thanks", "Two Words": "two-words", "感謝": "感謝"}, {"123": "2015/10/old"}, {})


@pytest.mark.parametrize(
    ("path", "query", "answer"),
    [
        ("/feeds/posts/default", "", Answer("/feeds/posts.atom", IN_PLACE)),
        ("/feeds/posts/default", "max-results=1&alt=json", Answer("/feeds/posts.json", IN_PLACE)),
        ("/feeds/posts/default", "alt=rss", Answer("/feeds/posts.atom", IN_PLACE)),
        ("/search", "q=a%20b&m=1", Answer("/search/?q=a%20b&m=1", FOR_NOW)),
        ("/search", "q=", Answer("/search/?q=", FOR_NOW)),
        ("/search", "updated-max=2015", Answer("/archive/", 301)),
        ("/2015_10_01_archive.html", "", Answer("/2015/10/", 301)),
        ("/a/b/index.html", "", Answer("/a/b/", 301)),
        ("/search/label/unknown", "", Answer("/tags/", 301)),
    ],
)
def test_what_holds_for_every_site(path: str, query: str, answer: Answer):
    assert resolve(path, query, EMPTY) == answer


@pytest.mark.parametrize(
    "path", ["/", "/search", "/search/", "/archive/", "/2015/10/old.html", "/feeds/posts.atom", ""]
)
def test_addresses_of_today_are_left_alone(path: str):
    assert resolve(path, "", LABELS) is None


def test_labels_are_told_apart_by_their_case():
    assert resolve("/search/label/Thanks", "", LABELS) == Answer("/tags/thanks/", 301)
    assert resolve("/search/label/THANKS", "", LABELS) == Answer("/tags/", 301)
    assert resolve("/feeds/posts/default/-/Two Words", "", LABELS) == Answer("/feeds/tags/two-words.atom", IN_PLACE)


def test_an_essay_s_comments_are_found_by_its_old_number():
    assert resolve("/feeds/123/comments/default", "", LABELS) == Answer("/feeds/comments/2015/10/old.atom", IN_PLACE)
    assert resolve("/feeds/124/comments/default", "", LABELS) is None


def test_a_label_that_became_another_tag_takes_its_feed_along():
    site = site_map({}, {}, {"/search/label/Old%20One": "/tags/%E6%84%9F%E8%AC%9D/", "/search/label/X": "/about/"})
    assert site.moved["/search/label/Old One"] == "/tags/%E6%84%9F%E8%AC%9D/"
    assert site.kept == {"/feeds/posts/default/-/Old One": "/feeds/tags/感謝.atom"}


@pytest.mark.parametrize(
    ("entry", "number"),
    [
        ("tag:blogger.com,1999:blog-1.post-23", "23"),
        ("urn:uuid:1", None),
        ("tag:blogger.com,1999:blog-1.page-2", None),
        ("", None),
    ],
)
def test_an_old_number_is_read_from_the_id_an_essay_kept(entry: str, number: str | None):
    assert post_number(entry) == number


@given(st.text(max_size=60), st.text(st.characters(codec="ascii", exclude_categories=["Cc", "Zs"]), max_size=40))
def test_nothing_leads_out_of_the_site_or_breaks_a_header(path: str, query: str):
    for prefix in ("/", "/search/label/", "/search", "//", ""):
        for suffix in ("", "/index.html", "_10_01_archive.html"):
            if found := resolve(f"{prefix}{path}{suffix}", query, LABELS):
                assert not urlsplit(found.address).netloc
                assert not re.search(r"[\x00-\x20\\]", found.address)


@given(st.text(max_size=30))
def test_no_label_breaks_the_maps(label: str):
    site = site_map({label: "a-tag"}, {}, {})
    for written in (nginx_map(site.moved), caddy_map(site.moved)):
        for line in written:
            assert re.fullmatch(r'"[^"\x00-\x1f]*" "/tags/a-tag/";?', line)


def test_every_rule_is_in_nginx_s_words():
    text = "\n".join(nginx_rules())
    assert text.count('    "~^') == len(RULES)


def test_simpler_hosts_read_one_line_for_each():
    lines = redirects_file(LABELS).splitlines()
    assert "/search/label/Two%20Words /tags/two-words/ 301" in lines
    assert "/feeds/123/comments/default /feeds/comments/2015/10/old.atom 200" in lines
    assert "/search q=:q /search/?q=:q 302" in lines
    assert "/feeds/posts/:length alt=json /feeds/posts.json 200" in lines
    assert lines.index("/feeds/posts/:length alt=json /feeds/posts.json 200") < lines.index(
        "/feeds/posts/:length /feeds/posts.atom 200"
    )
    for line in lines[1:]:
        old, *_, new, status = line.split(" ")
        assert old.startswith("/")
        assert new.startswith("/")
        assert status in ("200", "301", "302")
        assert unquote(old).isprintable()

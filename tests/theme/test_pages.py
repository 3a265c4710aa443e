"""What every page of the built site owes its readers."""

import gzip
import json
import re
from itertools import pairwise
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.conftest import ROOT
from tests.support.site import Site

SAMPLES = ("/2026/11/the-second-question.html", "/2026/11/known-by-name.html")
ADDRESSES = (
    "/", "/archive/", "/2026/", "/2026/11/", *SAMPLES, "/tags/", "/tags/gratitude/", "/about/", "/contact/", "/refer/",
    "/privacy/", "/search/", "/subscribe/", "/404.html",
)  # fmt: skip
MACHINES = (
    "/feeds/posts.atom", "/feeds/tags/gratitude.atom", "/feeds/comments.atom",
    "/feeds/comments/2026/11/known-by-name.atom", "/sitemap.xml", "/robots.txt",
    "/theme/site.css", "/favicon.svg",
)  # fmt: skip
UNLISTED = ("/search/", "/404.html")  # search engines pass over them
SERVED_BY_THE_SERVICE = "/forms/"
every_page = pytest.mark.parametrize("address", ADDRESSES)


def test_every_page_is_in_the_lists_above(site: Site):
    tags = {f"/tags/{tag}/" for tag in ("partners", "networking", "clients", "referrals")}
    assert set(site.addresses) == set(ADDRESSES) | tags


@pytest.mark.parametrize("address", MACHINES)
def test_machines_find_their_files(site: Site, address: str):
    assert site.file(address).stat().st_size > 0


@every_page
def test_every_link_leads_somewhere(site: Site, address: str):
    for link in site.page(address).links:
        target = urlsplit(urljoin(address, link))
        if target.scheme in ("mailto", "tel") or target.path.startswith(SERVED_BY_THE_SERVICE):
            continue
        assert not target.netloc, f"{link} leaves the site"
        assert site.file(unquote(target.path)).is_file(), link
        if target.fragment:
            assert target.fragment in site.page(target.path).ids, link


@every_page
def test_a_page_has_one_h1_and_skips_no_level(site: Site, address: str):
    levels = [int(e.tag[1]) for e in site.page(address).elements if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@every_page
def test_a_page_says_what_it_is(site: Site, address: str):
    page = site.page(address)
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("title").text.strip()
    assert page.one("meta", name="description").attributes["content"].strip()


@every_page
def test_ids_are_unique(site: Site, address: str):
    ids = site.page(address).ids
    assert len(ids) == len(set(ids))


@every_page
def test_the_first_link_skips_to_the_text(site: Site, address: str):
    assert site.page(address).links[0] == "#main"
    assert "main" in site.page(address).ids


@every_page
def test_every_field_has_its_label(site: Site, address: str):
    page = site.page(address)
    labelled = {label.attributes.get("for") for label in page.all("label")}
    for field in (e for e in page.elements if e.tag in ("input", "textarea", "select")):
        assert field.attributes.get("type") == "hidden" or field.attributes["id"] in labelled


@every_page
def test_nothing_comes_from_elsewhere_and_nothing_stands_inline(site: Site, address: str):
    for element in site.page(address).elements:
        source = element.attributes.get("src", "")
        if element.tag == "link" and element.attributes["rel"] in ("stylesheet", "icon"):
            source = element.attributes["href"]
        assert not urlsplit(source).netloc
        assert element.tag not in ("style", "iframe")
        assert element.tag != "script" or (address in ("/search/", "/subscribe/") and source)
        assert not any(name == "style" or name.startswith("on") for name in element.attributes)


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a not in UNLISTED])
def test_a_page_names_its_one_address(site: Site, address: str):
    page = site.page(address)
    assert page.one("link", rel="canonical").attributes["href"] == f"https://example.com{address}"
    assert page.one("meta", property="og:url").attributes["content"] == f"https://example.com{address}"
    assert page.one("p", class_="printed").text == f"https://example.com{address}"


@pytest.mark.parametrize("address", UNLISTED)
def test_search_engines_pass_over_what_is_no_page_of_its_own(site: Site, address: str):
    page = site.page(address)
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert not page.all("link", rel="canonical")


@every_page
def test_a_page_stays_within_its_weight(site: Site, address: str):
    assert len(gzip.compress(site.file(address).read_bytes(), mtime=0)) <= 12_000


def test_the_stylesheet_stays_within_its_weight(site: Site):
    assert len(gzip.compress(site.file("/theme/site.css").read_bytes(), mtime=0)) <= 6_000


@pytest.mark.parametrize(
    ("address", "label"), [("/", "Articles"), ("/archive/", "Archive"), ("/refer/", "Refer someone")]
)
def test_the_menu_marks_where_one_is(site: Site, address: str, label: str):
    assert site.page(address).one("a", aria_current="page").text == label


def test_no_template_is_borrowed_from_pelicans_own_theme():
    own = {path.name for path in (ROOT / "theme" / "templates").iterdir()}
    assert {f"{name}.html" for name in ("author", "category", "tag", "article", "page", "period_archives")} <= own
    text = "".join(path.read_text() for path in (ROOT / "theme" / "templates").rglob("*.*"))
    assert "!simple" not in text


def test_the_sample_essays_continue_each_other(site: Site):
    first, second = (site.page(address) for address in SAMPLES)
    assert [e.text.split(",")[0] for e in first.all("p", class_="note")] == ["Continues in Known by Name"]
    assert [e.text.split(",")[0] for e in second.all("p", class_="note")] == ["Continues from The Second Question"]


def test_an_essay_names_its_neighbours(site: Site):
    first, second = (site.page(address) for address in SAMPLES)
    assert first.one("a", rel="next").text == "Known by Name"
    assert second.one("a", rel="prev").text == "The Second Question"
    assert not first.all("a", rel="prev")


@pytest.mark.parametrize("address", SAMPLES)
def test_an_essay_tells_its_day_and_its_author(site: Site, address: str):
    page = site.page(address)
    assert page.one("time", class_="dt-published").text.startswith("Sunday, November ")
    assert page.one("span", class_="p-author h-card byline").text == "The Author"


@pytest.mark.parametrize("address", SAMPLES)
def test_an_essay_ends_with_the_authors_invitation(site: Site, address: str):
    links = site.page(address).links
    for way in ("#leave-a-comment", "mailto:author@example.com", "tel:+12125550123", "/refer/"):
        assert way in links


@pytest.mark.parametrize("address", SAMPLES)
def test_an_essay_has_its_comment_form(site: Site, address: str):
    page = site.page(address)
    assert page.one("form").attributes["action"] == "/forms/comment"
    assert address.removeprefix("/").removesuffix(".html") in {e.attributes.get("value") for e in page.all("input")}


@pytest.mark.parametrize("address", SAMPLES)
@pytest.mark.parametrize("name", ["count", "thread", "data"])
def test_an_essay_has_an_empty_region_for_its_comments(site: Site, address: str, name: str):
    id = address.removeprefix("/").removesuffix(".html")
    assert site.text(address).count(f"<!-- comments:{name} {id} --><!-- /comments:{name} -->") == 1


@pytest.mark.parametrize(("address", "action"), [("/contact/", "/forms/contact"), ("/refer/", "/forms/referral")])
def test_the_forms_stand_on_their_pages(site: Site, address: str, action: str):
    assert site.page(address).one("form").attributes["action"] == action


def test_the_privacy_page_speaks_to_the_third_person(site: Site):
    headings = [e.text for e in site.page("/privacy/").all("h2")]
    assert "Did someone give me your name?" in headings


def test_no_placeholder_is_left_on_any_page(site: Site):
    assert not [address for address in site.addresses if "[[" in site.text(address)]


def test_nobody_is_promised_an_answer_the_author_has_not_promised(site: Site):
    assert not [address for address in site.addresses if "within 24 hours" in site.text(address)]


def test_the_archive_has_every_essay_once(site: Site):
    for address in ("/archive/", "/2026/", "/2026/11/"):
        assert [link for link in site.page(address).links if link in SAMPLES] == [*reversed(SAMPLES)]


def test_the_sitemap_lists_the_pages(site: Site):
    listed = re.findall("<loc>https://example.com(.*?)</loc>", site.text("/sitemap.xml"))
    assert sorted(listed) == [address for address in site.addresses if address not in UNLISTED]


def test_the_sitemap_dates_pages_by_their_essays(site: Site):
    found = re.search("<loc>https://example.com/2026/</loc><lastmod>(.*?)</lastmod>", site.text("/sitemap.xml"))
    assert found
    assert found[1] == "2026-11-15T07:00:00-05:00"


def test_robots_are_kept_from_the_authors_side(site: Site):
    assert "Disallow: /dashboard/" in site.text("/robots.txt")
    assert "Sitemap: https://example.com/sitemap.xml" in site.text("/robots.txt")


def test_a_published_page_shows_no_banner(site: Site):
    assert "make import" not in site.text("/")


def test_the_index_of_the_build_knows_both_essays(site: Site):
    index = json.loads((site.root / ".build" / "page_index.json").read_text())
    assert {article["id"] for article in index["articles"]} == {a[1:].removesuffix(".html") for a in SAMPLES}

"""The feed of essays: what subscribers hold against us if it changes."""

import json
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from tests.support.feeds import atom_faults, json_feed_faults
from tests.support.site import Page, Site, build, content, essay

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(site: Site, address: str = "/feeds/posts.atom") -> ElementTree.Element:
    return ElementTree.fromstring(site.file(address).read_bytes())  # noqa: S314  # our own file


def ids(site: Site) -> list[str | None]:
    return [entry.findtext(f"{ATOM}id") for entry in feed(site).iter(f"{ATOM}entry")]


def test_a_feed_says_its_language_and_its_own_address(site: Site):
    root = feed(site)
    assert root.get(XML_LANG) == "en"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"alternate": "https://example.com/", "self": "https://example.com/feeds/posts.atom"}


def test_entries_have_full_addresses_newest_first(site: Site):
    links = [entry.find(f"{ATOM}link").get("href") for entry in feed(site).iter(f"{ATOM}entry")]
    assert links == [
        "https://example.com/2026/11/known-by-name.html",
        "https://example.com/2026/11/the-second-question.html",
    ]


def test_an_entry_holds_the_whole_essay(site: Site):
    entry = feed(site).find(f"{ATOM}entry")
    assert "Then tell me how it went." in entry.findtext(f"{ATOM}content")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "The Author"


def test_a_subject_has_its_feed(site: Site):
    assert len(feed(site, "/feeds/tags/gratitude.atom").findall(f"{ATOM}entry")) == 1


def test_links_in_an_entry_work_away_from_the_site(tmp_path):
    text = "See [the other one]({filename}b.md) and [me]({filename}/pages/contact.md)."
    source = content(tmp_path / "content", a=essay(text=text), b=essay(Slug="b"))
    found = feed(build(tmp_path / "output", source)).find(f"{ATOM}entry").findtext(f"{ATOM}content")
    assert 'href="https://example.com/2026/11/b.html"' in found
    assert 'href="https://example.com/contact/"' in found


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same site at another address."""
    url = "https://elsewhere.example/blog"
    return build(tmp_path_factory.mktemp("moved") / "output", environ={"SITEURL": url}, SITEURL=f'"{url}"')


def test_ids_survive_a_move_to_another_address(site: Site, moved: Site):
    assert ids(moved) == ids(site)
    assert feed(moved).find(f"{ATOM}entry/{ATOM}link").get("href").startswith("https://elsewhere.example/blog/2026/11/")


def test_an_imported_essay_keeps_the_id_it_had(tmp_path):
    kept = "tag:blogger.com,1999:blog-1.post-2"
    assert ids(build(tmp_path / "output", content(tmp_path / "content", a=essay(Id=kept)))) == [kept]


def test_an_edit_changes_updated_and_nothing_else(tmp_path):
    source = content(tmp_path / "content", a=essay(Modified="2026-11-10 12:00"))
    entry = feed(build(tmp_path / "output", source)).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}published") == "2026-11-08T07:00:00-05:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-10T12:00:00-05:00"
    plain = build(tmp_path / "plain", content(tmp_path / "before", a=essay()))
    assert ids(plain) == [entry.findtext(f"{ATOM}id")]


def test_a_title_stands_in_the_feed_as_written(tmp_path):
    titles = ['<b>Bold</b> & "quoted"', "a < b", "Prüfung — 試験 🎉"]
    essays = {f"a{n}": essay(title, Slug=f"a{n}") for n, title in enumerate(titles)}
    root = feed(build(tmp_path / "output", content(tmp_path / "content", **essays)))
    assert [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")] == titles


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Thirty essays with all that has ever broken a feed: other scripts, markup, odd signs, relative addresses."""
    folder = tmp_path_factory.mktemp("rich")
    odd = {
        "a0": essay(
            '<b>Bold</b> & "quoted" ]]>', Slug="a0", Tags="感謝, A & B", Series="Prüfungen", Modified="2026-11-19 08:00"
        ),
        "a1": essay(
            "試験 \x0b 🎉",
            Slug="感謝",
            Tags="感謝",
            Series="Prüfungen",
            text='<img src="b.png" alt="A bun"> <a href=/about/>me</a>',
        ),
        "a2": essay(
            "Notes", Slug="a--b", text="See [^1] and [below](#there).\n\n[^1]: A note.\n", Summary="A & <b>b</b>"
        ),
    }
    plain = {f"p{n}": essay(f"Number {n}", f"2026-10-{n:02} 07:00", Slug=f"p{n}") for n in range(1, 28)}
    return build(folder / "output", content(folder / "content", **odd, **plain))


def feeds_of(site: Site) -> list[str]:
    return sorted("/" + path.relative_to(site.root).as_posix() for path in site.root.rglob("*.atom"))


def test_every_feed_keeps_to_its_specification(rich: Site, site: Site):
    for each in (rich, site):
        faults = {address: atom_faults(each.file(address).read_bytes()) for address in feeds_of(each)}
        comments = [address for address in faults if "/comments" in address]
        # Their entries and their age are the bridge's; tests/bridge/test_comment_feeds.py judges them filled.
        assert {address: found for address, found in faults.items() if found} == {
            address: ["feed: 0 of updated"] for address in comments
        }
        assert json_feed_faults(each.text("/feeds/posts.json")) == []


def test_an_empty_site_has_valid_feeds(tmp_path):
    empty = build(tmp_path / "output", content(tmp_path / "content"))
    assert atom_faults(empty.file("/feeds/posts.atom").read_bytes()) == []
    assert json_feed_faults(empty.text("/feeds/posts.json")) == []


def test_every_feed_has_an_id_of_its_own_that_survives_a_move(rich: Site, site: Site, moved: Site):
    names = [feed(rich, address).findtext(f"{ATOM}id") for address in feeds_of(rich)]
    assert len(set(names)) == len(names)
    before, after = ({a: feed(s, a).findtext(f"{ATOM}id") for a in feeds_of(s)} for s in (site, moved))
    assert before == after


def test_a_subject_and_a_series_have_feeds_that_lead_to_their_pages(rich: Site):
    told = {}
    for address in ("/feeds/tags/感謝.atom", "/feeds/series/prüfungen.atom"):
        root = feed(rich, address)
        links = {link.get("rel"): unquote(link.get("href") or "") for link in root.findall(f"{ATOM}link")}
        told[root.findtext(f"{ATOM}title")] = (links["self"], links["alternate"], len(root.findall(f"{ATOM}entry")))
    url = "https://example.com"
    assert told == {
        "感謝 – Gratitude Marketing": (f"{url}/feeds/tags/感謝.atom", f"{url}/tags/感謝/", 2),
        "Prüfungen – Gratitude Marketing": (f"{url}/feeds/series/prüfungen.atom", f"{url}/series/prüfungen/", 2),
    }


def test_the_feeds_of_essays_hold_the_twenty_five_newest(rich: Site):
    items = json.loads(rich.text("/feeds/posts.json"))["items"]
    assert [item["id"] for item in items] == ids(rich)
    assert len(items) == 25


def test_no_address_in_an_entry_is_relative(rich: Site):
    for item in json.loads(rich.text("/feeds/posts.json"))["items"]:
        page = Page(item["content_html"])
        for element in page.elements:
            for name in ("href", "src"):
                assert urlsplit(element.attributes.get(name, "https:")).scheme, element
    texts = {e.findtext(f"{ATOM}title"): e.findtext(f"{ATOM}content") for e in feed(rich).iter(f"{ATOM}entry")}
    assert 'src="https://example.com/2026/11/b.png"' in texts["試験 🎉"]
    assert 'href="https://example.com/2026/11/a--b.html#there"' in texts["Notes"]


def test_a_json_item_says_what_its_atom_entry_says(rich: Site):
    entries = list(feed(rich).iter(f"{ATOM}entry"))
    items = json.loads(rich.text("/feeds/posts.json"))["items"]
    for entry, item in zip(entries, items, strict=True):
        assert (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}content")) == (
            item["title"],
            item["content_html"],
        )
        assert entry.findtext(f"{ATOM}published") == item["date_published"]
        assert entry.findtext(f"{ATOM}updated") == item.get("date_modified", item["date_published"])
        assert [tag.get("term") for tag in entry.findall(f"{ATOM}category")] == item.get("tags", [])


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        (("<id>urn:uuid:33452ea7-1869-567b-b1bc-08e8f7dc4cf8</id>", ""), "feed: 0 of id"),
        (('xml:lang="en" ', ""), "no language"),
        (('rel="self"', 'rel="alternate"'), "it does not name its own address"),
        (('<summary type="html">', '<summary type="markdown">'), "entry: summary has the type 'markdown'"),
        (("-05:00</published>", "</published>"), "is no date of RFC 3339"),
        (("<name>The Author</name>", "<name> </name>"), "a person without one name"),
        (('href="https://example.com/2026/11/', 'href="/2026/11/'), "a link to"),
        (("<subtitle>", "<tagline/><subtitle>"), "tagline is not of the specification"),
        (("</feed>", "loose</feed>"), "text between the elements"),
        (("urn:uuid:fa349122-fb36-523a-9f43-2bf5257b57a4", "urn:uuid:635c0f38-bda4-5cba-b3b2-813de1c4c3a2"), "twice"),
    ],
)
def test_the_judge_of_feeds_notices_a_fault(site: Site, spoilt: tuple[str, str], fault: str):
    text = site.text("/feeds/posts.atom")
    assert spoilt[0] in text
    assert any(fault in found for found in atom_faults(text.replace(*spoilt).encode()))


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        (('"version": "https://jsonfeed.org/version/1.1"', '"version": "1"'), "not of version 1.1"),
        (('"items"', '"posts"'), "no items"),
        (('"content_html"', '"content"'), "no content"),
        (("-05:00", ""), "no date of RFC 3339"),
        (('"https://example.com/2026', '"/2026'), "no whole address"),
    ],
)
def test_the_judge_of_json_feeds_notices_a_fault(site: Site, spoilt: tuple[str, str], fault: str):
    text = site.text("/feeds/posts.json")
    assert spoilt[0] in text
    assert any(fault in found for found in json_feed_faults(text.replace(*spoilt)))

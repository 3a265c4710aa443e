"""The feed of essays: what subscribers hold against us if it changes."""

from xml.etree import ElementTree

from tests.support.site import Site, build, content, essay

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


def test_ids_survive_a_move_to_another_address(site: Site, tmp_path):
    moved = build(
        tmp_path / "output",
        environ={"SITEURL": "https://elsewhere.example/blog"},
        SITEURL='"https://elsewhere.example/blog"',
    )
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

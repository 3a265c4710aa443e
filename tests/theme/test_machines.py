"""What pages tell machines: search engines, networks where links are shared, readers of microformats, home screens."""

import json
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import mf2py
import pytest
from PIL import Image

from bridge.browser_rules import meta_policy
from bridge.comment_file import PublicComment
from bridge.fill import Build, fill
from tests.support.built_site import BEGINNING
from tests.support.site import Page, Site, build, content, essay, project_with

URL = "https://example.com"
ESSAY = "/2026/11/known-by-name.html"
PAGES = ("/", ESSAY, "/archive/", "/about/", "/contact/", "/tags/gratitude/", "/subscribe/", "/2026/")
every_page = pytest.mark.parametrize("address", PAGES)


def filled(site: Site, address: str, *comments: PublicComment) -> Page:
    """An essay's page with these comments."""
    essay_id = address.strip("/").removesuffix(".html")
    return Page(fill(site.text(address), {essay_id: comments}, Build.load(site.root)))


def comment(name: str = "A baker") -> PublicComment:
    return PublicComment("7", None, name, "Well said.", BEGINNING, False)


def meta(page: Page) -> dict[str, str]:
    found = [
        (e.attributes["property"], e.attributes["content"]) for e in page.all("meta") if "property" in e.attributes
    ]
    assert len(found) == len(dict(found)), "something is told twice"
    return dict(found)


@every_page
def test_a_shared_link_has_words_and_a_picture(site: Site, address: str):
    told = meta(site.page(address))
    assert told["og:title"]
    assert told["og:description"]
    assert told["og:url"] == f"{URL}{address}"
    assert told["og:type"] == ("article" if address == ESSAY else "website")
    assert told["og:site_name"] == "Gratitude Marketing"
    assert told["og:image:alt"]
    with Image.open(site.file(urlsplit(told["og:image"]).path)) as picture:
        assert picture.size == (int(told["og:image:width"]), int(told["og:image:height"])) == (1200, 630)
    assert told["og:image"].startswith(f"{URL}/cards/")


def test_an_essay_shares_its_own_picture_its_title_and_its_dates(site: Site):
    told = meta(site.page(ESSAY))
    assert told["og:image"] == f"{URL}/cards/2026/11/known-by-name.png"
    assert told["og:title"] == told["og:image:alt"] == "Known by Name"
    assert told["article:published_time"] == "2026-11-15T07:00:00-05:00"
    assert "article:modified_time" not in told


def test_no_page_loads_the_picture_it_shares(site: Site):
    assert not [e for address in PAGES for e in site.page(address).elements if "/cards/" in e.attributes.get("src", "")]


@every_page
def test_a_page_says_itself_what_it_may_load(site: Site, address: str):
    policy = site.page(address).one("meta", http_equiv="Content-Security-Policy")
    assert policy.attributes["content"] == meta_policy(address)
    html = site.text(address)
    assert html.index("Content-Security-Policy") < html.index("<link")


@every_page
def test_the_one_address_of_a_page_is_whole_and_has_no_query(site: Site, address: str):
    (canonical,) = [e.attributes["href"] for e in site.page(address).all("link", rel="canonical")]
    parts = urlsplit(canonical)
    assert (parts.scheme, parts.netloc, parts.path, parts.query) == ("https", "example.com", address, "")


@pytest.mark.parametrize("number", [0, 1, 3])
def test_structured_data_tells_of_the_essay_and_counts_its_comments(site: Site, number: int):
    comments = [PublicComment(str(n), None, "A baker", "Yes.", BEGINNING, False) for n in range(number)]
    (script,) = filled(site, ESSAY, *comments).all("script")
    data = json.loads(script.text)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "BlogPosting")
    assert data["headline"] == "Known by Name"
    assert data["description"].startswith("Two hardware shops")
    assert data["url"] == data["mainEntityOfPage"] == f"{URL}{ESSAY}"
    assert data["author"] == {"@type": "Person", "name": "The Author", "url": f"{URL}/about/"}
    assert data["commentCount"] == number
    assert site.file(urlsplit(data["image"]).path).is_file()
    for name in ("datePublished", "dateModified"):
        assert datetime.fromisoformat(data[name]).isoformat() == "2026-11-15T07:00:00-05:00"


def test_an_essay_or_a_page_that_was_changed_says_when(tmp_path: Path):
    folder = content(tmp_path / "content", a=essay(Modified="2026-11-10 12:00"))
    about = folder / "pages" / "about.md"
    about.write_text(f"Modified: 2026-11-12 09:00\n{about.read_text(encoding='utf-8')}", encoding="utf-8")
    site = build(tmp_path / "output", folder)
    page = filled(site, "/2026/11/an-essay.html")
    moment = "2026-11-10T12:00:00-05:00"
    assert meta(page)["article:modified_time"] == moment
    assert json.loads(page.one("script").text)["dateModified"] == moment
    assert page.one("data", class_="dt-updated").attributes["value"] == moment
    assert f"<loc>{URL}/2026/11/an-essay.html</loc><lastmod>{moment}</lastmod>" in site.text("/sitemap.xml")
    assert f"<loc>{URL}/about/</loc><lastmod>2026-11-12T09:00:00-05:00</lastmod>" in site.text("/sitemap.xml")


def parsed(page: Page, address: str) -> dict[str, list[dict[str, object]]]:
    """The properties of each microformat on a page, by its kind."""
    items: dict[str, list[dict[str, object]]] = {}
    for item in mf2py.parse(doc=page.html, url=f"{URL}{address}")["items"]:
        items.setdefault(item["type"][0], []).append(item["properties"])
    return items


def test_an_essay_is_an_entry(site: Site):
    (entry,) = parsed(site.page(ESSAY), ESSAY)["h-entry"]
    assert entry["name"] == ["Known by Name"]
    assert entry["url"] == [f"{URL}{ESSAY}"]
    assert entry["published"] == ["2026-11-15T07:00:00-0500"]
    assert entry["category"] == ["Gratitude", "Clients", "Referrals"]
    (author,) = entry["author"]
    assert (author["type"], author["properties"]) == (["h-card"], {"name": ["The Author"], "url": [f"{URL}/"]})
    (text,) = entry["content"]
    assert text["value"].startswith("Last week I left you with a baker")
    assert text["value"].endswith("Then tell me how it went.")


def test_the_author_is_a_card_on_every_page(site: Site):
    for address in PAGES:
        cards = parsed(site.page(address), address)["h-card"]
        assert cards[-1] == {
            "name": ["The Author"], "url": [f"{URL}/"], "uid": [f"{URL}/"], "email": ["mailto:author@example.com"],
            "tel": ["+1 212-555-0123"],
        }  # fmt: skip


def test_the_front_page_lists_entries(site: Site):
    entries = parsed(site.page("/"), "/")["h-entry"]
    assert [entry["url"] for entry in entries] == [[f"{URL}{ESSAY}"], [f"{URL}/2026/11/the-second-question.html"]]
    assert all(entry["name"] and entry["published"] and entry["summary"] for entry in entries)


def test_a_comment_is_a_citation_with_its_author(site: Site):
    (cited,) = parsed(filled(site, ESSAY, comment("A baker & <b>co</b>")), ESSAY)["h-cite"]
    assert cited["author"] == ["A baker & <b>co</b>"]
    assert cited["url"] == [f"{URL}{ESSAY}#c7"]
    assert cited["published"] == ["2026-11-08T12:00:00+0000"]
    assert cited["content"] == ["Well said."]


def test_only_the_front_names_the_manifest(site: Site):
    """A page that names it has it fetched before its text is painted."""
    assert [where for where in site.addresses if site.page(where).all("link", rel="manifest")] == ["/"]


def test_every_icon_a_page_names_is_there(site: Site):
    links = [e.attributes["href"] for e in site.page("/").all("link") if "icon" in e.attributes["rel"].split("-")[-1]]
    told = json.loads(site.text("/manifest.json"))
    assert links[::2] == ["/favicon.ico", "/apple-touch-icon.png"]
    assert unquote(links[1]) == f"data:image/svg+xml,{site.text('/favicon.svg')}"
    for address in ("/apple-touch-icon.png", "/favicon.ico"):
        with Image.open(site.file(address)) as icon:
            assert icon.size[0] == icon.size[1]
    for icon in told["icons"]:
        with Image.open(site.file(icon["src"])) as picture:
            assert icon["sizes"] == f"{picture.width}x{picture.height}"
    assert site.page("/").one("link", rel="manifest").attributes["href"] == "/manifest.json"
    assert (told["name"], told["start_url"], told["lang"]) == ("Gratitude Marketing", "/", "en")


def test_the_icon_bears_the_sites_initial(tmp_path: Path):
    project = project_with(tmp_path / "project", name='"“übermut” & co"')
    site = build(tmp_path / "output", project=project)
    assert ">Ü</text>" in site.text("/favicon.svg")
    assert json.loads(site.text("/manifest.json"))["name"] == "“übermut” & co"


def test_below_a_folder_the_manifest_stays_in_it(tmp_path: Path):
    url = "https://own.test/blog"
    told = json.loads(build(tmp_path / "output", environ={"SITEURL": url}, SITEURL=f'"{url}"').text("/manifest.json"))
    assert told["start_url"] == "/blog/"
    assert all(icon["src"].startswith("/blog/icons/") for icon in told["icons"])


def test_an_essay_in_another_script_has_a_picture_and_a_comments_feed_at_addresses_that_work(tmp_path: Path):
    site = build(tmp_path / "output", content(tmp_path / "content", a=essay("感謝", Slug="感謝")))
    page = site.page("/2026/11/感謝.html")
    told = [meta(page)["og:image"]] + [e.attributes["href"] for e in page.all("link", type="application/atom+xml")]
    for address in told:
        assert address.isascii()
        assert site.file(unquote(urlsplit(address).path)).is_file()


def test_the_page_that_is_not_there_helps_on_and_is_not_listed(site: Site):
    page = site.page("/404.html")
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert not page.all("link", rel="canonical")
    assert {"/archive/", ESSAY} <= set(page.links)
    assert "404" not in site.text("/sitemap.xml")


def test_whoever_wants_to_subscribe_finds_every_feed(site: Site):
    links = site.page("/subscribe/").links
    main = [link for link in links if link.startswith("/feeds/")]
    atoms = [f"/{p.relative_to(site.root).as_posix()}" for p in (site.root / "feeds").rglob("*.atom")]
    assert set(main) == {"/feeds/posts.json", *(feed for feed in atoms if "/comments/" not in feed)}
    assert f"{URL}/feeds/posts.atom" in site.page("/subscribe/").one("main").text

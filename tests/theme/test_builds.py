"""What a build must do with content and surroundings other than ours."""

import pytest

from tests.support.site import BuildError, build, content, essay, project_with

HOSTILE = """<b>Bold</b> & "quoted" 'too' </title><script>alert(1)</script>"""


def test_the_bytes_depend_on_nothing_but_the_content(site, tmp_path):
    surroundings = {"TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "PYTHONHASHSEED": "7"}
    elsewhere = build(tmp_path / "output", environ=surroundings, PICTURES_DIR=f'"{tmp_path}/pictures"').bytes()
    assert elsewhere == site.bytes()
    assert {"cards/2026/11/known-by-name.png", "feeds/posts.json", "_redirects", "favicon.ico"} <= set(elsewhere)


def test_a_second_build_over_the_first_changes_no_byte(tmp_path):
    first = build(tmp_path / "output").bytes()
    assert build(tmp_path / "output").bytes() == first


def test_a_hostile_title_is_text_wherever_it_stands(tmp_path):
    more = {"Summary": HOSTILE, "Tags": HOSTILE}
    source = content(
        tmp_path / "content",
        a=essay(HOSTILE, text="That is all until next week.", Slug="a", **more),
        b=essay(HOSTILE, "2026-11-15 07:00", Slug="b", **more),
    )
    site = build(tmp_path / "output", source)
    for address in site.addresses:
        page = site.page(address)
        assert not [script for script in page.all("script") if not script.attributes.get("src")], address
        assert not page.all("b"), address
    assert site.page("/2026/11/b.html").one("h1").text == HOSTILE
    assert site.page("/2026/11/b.html").one("meta", property="og:title").attributes["content"].startswith(HOSTILE)
    assert site.page("/2026/11/b.html").one("p", class_="note").text.startswith(f"Continues from {HOSTILE}")


def test_a_template_that_asks_for_what_is_not_there_stops_the_build(tmp_path):
    (tmp_path / "page.html").write_text("{{ page.title }}{{ nonsense }}")
    with pytest.raises(BuildError, match="'nonsense' is undefined"):
        build(tmp_path / "output", THEME_TEMPLATES_OVERRIDES=f'["{tmp_path}"]')


def test_a_page_that_asks_for_an_unknown_placeholder_stops_the_build(tmp_path):
    source = content(tmp_path / "content")
    (source / "pages" / "about.md").write_text("Title: About\nSlug: about\n\nBy [[nobody]].\n")
    with pytest.raises(BuildError, match=r"pages/about\.md: \[\[nobody\]\] is not known"):
        build(tmp_path / "output", source)


def test_an_essay_that_cannot_be_read_stops_the_build(tmp_path):
    with pytest.raises(BuildError, match=r"a\.md"):
        build(tmp_path / "output", content(tmp_path / "content", a=essay(date="some day")))


def test_the_preview_says_that_samples_and_placeholders_are_shown(tmp_path):
    site = build(tmp_path / "output", PREVIEW="true")
    banner = site.page("/").one("aside", class_="banner").text
    assert "make import FROM=…" in banner
    assert "make setup puts you in; still to be replaced: https://example.com and author@example.com" in banner
    assert site.page("/").one("meta", name="robots").attributes["content"] == "noindex"
    assert "Disallow: /\n" in site.text("/robots.txt")


def test_the_preview_of_ones_own_essays_asks_only_for_ones_name(tmp_path):
    site = build(tmp_path / "output", content(tmp_path / "content", a=essay()), PREVIEW="true")
    banner = site.page("/").one("aside", class_="banner").text
    assert "make import" not in banner
    assert "make setup puts you in; still to be replaced: https://example.com and author@example.com" in banner


def test_the_preview_of_ones_own_site_shows_no_banner(tmp_path):
    project = project_with(tmp_path / "project", url='"https://own.test"', email='"me@own.test"')
    site = build(tmp_path / "output", content(tmp_path / "content", a=essay()), project, PREVIEW="true")
    assert not site.page("/").all("aside", class_="banner")


def test_a_promise_is_made_where_the_author_makes_it(tmp_path):
    project = project_with(tmp_path / "project", promise="true", hours="36", days_off='["Saturday", "Sunday"]')
    site = build(tmp_path / "output", project=project)
    for address in ("/contact/", "/refer/", "/2026/11/known-by-name.html"):
        words = " ".join(site.page(address).one("p", class_="promise").text.split())
        assert words == "You will hear from me within 36 hours (Saturday and Sunday do not count)."


def test_closed_comments_say_so_instead_of_asking(tmp_path):
    project = project_with(tmp_path / "project", open_days="7")
    site = build(tmp_path / "output", project=project)
    old, new = site.page("/2026/11/the-second-question.html"), site.page("/2026/11/known-by-name.html")
    assert "Comments on this essay are closed" in old.one("p", class_="closed").text
    assert not old.all("form")
    assert "#leave-a-comment" not in old.links
    assert new.all("form")


def test_a_site_without_a_phone_and_an_address_shows_none(tmp_path):
    site = build(tmp_path / "output", project=project_with(tmp_path / "project", phone='""', address="[]"))
    for address in ("/contact/", "/2026/11/known-by-name.html"):
        assert not [link for link in site.page(address).links if link.startswith("tel:")]


def test_the_identity_is_text_wherever_it_stands(tmp_path):
    project = project_with(tmp_path / "project", name='"Bits & <i>Pieces</i>"')
    site = build(tmp_path / "output", project=project)
    for address in site.addresses:
        assert not site.page(address).all("i"), address


def test_every_link_starts_with_the_sites_path(tmp_path):
    url = "https://own.test/blog"
    site = build(tmp_path / "output", environ={"SITEURL": url}, SITEURL=f'"{url}"')
    for address in site.addresses:
        page = site.page(address)
        for link in page.links + [form.attributes["action"] for form in page.all("form")]:
            assert link.startswith((f"{url}/", "#", "mailto:", "tel:")), link


def test_two_essays_of_one_slug_are_two_essays(tmp_path):
    source = content(tmp_path / "content", a=essay("October", "2026-10-11 07:00"), b=essay("November"))
    site = build(tmp_path / "output", source)
    assert site.page("/2026/10/an-essay.html").one("h1").text == "October"
    assert site.page("/2026/11/an-essay.html").one("h1").text == "November"


def test_a_date_with_an_offset_counts_in_the_sites_zone(tmp_path):
    """23:30 in New York on the last of October is November in Greenwich."""
    site = build(tmp_path / "output", content(tmp_path / "content", a=essay(date="2026-11-01T03:30:00+00:00")))
    assert site.page("/2026/10/an-essay.html").one("time", class_="dt-published").text == "Saturday, October 31, 2026"


def test_essays_of_one_minute_keep_their_order(tmp_path):
    source = content(tmp_path / "content", **{name: essay(name, Slug=name) for name in "cabd"})
    site = build(tmp_path / "output", source, environ={"PYTHONHASHSEED": "3"})
    links = [link for link in site.page("/archive/").links if link.endswith(".html")]
    assert links == [f"/2026/11/{name}.html" for name in "abcd"]


def test_a_draft_is_previewed_without_comments_and_stays_out_of_what_machines_read(tmp_path):
    source = content(tmp_path / "content", a=essay(Status="draft"), b=essay(Slug="b"))
    site = build(tmp_path / "output", source, PREVIEW="true")
    page = site.page("/drafts/an-essay.html")
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert not page.all("form")
    assert "/drafts/" not in site.text("/sitemap.xml") + site.text("/feeds/posts.atom") + site.text("/feeds/posts.json")


def test_a_site_without_essays_invites_to_write_one(tmp_path):
    site = build(tmp_path / "output", content(tmp_path / "content"))
    assert site.page("/").one("h1").text == "The first essay is on its way"
    assert "The first essay is on its way" in site.page("/archive/").one("p", class_="lead").text
    assert "<entry>" not in site.text("/feeds/posts.atom")


def test_a_title_in_another_script_gets_an_address(tmp_path):
    text = "Title: 感謝\nDate: 2026-11-08 07:00\nTags: 感謝\n\nWords.\n"
    site = build(tmp_path / "output", content(tmp_path / "content", a=text))
    assert (
        site.page("/2026/11/感謝.html")
        .one("link", rel="canonical")
        .attributes["href"]
        .endswith("%E6%84%9F%E8%AC%9D.html")
    )
    assert site.page("/tags/感謝/").one("h1").text == "感謝"

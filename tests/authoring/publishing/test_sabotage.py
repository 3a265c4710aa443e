"""Whatever is wrong: nothing readers see changes, the command fails, and one line names place and remedy."""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.publishing import current, own_plugins, own_theme, publish, shown, write_essay

Spoil = Callable[[Path], object]
ESSAY = "content/articles/first.md"


def body(text: str) -> Spoil:
    return lambda project: write_essay(project, "first", "2026-11-08", text)


def front(**more: str) -> Spoil:
    return lambda project: write_essay(project, "first", "2026-11-08", **more)


def added(slug: str, date: str, text: str, **more: str) -> Spoil:
    return lambda project: write_essay(project, slug, date, text, **more)


def both(*spoils: Spoil) -> Spoil:
    return lambda project: [spoil(project) for spoil in spoils]


def wrote(name: str, data: str | bytes) -> Spoil:
    raw = data.encode() if isinstance(data, str) else data
    return lambda project: (project / name).write_bytes(raw)


def gone(name: str) -> Spoil:
    return lambda project: (project / name).unlink()


def replaced(name: str, old: str, new: str) -> Spoil:
    def spoil(project: Path) -> None:
        text = (project / name).read_text(encoding="utf-8")
        assert old in text, name
        (project / name).write_text(text.replace(old, new), encoding="utf-8")

    return spoil


def in_theme(name: str, old: str, new: str) -> Spoil:
    return both(own_theme, replaced(f"theme/{name}", old, new))


def in_plugin(name: str, old: str, new: str) -> Spoil:
    return both(own_plugins, replaced(f"plugins/{name}", old, new))


def folder_for_link(project: Path) -> None:
    link = current(project)
    there = link.resolve()
    link.unlink()
    there.rename(link)


SCRIPT = "<script>alert(1)</script>"
#: 1,200 words that nothing can compress: within the words of a short essay, beyond its weight.
NOISE = " ".join(sha256(str(number).encode()).hexdigest()[:26] for number in range(1200))
BLOB = "/* " + "".join(f"{number * 7919 % 99991:x}" for number in range(9000)) + " */"

#: What is spoilt, and what the author reads about it.
TABLE: dict[str, tuple[Spoil, str]] = {
    # Front matter
    "no title": (front(Title=""), f"{ESSAY}:1: it has no title; add a line at its top"),
    "no date": (front(Date=""), f"{ESSAY}:1: it has no date; add a line at its top"),
    "bad date": (front(Date="2026-13-45"), f"{ESSAY}:2: '2026-13-45' is not a date; write it like"),
    "bad status": (front(Status="done"), f"{ESSAY}:6: the status 'done' is not known; use published, hidden or draft"),
    "no slug": (front(Slug=""), f"{ESSAY}:1: it has no Slug, so its address would change with its title; add the line"),
    "not UTF-8": (wrote(ESSAY, "Title: Café\n".encode("latin-1")), f"{ESSAY}: it is not saved as UTF-8; save it"),
    "same address": (front(Slug="second"), ":3: it has the same address, /2026/11/second.html, as"),
    "odd address": (front(Save_as="odd.html"), f"{ESSAY}:6: its address would be /odd.html, but an essay's looks like"),
    "same id": (
        both(front(Id="urn:one"), added("third", "2026-11-17", "Yes.", Id="urn:one")),
        ": it has the Id of content/articles/",
    ),
    # What readers know already
    "slug changed": (front(Slug="prime"), f"{ESSAY}:3: it is published at /2026/11/first.html and would move to"),
    "month changed": (front(Date="2026-10-08 07:00"), f"{ESSAY}:2: it is published at /2026/11/first.html and would"),
    "dated anew": (front(Date="2026-11-09 07:00"), f"{ESSAY}:2: it was published as of 2026-11-08 07:00 and would be"),
    "shown as new": (front(Id="urn:other"), "would appear as new to everybody who has read it; give its essay back"),
    "essay vanished": (
        both(gone(ESSAY), replaced("content/articles/second.md", "{filename}first.md", "/about/")),
        f"{ESSAY}: /2026/11/first.html is known to readers and is no longer made; bring it back",
    ),
    "essay became a draft": (front(Status="draft"), f"{ESSAY}: /2026/11/first.html is known to readers and has become"),
    "essay dated in the future": (
        front(Date="2026-11-29 07:00"),
        f"{ESSAY}: /2026/11/first.html is known to readers and is dated in the future",
    ),
    "subject vanished": (
        replaced("content/articles/second.md", ", bread", ""),
        "tags/bread/index.html: /tags/bread/ is known to readers and is no longer made; bring it back",
    ),
    "page vanished": (gone("content/pages/privacy.md"), "privacy/index.html: /privacy/ is known to readers"),
    # Links
    "draft linked, of a category while those are off": (
        both(
            added("plan", "2026-11-17", "Soon.", Status="draft", Category="News"),
            body("As [planned]({filename}plan.md)."),
        ),
        f"{ESSAY}:7: nothing published answers the link to plan.md; look at its name, or publish it first",
    ),
    "scheduled essay linked": (
        both(added("plan", "2026-11-29", "Soon."), body("As [planned]({filename}plan.md).")),
        f"{ESSAY}:7: nothing published answers the link to plan.md; look at its name, or publish it first",
    ),
    "scheduled address linked": (
        both(added("plan", "2026-11-29", "Soon."), body("As [planned](/2026/11/plan.html).")),
        f"{ESSAY}:7: there is no page /2026/11/plan.html; mend the address",
    ),
    "dead source link": (body("[x]({filename}nowhere.md)"), f"{ESSAY}:7: nothing published answers the link to"),
    "dead link": (body("Read [this](/2015/01/gone.html)."), f"{ESSAY}:7: there is no page /2015/01/gone.html; mend"),
    "dead relative link": (body("Read [this](gone.html)."), f"{ESSAY}:7: there is no page /2026/11/gone.html; mend"),
    "dead absolute link": (body("<https://example.com/gone/>"), f"{ESSAY}:7: there is no page /gone/; mend"),
    "dead anchor": (body("[x](/about/#nothing)"), f"{ESSAY}:7: /about/ has no place #nothing; mend what stands behind"),
    "unknown scheme": (body("[x](htp://example.org/)"), f"{ESSAY}:7: the address htp://example.org/ cannot be opened"),
    "redirect to nowhere": (
        wrote("content/redirects.txt", "/old.html /nowhere/\n"),
        "content/redirects.txt:1: there is no page /nowhere/; mend the address",
    ),
    "redirects unreadable": (wrote("content/redirects.txt", "old new\n"), "content/redirects.txt:1: this is no"),
    # Pictures
    "missing image": (body("![a loaf](/images/gone.jpg)"), f"{ESSAY}:7: there is no file /images/gone.jpg; mend"),
    "missing static image": (body("![a loaf]({static}/images/gone.jpg)"), f"{ESSAY}:7: there is no file"),
    "image without words": (
        body("![]({static}/images/bread.svg)"),
        f"{ESSAY}:7: an image without a description; say what it shows",
    ),
    "image of another host": (
        body("![a loaf](https://cdn.example.org/a.jpg)"),
        f"{ESSAY}:7: the page would load https://cdn.example.org/a.jpg from another host; put the file into",
    ),
    "image over http": (body("![a](http://example.com/a.jpg)"), f"{ESSAY}:7: the page would load http://example.com/a"),
    # HTML
    "second main heading": (body("# Again\n\nWords."), f"{ESSAY}:7: a second main heading; use ## or less"),
    "heading skipped": (body("## One\n\n#### Two"), f"{ESSAY}:9: a heading of level 4 follows one of level 2; use ###"),
    "unclosed tag": (body("One <em>word.\n\nMore."), f"{ESSAY}:7: <em> is never closed; write </em> where it ends"),
    "stray closing tag": (body("One word.</em>"), f"{ESSAY}:7: </em> closes nothing; take it away or open <em>"),
    "block in a paragraph": (
        body("<p>One <div>two</div></p>"),
        f"{ESSAY}:7: <div> stands inside a paragraph; write </p> before it",
    ),
    "attribute twice": (body('<p id="a" id="b">x</p>'), f"{ESSAY}:7: <p> says id twice; keep one of them"),
    "same id twice": (body('<p id="main">x</p>'), f"{ESSAY}:7: the id 'main' stands twice; let every id stand once"),
    "script": (body(SCRIPT), f"{ESSAY}:7: a script stands in the page; take it out"),
    "code in an attribute": (body('<p onclick="x()">x</p>'), f"{ESSAY}:7: code in the attribute onclick; take it out"),
    "code in a link": (body("[x](javascript:x)"), f"{ESSAY}:7: code in the address javascript:x; link to a page"),
    "style": (body('<p style="color:red">x</p>'), f"{ESSAY}:7: looks in the attribute style; use a class of site.css"),
    "frame": (body('<iframe src="/about/"></iframe>'), f"{ESSAY}:7: <iframe> is not allowed in a page; take it out"),
    "script of a file": (body('<script src="/x.js"></script>'), f"{ESSAY}:7: a script stands in the page; take it out"),
    "field without a label": (
        body('<input type="text" id="who" name="who">'),
        f"{ESSAY}:7: a field without a label: <input>; put a <label for=…> with its id before it",
    ),
    "essay too heavy": (body(NOISE), "2026/11/first.html:1: the page weighs 2"),
    "foreign form": (body('<form action="https://example.org/"></form>'), "a form would send to https://example.org/"),
    # Theme
    "template syntax": (in_theme("templates/article.html", "{% block main %}", "{% block main"), "article.html:"),
    "template variable": (
        in_theme("templates/page.html", "{{ page.title }}", "{{ page.titel }}"),
        "theme/templates/page.html:",
    ),
    "marker broken": (
        in_theme("templates/macros/regions.html", "<!-- /comments:{{ name }} -->", ""),
        "is not closed before",
    ),
    "comments not escaped": (
        in_theme("templates/fragments/text.html", "{{ piece.text }}{% endif %}", "{{ piece.text|safe }}{% endif %}"),
        "theme/templates/fragments/thread.html: a visitor's comment would run as a script; take |safe out",
    ),
    "no language": (in_theme("templates/shell.html", ' lang="{{ SITE.language }}"', ""), "does not say its language"),
    "no canonical": (in_theme("templates/base.html", 'rel="canonical"', 'rel="me"'), "must name its one address"),
    "sitemap broken": (in_theme("templates/sitemap.xml", "</urlset>", ""), "sitemap.xml:"),
    "sitemap short": (
        in_theme("templates/sitemap.xml", 'entry("archive/",', 'entry("",'),
        "sitemap.xml: it leaves out the page https://example.com/archive/; look at",
    ),
    "archive heavy": (
        in_theme("templates/archives.html", "{% block main %}", f"{{% block main %}}<!-- {NOISE}{NOISE[::-1]} -->"),
        "archive/index.html:1: the page weighs ",
    ),
    "comments feed broken": (
        in_theme("templates/comments_feed.xml", "</feed>", ""),
        "feeds/comments.atom:",
    ),
    "stylesheet heavy": (both(own_theme, wrote("theme/static/site.css", BLOB)), "theme/site.css: it weighs "),
    "foreign stylesheet": (
        in_theme("templates/shell.html", "{{ SITEURL }}/theme/site.css", "https://cdn.example.org/x.css"),
        "the page would load https://cdn.example.org/x.css from another host; put the file into",
    ),
    # Settings and plugins
    "identity broken": (wrote("site.toml", "[site"), "site.toml: not valid TOML"),
    "settings broken": (wrote("publishconf.py", "import nothing_at_all\n"), "publishconf.py:1: ModuleNotFoundError"),
    "unknown plugin": (replaced("publishconf.py", '"plugins.feeds"', '"plugins.fedes"'), "plugins.fedes"),
    "plugin raises": (
        in_plugin("continues.py", "    for generator in generators:", "    for generator in 1 / 0:"),
        "plugins/continues.py:",
    ),
    "scheduled essay let through": (
        both(
            in_plugin("visibility.py", 'if not generator.settings["PREVIEW"]', "if False"),
            added("plan", "2026-11-29", "Soon."),
        ),
        "content/articles/plan.md:1: it is not to be seen yet, but the build shows it; list plugins.visibility",
    ),
    "unknown form": (replaced("content/pages/contact.md", "Form: contact", "Form: contract"), "page.html:"),
    "unknown placeholder": (replaced("content/pages/about.md", "[[author]]", "[[autor]]"), "[[autor]] is not known"),
    # The place it goes to
    "current is a folder": (folder_for_link, "this should be a link to a release; move it away and publish again"),
    "manifest broken": (
        lambda project: (current(project) / ".build/manifest.json").write_text("{"),
        "manifest.json: this release's manifest cannot be read",
    ),
    "releases is a file": (
        both(lambda project: shutil.rmtree(project / "var/releases"), wrote("var/releases", "")),
        "var/releases: something else stands in the way; look what it is and move it away",
    ),
    "staging is a file": (
        both(lambda project: shutil.rmtree(project / "var/staging"), wrote("var/staging", "")),
        "var/staging: something else stands in the way; look",
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", TABLE)
def test_a_mistake_is_named_in_one_line_and_changes_nothing(
    project: Path, row: str, capsys: pytest.CaptureFixture[str]
):
    spoil, message = TABLE[row]
    spoil(project)
    link = current(project)
    before = shown(project) if link.is_symlink() else None
    capsys.readouterr()
    assert publish(project) != 0
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Not published. ")]
    assert [line for line in said if message in line and "; " in line], said
    if before:
        assert shown(project) == before
    assert not list((project / "var/releases").glob(".*"))

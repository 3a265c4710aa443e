"""A page is read as strictly as it is written: whatever a browser would mend by itself is a fault."""

import pytest

from authoring.check.page import read_page

WHOLE = '<!doctype html><html lang="en"><head><title>T</title></head><body><h1>T</h1>{}</body></html>'


def faults(body: str) -> list[str]:
    return [fault.what for fault in read_page(WHOLE.format(body)).faults]


@pytest.mark.parametrize(
    "body",
    [
        "<p>One</p><div><p>Two</p></div>",
        '<p><a href="/a">One</a> <a href="/b">two</a></p>',
        '<h2>A</h2><h3>B</h3><h2>C</h2><img src="/x.svg" alt="a loaf"><br>',
        '<label for="a">A</label><input id="a" name="a"><input type="hidden" name="b">',
        '<script type="application/ld+json">{"a": "<p>"}</script>',
    ],
)
def test_what_is_written_well_is_fine(body: str):
    assert faults(body) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<p>One<div>two</div></p>", "<div> stands inside a paragraph"),
        ("<p>One<ul><li>two</li></ul></p>", "<ul> stands inside a paragraph"),
        ('<a href="/a">One <b><a href="/b">two</a></b></a>', "a link stands inside a link"),
        ('<p class="a" class="b">One</p>', "<p> says class twice"),
        ("<p>One", "<p> is never closed"),
        ("<h1>Again</h1>", "a second main heading"),
        ("<h2>A</h2><h4>B</h4>", "a heading of level 4 follows one of level 2"),
        ("<input>", "a field without a label: <input>"),
        ('<p id="a">A</p><p id="a">B</p>', "the id 'a' stands twice"),
        ('<img src="/x.svg">', "an image without a description"),
        ("<script>alert(1)</script>", "a script stands in the page"),
        ('<meta http-equiv="Refresh" content="0;url=/a/">', "it sends its readers elsewhere by itself"),
        ('<a href="/a/" ping="/b/">A</a>', "the attribute ping tells others who follows a link"),
    ],
)
def test_what_a_browser_would_mend_is_a_fault(body: str, what: str):
    assert what in faults(body)


@pytest.mark.parametrize(
    "body",
    [
        '<img src="{}" alt="x">',
        '<svg><image href="{}"/></svg>',
        '<svg><use xlink:href="{}"></use></svg>',
        '<table background="{}"></table>',
        '<link rel="Preconnect" href="{}">',
        '<img srcset="{} 2x" src="{}" alt="x">',
    ],
)
def test_what_a_browser_loads_unasked_is_known(body: str):
    there = "https://elsewhere.test/a"
    references = read_page(WHOLE.format(body.replace("{}", there))).references
    assert references
    assert all(reference.fetched and reference.value == there for reference in references)


def test_where_a_button_sends_a_form_is_known_too():
    body = '<form action="/forms/contact"><button formaction="https://elsewhere.test/">A</button></form>'
    sent = [reference.value for reference in read_page(WHOLE.format(body)).references if reference.sent]
    assert sent == ["/forms/contact", "https://elsewhere.test/"]


def test_a_signpost_says_so_in_its_head_only():
    refresh = '<meta http-equiv="refresh" content="0;url=/a/">'
    assert not read_page(WHOLE.format(refresh)).moved
    assert read_page(WHOLE.format("").replace("<title>", f"{refresh}<title>")).moved

"""Whatever a stylesheet or a drawing loads is ours and is there; a drawing runs nothing."""

import pytest

from authoring.check.assets import asset_findings, source_of

SITE = "https://letter.test"
FILES = frozenset(("theme/site.css", "theme/paper.png", "images/a.svg", "images/loaf.png"))


def said(name: str, text: str) -> list[str]:
    return [str(finding) for finding in asset_findings({name: text}, FILES, SITE)]


@pytest.mark.parametrize("text", [
    "b { background: url(paper.png) }", 'b { background: url("/images/loaf.png?v=1") }', "b { fill: url(#sea) }",
    "b { background: url(data:image/png;base64,AA==) }", "/* url(https://elsewhere.test/a.png) */", "",
])  # fmt: skip
def test_what_is_ours_is_fine(text: str):
    assert said("theme/site.css", text) == []


@pytest.mark.parametrize("loads", [
    "@import 'https://elsewhere.test/a.css';", '@import url("https://elsewhere.test/a.css");',
    "b { background: url( https://elsewhere.test/a.css ) }", "b { src: URL('https://elsewhere.test/a.css') }",
])  # fmt: skip
def test_a_stylesheet_loads_nothing_of_another_host(loads: str):
    (line,) = said("theme/site.css", f"/* one\ntwo */\n{loads}\n")
    assert line.startswith("theme/static/site.css:3: it would load https://elsewhere.test/a.css from another host; ")


def test_a_stylesheet_loads_nothing_that_is_no_address():
    (line,) = said("theme/site.css", "b { background: url(http://[your-site]/a.png) }")
    assert line.startswith("theme/static/site.css:1: it would load http://[your-site]/a.png, which is no address; ")


def test_what_is_loaded_is_there():
    (line,) = said("theme/site.css", "b { background: url(gone.png) }")
    assert line == "theme/static/site.css:1: there is no file /theme/gone.png; mend the address or take it away"


@pytest.mark.parametrize("drawn", [
    '<image href="//elsewhere.test/a.png"/>', "<use\nxlink:href='http://elsewhere.test/a.svg#b'/>",
    '<style>b { fill: url("https://elsewhere.test/") }</style>',
])  # fmt: skip
def test_a_drawing_loads_nothing_of_another_host(drawn: str):
    (line,) = said("images/a.svg", f"<svg>{drawn}</svg>")
    assert line.startswith("content/images/a.svg:")
    assert "from another host" in line


@pytest.mark.parametrize("code", [
    "<script>x()</script>", "<svg:script/>", '<g onload="x()"/>', "<a href='javascript:x()'>x</a>",
])  # fmt: skip
def test_a_drawing_runs_nothing(code: str):
    assert said("images/a.svg", f"<svg>\n{code}</svg>") == [
        "content/images/a.svg:2: code stands in the drawing; take it out, or save it without: browsers refuse it here"
    ]


def test_a_drawing_may_hold_pieces_of_itself():
    assert said("images/a.svg", '<svg><use href="#b"/><image href="loaf.png"/><a href="/about/">x</a></svg>') == []


def test_what_was_brought_in_is_only_advised_about():
    (found,) = asset_findings({"images/imported/a.svg": "<svg><script/></svg>"}, FILES, SITE)
    assert not found.blocking


def test_the_author_is_told_his_own_file():
    assert source_of("pagefind/x.css") == "pagefind/x.css"

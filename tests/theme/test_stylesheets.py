"""What the stylesheets owe every reader, whatever the page."""

import re

import pytest

from tests.conftest import ROOT

SITE, DASHBOARD = (
    (ROOT / "theme" / "static" / f"{name}.css").read_text(encoding="utf-8") for name in ("site", "dashboard")
)
both = pytest.mark.parametrize("css", [SITE, DASHBOARD], ids=["site", "dashboard"])
SMALLEST = 0.875  # rem


def blocks(css: str, opening: str) -> str:
    """The insides of all blocks that begin with `opening`, braces counted."""
    found = []
    for start in re.finditer(re.escape(opening) + r"[^{]*\{", css):
        depth, end = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        found.append(css[start.end() : end])
    return "\n".join(found)


@both
def test_no_letter_is_smaller_than_seven_eighths(css: str):
    sizes = re.findall(r"font(?:-size)?: (?:\w+ )?([\d.]*)rem", css)
    assert sizes
    assert [size for size in sizes if float(size) < SMALLEST] == []


@both
def test_letters_follow_the_readers_own_size(css: str):
    on_screen = css.replace(blocks(css, "@media print"), "")
    assert re.findall(r"font(?:-size)?:[^;]*\d(?:px|pt)\b[^;]*;", on_screen) == []


@both
def test_nothing_is_fetched_from_anywhere(css: str):
    assert not re.search(r"url\(|@import|@font-face", css)


def test_nothing_moves_for_who_wants_nothing_moved():
    still = SITE.replace(blocks(SITE, "@media (prefers-reduced-motion: no-preference)"), "")
    assert "@view-transition" in SITE
    assert not re.search(r"@view-transition|animation|transition\s*:|@keyframes|scroll-behavior", still + DASHBOARD)


def test_what_is_far_away_waits_on_screens_and_never_on_paper():
    on_screens = blocks(SITE, "@media screen")
    assert "content-visibility" in on_screens
    assert "content-visibility" not in SITE.replace(on_screens, "")


def test_paper_shows_neither_ways_nor_forms():
    hidden = blocks(SITE, "@media print").partition("{ display: none !important; }")[0]
    for part in (
        ".site-header nav",
        ".site-footer",
        ".invitation",
        ".form",
        ".subscribe",
        "#leave-a-comment",
        ".reply",
    ):
        assert part in hidden


def test_comments_are_not_torn_apart_between_two_sheets():
    assert re.search(r"\.comment\b[^{]*\{[^}]*break-inside: avoid", blocks(SITE, "@media print"))

"""What a reader has to fetch: little, from us alone, and of all essays' list too, however many Sundays have passed."""

import gzip
import json
import runpy

import pytest
from playwright.sync_api import Browser, Response

from tests.conftest import ROOT
from tests.support.demonstration import NUMBER, SAMPLES, write_essays
from tests.support.showing import Showing
from tests.support.site import build, content

KILOBYTE = 1024
NOT_NEEDED = {"plugins.cards", "plugins.related"}  # heavy to make, and nothing that stands in the list

EMPTY_ESSAY = "<!-- comments:thread {{ article.article_id }} --><!-- /comments:thread -->"


def test_the_archive_of_730_essays_is_light(tmp_path):
    source = content(tmp_path / "content")
    write_essays(source, NUMBER + len(SAMPLES))
    (tmp_path / "article.html").write_text(EMPTY_ESSAY, encoding="utf-8")
    plugins = runpy.run_path(str(ROOT / "publishconf.py"))["PLUGINS"]
    settings = {
        "PLUGINS": [name for name in plugins if name not in NOT_NEEDED],
        "THEME_TEMPLATES_OVERRIDES": [str(tmp_path)],
    }
    site = build(tmp_path / "output", source, **{name: json.dumps(value) for name, value in settings.items()})
    assert len([link for link in site.page("/archive/").links if link.endswith(".html")]) == NUMBER
    assert len(gzip.compress(site.file("/archive/").read_bytes(), mtime=0)) <= 20 * KILOBYTE


def weight(answers: list[Response], kind: str) -> int:
    """Bytes as a server sends them, compressed, of the answers of this kind."""
    return sum(len(gzip.compress(each.body(), mtime=0)) for each in answers if each.request.resource_type == kind)


@pytest.mark.parametrize("essay", SAMPLES)
def test_an_essay_asks_for_little_and_of_nobody_else(browser: Browser, shown: Showing, essay: str):
    answers: list[Response] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{shown.url}/{essay}.html", wait_until="networkidle")
    assert [answer.url for answer in answers if not answer.url.startswith(shown.url)] == []
    assert len(answers) <= 2  # the page and its stylesheet
    assert weight(answers, "script") == 0
    assert weight(answers, "stylesheet") <= 6 * KILOBYTE
    assert weight(answers, "document") <= 12 * KILOBYTE
    assert sum(weight(answers, kind) for kind in {answer.request.resource_type for answer in answers}) <= 25 * KILOBYTE
    assert context.cookies() == []
    context.close()

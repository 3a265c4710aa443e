"""A reader finds an essay by words she half remembers: by keyboard, year and subject, and without JavaScript."""

import re
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from authoring.search.index import FOLDER, refresh
from authoring.search.order import ENTRY
from forms_service import static_site
from tests.support.project import Served, until
from tests.support.site import build, content, essay

LONG = (
    "The harbour office closes at four, and whoever comes later waits on the bench by the door until the tide turns. "
    "The bench is hard, the wind comes from the water, and the lamp above it was broken for as long as I can think. "
    "Two strangers trade answers like coins there, and smile. "
    "By the time the lamp is lit they know each other's boats, and each other's reasons to be out so late in the year."
)
#: Day, slug, title, subjects and what the essay says.
ESSAYS = (
    (
        "2012-05-06",
        "the-ledger",
        "What the Goldfish Knew",
        "Karma",
        "The goldfish that kept the ledger forgot no name.",
    ),
    ("2012-06-03", "ferry", "On the Ferry", "Karma, Trust", "The ferryman kept quiet, and nobody minded the fog."),
    ("2015-10-11", "coins", "Coins of One Value", "Trust", LONG),
    (
        "2016-02-07",
        "ledgers",
        "Other Ledgers",
        "Karma",
        "An accountant and her ledger: what we owe cannot be added up.",
    ),
    *(
        (f"2019-03-{day:02}", f"note-{day}", f"Note {day}", "Notes", "A short note about postage.")
        for day in range(1, 15)
    ),
)


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The built site with its index, served as `make serve` does, headers and all."""
    folder = tmp_path_factory.mktemp("search")
    texts = {
        slug: essay(title, f"{day} 07:00", text, Slug=slug, Tags=tags) for day, slug, title, tags, text in ESSAYS
    } | {"draft": essay("A Secret", "2016-03-06 07:00", "The goldfish is a draft.", Slug="draft", Status="draft")}
    site = build(folder / "site", content(folder / "content", **texts), PREVIEW="true")
    refresh(site.root)
    app = Flask("search", static_folder=None)
    static_site.register(app, site.root, reload=False)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(browser: Browser, url: str) -> Iterator[Page]:
    """A page on which no policy may be broken and nothing may go wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page, wrong = context.new_page(), []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
    page.on("request", lambda request: None if request.url.startswith(url) else wrong.append(request.url))
    yield page
    assert wrong == []
    context.close()


def found(page: Page) -> list[str]:
    return page.locator(".search-results a").all_inner_texts()


def test_an_old_essay_is_found_by_a_half_remembered_phrase_with_the_keyboard_alone(reader: Page, url: str):
    reader.goto(f"{url}/search/")
    reader.get_by_role("searchbox", name="Words you remember").focus()
    reader.keyboard.type("goldfish kept ledgers")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("status")).to_contain_text("1 essay for “goldfish kept ledgers”")
    expect(reader.locator(".search-results mark").first).to_have_text("goldfish")
    expect(reader.locator(".search-results p")).to_have_text("The goldfish that kept the ledger forgot no name.")
    for _ in range(10):
        reader.keyboard.press("Tab")
        if reader.evaluate("document.activeElement.textContent") == "What the Goldfish Knew":
            break
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("What the Goldfish Knew")
    reader.go_back()
    expect(reader.get_by_role("searchbox")).to_have_value("goldfish kept ledgers")
    expect(reader.locator(".search-results a")).to_have_text(["What the Goldfish Knew"])


def test_words_that_stand_in_no_essay_together_still_lead_to_those_that_have_most(reader: Page, url: str):
    reader.goto(f"{url}/search/?q=goldfish+ledger+accountant")
    expect(reader.get_by_role("status")).to_contain_text("No essay has all of “goldfish ledger accountant”; 2 essays")
    assert set(found(reader)) == {"What the Goldfish Knew", "Other Ledgers"}


def test_words_cut_out_of_an_essay_show_that_it_begins_sooner_and_goes_on(reader: Page, url: str):
    reader.goto(f"{url}/search/?q=strangers")
    expect(reader.locator(".search-results p")).to_have_text(re.compile(r"^…\s.+ Two strangers trade .+\s…$"))


def test_year_and_subject_narrow_what_is_found(reader: Page, url: str):
    reader.goto(f"{url}/search/")
    reader.get_by_label("Subject").select_option("Karma")
    expect(reader.get_by_role("status")).to_have_text("3 essays about Karma")
    assert found(reader) == ["Other Ledgers", "On the Ferry", "What the Goldfish Knew"]
    reader.get_by_label("Year").select_option("2012")
    expect(reader.get_by_role("status")).to_have_text("2 essays about Karma in 2012")
    expect(reader).to_have_url(f"{url}/search/?year=2012&tag=Karma")
    reader.get_by_role("searchbox").fill("fog")
    expect(reader.locator(".search-results a")).to_have_text(["On the Ferry"])
    expect(reader.locator(".search-results time")).to_have_text("Jun 3, 2012")


def test_more_are_shown_when_asked_for_and_the_keyboard_goes_on_there(reader: Page, url: str):
    reader.goto(f"{url}/search/?q=postage")
    expect(reader.locator(".search-results li")).to_have_count(10)
    reader.get_by_role("button", name="Show more").click()
    expect(reader.locator(".search-results li")).to_have_count(14)
    expect(reader.get_by_role("button", name="Show more")).to_be_hidden()
    expect(reader.locator(".search-results li").nth(10).get_by_role("link")).to_be_focused()


def test_nothing_found_says_so_and_leaves_all_essays_in_sight(reader: Page, url: str):
    reader.goto(f"{url}/search/?q=xylophone")
    expect(reader.get_by_role("status")).to_contain_text("No essay has the words “xylophone”")
    expect(reader.get_by_role("heading", name="All essays")).to_be_visible()


def test_a_draft_is_not_found(reader: Page, url: str):
    reader.goto(f"{url}/search/?q=goldfish+draft")
    expect(reader.get_by_role("status")).not_to_be_empty()
    assert "A Secret" not in found(reader)


def test_what_is_typed_is_shown_as_typed(reader: Page, url: str):
    reader.goto(f"{url}/search/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E")
    expect(reader.get_by_role("status")).to_contain_text("<img src=x onerror=alert(1)>")
    assert reader.locator("main img").count() == 0


def test_the_404_page_leads_to_a_search(browser: Browser, url: str):
    page = browser.new_page()
    page.goto(f"{url}/2012/05/ledgre.html")
    page.get_by_role("searchbox").fill("goldfish")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(f"{url}/search/?q=goldfish")
    expect(page.locator(".search-results a")).to_have_text(["What the Goldfish Knew"])
    page.close()


def test_without_javascript_every_title_is_there_and_a_hint(browser: Browser, url: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/search/?q=goldfish")
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.get_by_label("Year")).to_be_hidden()
    page.get_by_role("link", name="What the Goldfish Knew").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the Goldfish Knew")
    context.close()


def test_a_search_that_cannot_answer_says_so(browser: Browser, url: str):
    page = browser.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{url}/search/?q=goldfish")
    expect(page.get_by_role("status")).to_contain_text("does not answer just now")
    expect(page.get_by_role("link", name="What the Goldfish Knew")).to_be_visible()
    page.close()


def test_the_preview_can_be_searched_soon_after_it_was_built(browser: Browser, served: Served):
    until(lambda: (served.project / "output" / FOLDER / ENTRY).is_file())
    page = browser.new_page()
    page.goto(f"{served.url}/search/?q=hardware+shops+hinge")
    expect(page.locator(".search-results a")).to_have_text(["Known by Name"])
    page.close()

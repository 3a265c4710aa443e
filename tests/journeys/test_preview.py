"""The author writes and looks: an open page follows every save, says what is wrong, marks what readers do not see."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.essays import file_of, slug_of, write_essays
from tests.journeys.conftest import visitor
from tests.support.project import Served, copy_project, make_serve, until
from tests.support.publishing import write_essay

ESSAYS = 730
BARELY = 5_000  # milliseconds; how long it really takes, bench/preview.py measures


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview that reloads: of the samples, a draft, an essay of the future, and one for each test to write on."""
    project = copy_project(tmp_path_factory.mktemp("preview"))
    write_essay(project, "half-done", "2026-11-29", "Some day.", Status="draft")
    write_essay(project, "next-century", "2126-11-24", "Not yet.")
    for slug in ("renamed", "replaced", "halved", "locked", "burst", "hidden", "mistaken"):
        write_essay(project, slug, "2026-11-10")
    with make_serve(project) as running:
        yield running


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    yield from visitor(browser)


def source(served: Served, slug: str) -> Path:
    return served.project / "content" / "articles" / f"{slug}.md"


def address(served: Served, slug: str) -> str:
    return f"{served.url}/2026/11/{slug}.html"


def built(served: Served) -> int:
    return served.log.read_text().count("Built ")


def add(path: Path, words: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")


def test_at_730_essays_an_open_page_follows_a_save_and_loads_itself_once(tmp_path: Path, reader: Page):
    project, newest = copy_project(tmp_path), ESSAYS - 3
    write_essays(project / "content", ESSAYS - 2)
    essay = project / "content" / "articles" / file_of(newest)
    with make_serve(project) as served:
        until(lambda: built(served), 60)
        reader.goto(f"{served.url}/{file_of(newest)[:7].replace('-', '/')}/{slug_of(newest)}.html")
        loads: list[Page] = []
        reader.on("load", lambda loaded: loads.append(loaded))
        add(essay, "An afterthought.")
        expect(reader.get_by_text("An afterthought.")).to_be_visible(timeout=BARELY)
        until(lambda: built(served) == 2, 60)
        reader.wait_for_timeout(300)
        assert len(loads) == 1, "the build behind a quick look changes nothing on the page"


@pytest.fixture(scope="class")
def mistaken(written: Served) -> Iterator[str]:
    """The address of an essay whose date cannot be read, once that has been noticed; mended afterwards."""
    path = source(written, "mistaken")
    good = path.read_text()
    path.write_text(good.replace("Date: ", "Date: " + "a-long-word-without-any-place-to-break-it-" * 3, 1))
    until(lambda: "mistaken.md:2" in written.log.read_text())
    yield address(written, "mistaken")
    builds = built(written)
    path.write_text(good)
    until(lambda: built(written) > builds)


class TestMistake:
    """An essay that cannot be built."""

    def test_it_is_named_above_every_page_without_javascript_too(
        self, written: Served, browser: Browser, mistaken: str
    ):
        for page in visitor(browser, java_script_enabled=False):
            for place in ("/", "/archive/", "/nothing-here"):
                page.goto(f"{written.url}{place}")
                expect(page.get_by_role("alert")).to_contain_text("content/articles/mistaken.md:2")
            page.goto(mistaken)
            expect(page.get_by_text("The bread was warm.")).to_be_visible()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_it_can_be_read_on_a_narrow_screen(self, written: Served, browser: Browser, mistaken: str, scheme: str):
        for page in visitor(browser, color_scheme=scheme):
            page.set_viewport_size({"width": 360, "height": 700})
            page.goto(f"{written.url}/")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            page.evaluate("window.scrollTo(0, 2000)")
            expect(page.get_by_role("alert")).to_be_in_viewport()


def test_an_open_page_says_what_is_wrong_until_it_is_mended(written: Served, reader: Page):
    essay = source(written, "mistaken")
    good = essay.read_text()
    reader.goto(address(written, "renamed"))
    essay.write_text(good.replace("Date: ", "Date: some Sunday after ", 1))
    expect(reader.get_by_role("alert")).to_contain_text("write it like 2026-11-22 08:00", timeout=30_000)
    essay.write_text(good)
    expect(reader.get_by_role("alert")).to_have_count(0, timeout=30_000)


def by_renaming(path: Path, text: str) -> None:
    """As vim does: the old file becomes the backup, a new one takes its name."""
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_text(text)
    backup.unlink()


def by_replacing(path: Path, text: str) -> None:
    """As many others do: the new file is written beside it and moved over it."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text)
    beside.replace(path)


def in_halves(path: Path, text: str) -> None:
    with path.open("w") as file:
        for half in (text[: len(text) // 2], text[len(text) // 2 :]):
            file.write(half)
            file.flush()
            time.sleep(0.05)


@pytest.mark.parametrize(
    ("save", "slug"), [(by_renaming, "renamed"), (by_replacing, "replaced"), (in_halves, "halved")]
)
def test_however_an_editor_saves_the_page_follows(written: Served, reader: Page, save, slug: str):
    essay = source(written, slug)
    reader.goto(address(written, slug))
    for words in ("Saved once.", "Saved twice."):
        save(essay, f"{essay.read_text()}\n{words}\n")
        expect(reader.get_by_text(words)).to_be_visible(timeout=BARELY)


def test_a_lock_file_of_an_editor_is_no_essay(written: Served):
    """Emacs leaves a link to nowhere beside what it edits."""
    essay = source(written, "locked")
    lock = essay.with_name(f".#{essay.name}")
    lock.symlink_to("the-author@a-machine.4242")
    builds = built(written)
    add(essay, "Edited meanwhile.")
    until(lambda: built(written) > builds)
    lock.unlink()


def test_after_a_burst_of_saves_the_last_one_stands(written: Served, reader: Page):
    reader.goto(address(written, "burst"))
    builds = built(written)
    for number in range(20):
        add(source(written, "burst"), f"Afterthought {number}.")
        time.sleep(0.02)
    expect(reader.get_by_text("Afterthought 19.")).to_be_visible(timeout=BARELY)
    until(lambda: built(written) > builds)
    assert built(written) - builds <= 3
    expect(reader.get_by_text("Afterthought 19.")).to_be_visible()


def test_an_essay_that_is_just_being_written_appears_where_it_will_stand(written: Served, reader: Page):
    reader.goto(address(written, "fresh"))
    expect(reader.get_by_role("heading", level=1)).to_have_text("This page is not here")
    write_essay(written.project, "fresh", "2026-11-17", "Still warm.")
    expect(reader.get_by_text("Still warm.")).to_be_visible(timeout=30_000)


def test_a_page_that_nobody_sees_keeps_no_connection_and_is_right_when_it_is_seen_again(written: Served, reader: Page):
    reader.goto(address(written, "hidden"))
    seen_as(reader, "hidden")
    add(source(written, "hidden"), "Written while nobody looked.")
    until(lambda: b"nobody looked" in urlopen(address(written, "hidden")).read())
    expect(reader.get_by_text("Written while nobody looked.")).to_have_count(0)
    seen_as(reader, "visible")
    expect(reader.get_by_text("Written while nobody looked.")).to_be_visible(timeout=BARELY)


def seen_as(page: Page, state: str) -> None:
    """What a browser tells a page of a tab that goes to the back or comes to the front."""
    page.evaluate(
        """state => {
          Object.defineProperty(document, "hidden", {configurable: true, get: () => state === "hidden"});
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_drafts_and_essays_of_the_future_are_marked_wherever_they_show(written: Served, reader: Page):
    reader.goto(f"{written.url}/drafts/half-done.html")
    expect(reader.get_by_role("main")).to_contain_text("Draft: readers do not see it.")
    reader.goto(f"{written.url}/2126/11/next-century.html")
    expect(reader.get_by_role("main")).to_contain_text(re.compile("Scheduled for .*November 24, 2126"))
    for place in ("/", "/archive/"):
        reader.goto(f"{written.url}{place}")
        for title, mark in (("Half-Done", "Draft"), ("Next-Century", "Scheduled")):
            holding = reader.locator("li, article", has=reader.get_by_role("link", name=title, exact=True))
            expect(holding).to_contain_text(mark)

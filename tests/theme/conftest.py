"""The site with its two samples, built once; the demonstration, served once; a browser to look at it with."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Request, Response

from tests.journeys.conftest import browser_type_launch_args  # noqa: F401  # the same browser
from tests.support.page_types import PAGE_TYPES, PageType
from tests.support.showing import Showing, showing
from tests.support.site import Site, build

FEW = 40  # essays: enough for every kind of page to be full
NARROW, TALL = 320, 900

JUMPS = """() => new Promise((resolve) => {
  const moved = [];
  new PerformanceObserver((list) => moved.push(...list.getEntries().map((e) => e.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(moved), 50);
})"""


@dataclass(frozen=True)
class Visited:
    """A page that has just been opened on a narrow screen in the light.

    `sent` is its text as the server sent it, before a browser mended anything; `requests` what was asked for to show
    it, itself included; `jumps` how far things moved while it loaded. Who changes the size of the screen or the
    colours changes them before looking, and leaves the letters as they were.
    """

    kind: PageType
    page: Page
    sent: str
    requests: tuple[Request, ...]
    jumps: tuple[float, ...]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build(tmp_path_factory.mktemp("site") / "output")


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showing]:
    """Every page type of `tests/support/page_types.py`, there to be visited."""
    with showing(tmp_path_factory.mktemp("shown"), FEW) as running:
        yield running


@pytest.fixture(scope="session")
def visitor(browser: Browser, shown: Showing) -> Iterator[Page]:
    """One page for all tests, signed in as the author."""
    context = browser.new_context(reduced_motion="reduce")  # pages are looked at, not their fading in
    page = context.new_page()
    shown.sign_in(page)
    yield page
    context.close()


@pytest.fixture(scope="session", params=PAGE_TYPES, ids=lambda kind: kind.name)
def visited(request: pytest.FixtureRequest, visitor: Page, shown: Showing) -> Visited:
    """Each kind of page in turn, opened once for all tests about it."""
    answers: list[Response] = []
    kind: PageType = request.param
    visitor.set_viewport_size({"width": NARROW, "height": TALL})
    visitor.emulate_media(color_scheme="light")
    visitor.on("response", keep := lambda answer: answers.append(answer))
    shown.visit(visitor, kind)
    jumps = visitor.evaluate(JUMPS)
    visitor.remove_listener("response", keep)
    last = max(place for place, answer in enumerate(answers) if answer.request.is_navigation_request())
    requests = tuple(answer.request for answer in answers[last:])
    return Visited(kind, visitor, answers[last].text(), requests, tuple(jumps))

"""A running `make serve` and a real browser, with and without JavaScript."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.project import Served, copy_project, make_serve
from tools import browser as tests_browser

#: A browser that keeps to itself: it may ask nobody but the site under test.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    path = tests_browser.find()
    assert path is not None, "no browser; make test fetches one"
    env = {**os.environ, **tests_browser.environment(path)}
    return {**browser_type_launch_args, "executable_path": str(path), "args": QUIET, "env": env}


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site, its forms, the dashboard and the worker, of the project as it stands."""
    project = copy_project(tmp_path_factory.mktemp("journey"))
    with make_serve(project, "RELOAD=0", RATELIMIT_ENABLED="0") as running:
        yield running


#: Every journey is made without and with JavaScript.
WAYS = [False, True]
NAMES = ["without JavaScript", "with JavaScript"]


@pytest.fixture(params=WAYS, ids=NAMES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A visitor's page."""
    yield from visitor(browser, java_script_enabled=request.param)


@pytest.fixture
def author(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The author's page, signed in by a one-time link; without JavaScript unless a test asks for both."""
    for tab in visitor(browser, java_script_enabled=getattr(request, "param", False)):
        tab.goto(served.sign_in_link)
        tab.get_by_role("button", name="Sign in").click()
        yield tab


def visitor(browser: Browser, **settings: object) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 900}, **settings)
    yield context.new_page()
    context.close()

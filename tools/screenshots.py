"""`make screenshots`: every kind of page of the demonstration, on phone and desk, light and dark, and on paper."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.page_types import PAGE_TYPES, PageType
from tests.support.showing import Showing, showing
from tools import browser as tests_browser

FOLDER = Path(__file__).resolve().parent.parent / "screenshots"
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
#: On paper only what people print.
PRINTED = ("home", "article", "article-in-series", "archive", "contact", "about")
TALLEST = 8000  # CSS pixels; of an archive of 730 essays nobody looks at all
PAPER = {"format": "A4", "print_background": False}


def main(names: list[str]) -> int:
    wanted = [kind for kind in PAGE_TYPES if not names or kind.name in names]
    if unknown := sorted(set(names) - {kind.name for kind in PAGE_TYPES}):
        print(f"No page is called {', '.join(unknown)}; tests/support/page_types.py lists them", file=sys.stderr)
        return 1
    if (path := tests_browser.find()) is None:
        print("No browser; make test fetches one", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, showing(Path(folder)) as shown, sync_playwright() as playwright:
        env = {**os.environ, **tests_browser.environment(path)}
        browser = playwright.chromium.launch(executable_path=str(path), args=["--no-sandbox"], env=env)
        number = sum(1 for _ in taken(browser, shown, wanted))
        browser.close()
    print(f"{number} pictures in {FOLDER.name}/ after {time.monotonic() - began:.0f} s")
    return 0


def taken(browser: Browser, shown: Showing, wanted: list[PageType]) -> Iterator[Path]:
    """Take them, one after the other, and give the file of each."""
    for scheme in SCHEMES:
        for width in WIDTHS:
            screen = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
            page = browser.new_page(**screen, reduced_motion="reduce")  # no picture of one page fading into another
            if any(kind.signed_in for kind in wanted):
                shown.sign_in(page)
            for kind in wanted:
                shown.visit(page, kind)
                yield picture(page, FOLDER / f"{kind.name}-{width}-{scheme}.png")
                if kind.name in PRINTED and (width, scheme) == (WIDTHS[-1], SCHEMES[0]):
                    page.pdf(path=FOLDER / f"{kind.name}-paper.pdf", **PAPER)
                    yield FOLDER / f"{kind.name}-paper.pdf"
            page.context.close()


def picture(page: Page, path: Path) -> Path:
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
    page.screenshot(path=path, full_page=True, clip=clip)
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What a page may weigh, all limits in one place, and whether it does. Pure.

Weights are bytes as sent, compressed. Visitors' comments are not counted: a staged page has none. Nor are the
author's pictures, which have a limit of their own, nor what an essay of many words needs for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from authoring.check.finding import Fault, Finding
from authoring.check.links import file_of
from authoring.check.page import Page
from authoring.check.sources import Source

KILOBYTE = 1024
ESSAY_HTML = 12 * KILOBYTE
ESSAY_TOTAL = 25 * KILOBYTE  # the page with everything of ours that it loads
STYLESHEET = 6 * KILOBYTE
ARCHIVE, ARCHIVE_ESSAYS = 25 * KILOBYTE, 730  # the list of all essays; it may grow with their number
PICTURE = 200 * KILOBYTE  # as it is, since pictures are compressed already
LONG_WORDS = 1500  # an essay longer than this may weigh what it weighs

ARCHIVE_PAGE = "archive/index.html"
UNREAD_STYLES = frozenset(("theme/dashboard.css",))  # readers never load that one
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")
PICTURE_FOLDER = "images/"
LIGHTER = "take something out of it"


def page_faults(
    name: str, page: Page, source: Source | None, essays: int, files: frozenset[str], weight: Callable[[str], int]
) -> Iterator[Fault]:
    """Why the page in file `name` is too heavy. `weight` gives a file of the build as sent."""
    if name == ARCHIVE_PAGE:
        yield from _over(page.weight, ARCHIVE * max(1.0, essays / ARCHIVE_ESSAYS), "the page", "write less into a row")
    if source is None or not source.essay or len(source.text.split()) > LONG_WORDS:
        return
    yield from _over(page.weight, ESSAY_HTML, "the page", "shorten it or look at what the theme adds")
    total = page.weight + sum(map(weight, loaded(page, files)))
    yield from _over(total, ESSAY_TOTAL, "the page with all it loads", "look at what the theme adds")


def loaded(page: Page, files: frozenset[str]) -> set[str]:
    """What of ours a browser fetches with the page, without the author's pictures."""
    paths = {"/" + reference.value.partition("/theme/")[2] for reference in page.references if reference.fetched}
    found = {file_of(f"/theme{path}", files) for path in paths if path != "/"}
    return {name for name in found if name}


def _over(weight: int, limit: float, what: str, remedy: str) -> Iterator[Fault]:
    if weight > limit:
        said = f"{what} weighs {weight / KILOBYTE:.1f} KB compressed, and {limit / KILOBYTE:.0f} KB is the limit"
        yield Fault(1, said, remedy)


def file_findings(sizes: Mapping[str, int], weight: Callable[[str], int]) -> Iterator[Finding]:
    """Stylesheets and pictures that are too heavy; `sizes` are those of the files as they are."""
    for name, size in sizes.items():
        if name.endswith(".css") and name not in UNREAD_STYLES:
            yield from (Finding(name, 0, f.what, f.remedy) for f in _over(weight(name), STYLESHEET, "it", LIGHTER))
        if name.endswith(PICTURES) and size > PICTURE:
            where = f"content/{name}" if name.startswith(PICTURE_FOLDER) else name
            remedy = f"make it smaller: {PICTURE // KILOBYTE} KB are plenty"
            yield Finding(where, 0, f"the picture has {size // KILOBYTE} KB", remedy, blocking=False)

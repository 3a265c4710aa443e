"""The marked regions of a page that comments fill: found, checked, never passed over when something is odd. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from bridge.comment_file import ARTICLE_ID

#: What a region may be, and whether a page may hold more than one of the same essay.
NAMES = {"count": True, "thread": False, "data": False, "feed": False}
MARKER = re.compile(r"<!-- (?:/comments:(?P<closing>[^\s>]*)|comments:(?P<name>[^\s>]*)(?: (?P<article>[^>]*?))?) -->")
#: What somebody may have meant as a marker. Visitors' text holds no `<`, so only templates and essays can.
ALMOST = re.compile(r"<!--\s*/?\s*comments:\s*[^\s>]*")


class FillError(Exception):
    """A page cannot be filled; the message is one line saying what is wrong with it."""


@dataclass(frozen=True)
class Region:
    """A place for comments. `article` is an essay's id, or `*` for all of them."""

    name: str
    article: str

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise ValueError(f"there is no region {self.name!r}; known are {', '.join(NAMES)}")
        if self.article != "*" and not ARTICLE_ID.fullmatch(self.article):
            raise ValueError(f"region {self.name} names {self.article!r}, which is no article's id")

    @property
    def opening(self) -> str:
        # XML forbids two hyphens in a comment, and an old address may hold them
        return f"<!-- comments:{self.name} {self.article.replace('--', '-%2D')} -->"

    @property
    def closing(self) -> str:
        return f"<!-- /comments:{self.name} -->"


@dataclass(frozen=True)
class Place:
    """A region as it stands in a page: `start` and `end` enclose what is inside its markers."""

    region: Region
    start: int
    end: int


def places_in(page: str) -> list[Place]:
    """The regions of `page` in order. Raises FillError when a marker is missing, doubled or unknown."""
    places: list[Place] = []
    opened: tuple[Region, int] | None = None
    for marker in MARKER.finditer(page):
        if marker["closing"] is None:
            if opened is not None:
                raise FillError(f"{opened[0].opening} is not closed before {marker[0]}")
            opened = _region(marker), marker.end()
        else:
            if opened is None or opened[0].name != marker["closing"]:
                raise FillError(f"{marker[0]} closes nothing")
            places.append(Place(opened[0], opened[1], marker.start()))
            opened = None
    if opened is not None:
        raise FillError(f"{opened[0].opening} is never closed")
    _refuse_doubles(places)
    _refuse_misspelt(page)
    return places


def regions_in(page: str) -> tuple[Region, ...]:
    """The regions of `page` in order. Raises FillError as `places_in` does."""
    return tuple(place.region for place in places_in(page))


def replace_insides(page: str, places: list[Place], inside: Callable[[Place], str]) -> str:
    """`page` with the inside of each of its `places` replaced."""
    parts, done = [], 0
    for place in places:
        parts += [page[done : place.start], inside(place)]
        done = place.end
    return "".join([*parts, page[done:]])


def _region(marker: re.Match[str]) -> Region:
    try:
        return Region(marker["name"], unquote(marker["article"] or ""))
    except ValueError as error:
        raise FillError(str(error)) from None


def _refuse_misspelt(page: str) -> None:
    good = {marker.start() for marker in MARKER.finditer(page)}
    for almost in ALMOST.finditer(page):
        if almost.start() not in good:
            raise FillError(f"{almost[0]} is not written as <!-- comments:NAME ESSAY --> or <!-- /comments:NAME -->")


def _refuse_doubles(places: list[Place]) -> None:
    seen: set[Region] = set()
    for region in (place.region for place in places):
        if region in seen and not NAMES[region.name]:
            raise FillError(f"{region.opening} stands twice")
        seen.add(region)


def emptied(page: str) -> str:
    """`page` as its build made it, with nothing in its regions. Raises FillError."""
    return replace_insides(page, places_in(page), lambda _: "")

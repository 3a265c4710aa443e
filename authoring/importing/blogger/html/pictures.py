"""What becomes of an `<img>`: asked of the caller, who may keep files; trackers are taken out. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from authoring.importing.blogger.html import addresses, rules
from authoring.importing.blogger.html.model import PLAIN, Attributes, Formats, Image, Placed, Run

_COUNTERS = re.compile(r"//[^/]*(?:blogger\.googleusercontent\.com/tracker/|feeds\.feedburner\.com/~r/)", re.IGNORECASE)
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d+)(?:\.\d+)?px", re.IGNORECASE)


def picture(
    attributes: Attributes, image: Callable[[Image], Placed], removed: Counter[str], formats: Formats
) -> list[Run]:
    """The picture as what stands in a line; where nothing does, that is counted."""
    shown = _image(attributes)
    if is_tracker(shown):
        removed[rules.TRACKER] += 1
        return []
    placed = image(shown) if shown.src or shown.data is not None else Placed()
    if not placed.src and not placed.href:
        removed[rules.PICTURE] += 1
        return []
    return _standing(placed, formats)


def _standing(placed: Placed, formats: Formats) -> list[Run]:
    """A link around a picture stays around it. Where the picture itself is a link, it leads to the larger one that the
    one around it led to; if that led to a page, both are needed to reach all that the post led to.
    """
    around = next((value for name, value in formats if name == "a"), "")
    if placed.src:
        return [Run("", frozenset(each for each in formats if each[0] == "a"), "picture", placed)]
    if not around or "//" not in placed.href or addresses.is_larger(around, placed.href):
        return [Run("", PLAIN, "picture", replace(placed, href=around or placed.href))]
    page = Placed(href=around, words=addresses.shown(around).removeprefix("mailto:"), around=True)
    return [Run("", PLAIN, "picture", each) for each in (placed, page)]


def _image(attributes: Attributes) -> Image:
    styled = {name.lower(): number for name, number in _SIZE.findall(attributes.get("style", ""))}
    width, height = (_pixels(attributes.get(name) or styled.get(name, "")) for name in ("width", "height"))
    src = attributes.get("src", "")
    alt = " ".join((attributes.get("alt") or attributes.get("title") or "").split())
    data = addresses.data_of(src)
    whole = f"https:{src.strip()}" if src.strip().startswith("//") else src
    return Image("" if data is not None else addresses.tidy(whole), alt, data, width, height)


def is_tracker(image: Image) -> bool:
    return (image.width == 1 and image.height == 1) or bool(_COUNTERS.search(image.src))


def _pixels(said: str) -> int:
    digits = re.match(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$", said)
    return int(digits[1]) if digits else 0


def linked(image: Image) -> Placed:
    """A picture that stays where it is: a link that reads as the picture's words, or else as its file's name."""
    if not image.src:
        return Placed()
    if image.src.startswith("/"):
        return Placed(src=image.src, alt=image.alt, width=image.width, height=image.height)
    return Placed(href=image.src, words=image.alt or addresses.file_name(image.src) or addresses.shown(image.src))

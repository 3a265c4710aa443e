"""Makes Markdown of a post's HTML that shows the same words in the same paragraphs, and nothing dangerous. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from authoring.importing.blogger.html import headings, pictures, plain, rules
from authoring.importing.blogger.html.build import Builder
from authoring.importing.blogger.html.model import Block, Image, Placed
from authoring.importing.blogger.html.places import named_places
from authoring.importing.blogger.html.prove import Proof
from authoring.importing.blogger.html.tree import parse
from authoring.importing.blogger.html.walk import build

__all__ = ["Converted", "Image", "Placed", "convert", "plain_text"]


@dataclass(frozen=True)
class Converted:
    """`removed` counts by the rules of `rules.RULES`; `notes` are lines for the report."""

    markdown: str
    removed: Counter[str]
    notes: list[str]


def keep_link(_address: str) -> None:
    return None


def convert(
    html: str,
    link: Callable[[str], str | None] = keep_link,
    image: Callable[[Image], Placed] = pictures.linked,
) -> Converted:
    """The post as Markdown. Raises nothing, whatever `html` is.

    `link` gives the new address of a link to the blog itself, or None to keep it; `image` says what to put in a
    picture's place.
    """
    blocks, builder = _blocks(html, link, image)
    headings.level(blocks)
    return Converted(_proof().written(blocks), +builder.removed, builder.notes)


def plain_text(html: str) -> str:
    """A comment's HTML as plain text: paragraphs by empty lines, links as their words and their address."""
    blocks, _ = _blocks(html, keep_link, pictures.linked)
    return plain.text(blocks)


def bare_words(html: str) -> str:
    """The same without addresses, and without what stands for a picture or a film."""
    blocks, _ = _blocks(html, keep_link, pictures.linked)
    return plain.bare(blocks)


def pictures_of(html: str) -> list[str]:
    """The addresses of the pictures a post shows from elsewhere."""
    found: list[str] = []

    def note(image: Image) -> Placed:
        found.append(image.src)
        return Placed()

    if "<img" in html.lower():
        _blocks(html, keep_link, note)
    return list(filter(None, found))


def left_out(removed: Counter[str]) -> list[str]:
    """What was taken out, a line each."""
    return [f"{count} × {rules.RULES[rule]}" for rule, count in sorted(removed.items())]


def _blocks(
    html: str, link: Callable[[str], str | None], image: Callable[[Image], Placed]
) -> tuple[list[Block], Builder]:
    root = parse(html)
    if root is None:
        return [], Builder(link, image)
    builder = Builder(link, image, named_places(root))
    return build(root, builder), builder


@cache
def _proof() -> Proof:
    return Proof()

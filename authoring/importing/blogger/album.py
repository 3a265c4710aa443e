"""Keeps a blog's pictures: what a post carries in itself, and what was fetched, become files of this site."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO

from PIL import Image as Pictures

from authoring.importing.blogger.fetch import Fetcher, FetchError, Progress
from authoring.importing.blogger.html.convert import pictures_of
from authoring.importing.blogger.html.model import Image, Placed
from authoring.importing.blogger.html.pictures import linked

FOLDER = "images/imported"
#: What browsers show, by Pillow's name of the format. No SVG: it can hold scripts.
ENDINGS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
LARGEST = 10_000_000  # bytes
MOST_PIXELS = 50_000_000


@dataclass
class Album:
    """Asked for every picture: `place(image)`. `files` are to be written, by their path below `content/`.

    `linked` lists the pictures that stay where they are, `refused` those that could not be kept, with the reason.
    """

    fetcher: Fetcher | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    silent: frozenset[str] = frozenset()  # asked once, in vain
    refused: list[str] = field(default_factory=list)

    def place(self, image: Image) -> Placed:
        """A picture of this site where its bytes are at hand; else a link to where it is."""
        if image.data is not None:
            return self._kept(image, image.data, "a picture inside a post") or Placed()
        if self.fetcher and self._may_fetch(image.src) and (found := self._fetched(image, self.fetcher)):
            return found
        placed = linked(image)
        if placed.href:
            self.linked.append(placed.href)
        return placed

    def _may_fetch(self, address: str) -> bool:
        return self.fetcher is not None and address not in self.silent and self.fetcher.has_host(address)

    @property
    def lines(self) -> list[str]:
        """For the report, one a picture."""
        return [*self.refused, *(f"{address} stays where it is; the essay links to it" for address in self.linked)]

    def _fetched(self, image: Image, fetcher: Fetcher) -> Placed | None:
        try:
            return self._kept(image, fetcher.fetch(image.src), image.src)
        except FetchError as reason:
            self.refused.append(f"{image.src} {reason}")
            return None

    def _kept(self, image: Image, data: bytes, name: str) -> Placed | None:
        found = known(data)
        if isinstance(found, str):
            self.refused.append(f"{name} {found}")
            return None
        ending, width, height = found
        path = f"{FOLDER}/{sha256(data).hexdigest()[:20]}.{ending}"
        self.files[path] = data
        sized = image if image.width and image.height else _in_proportion(image, width, height)
        return Placed(f"/{path}", image.alt, sized.width, sized.height)


def known(data: bytes) -> tuple[str, int, int] | str:
    """The file ending, width and height of a picture that browsers show; or why it is none."""
    if len(data) > LARGEST:
        return f"is larger than {LARGEST // 1_000_000} MB"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Pictures.open(BytesIO(data), formats=list(ENDINGS)) as picture:
                ending, (width, height) = ENDINGS[picture.format or ""], picture.size
                if width * height > MOST_PIXELS:
                    return "has too many pixels"
                picture.verify()
    except Exception:  # whatever Pillow stumbles over in bytes that anybody may have sent
        return "is no picture that browsers show"
    return ending, width, height


def _in_proportion(image: Image, width: int, height: int) -> Image:
    """The size the post says, its other side from the picture itself; where it says none, the picture's own."""
    if image.width:
        return replace(image, height=max(1, round(image.width * height / width)))
    if image.height:
        return replace(image, width=max(1, round(image.height * width / height)))
    return replace(image, width=width, height=height)


def album(htmls: Iterable[str], fetcher: Fetcher | None, progress: Progress) -> Album:
    """An album for these posts. With a `fetcher`, everything it may fetch for them is fetched before."""
    kept = Album(fetcher)
    if fetcher is not None:
        refused = fetcher.fetch_all(
            filter(fetcher.has_host, (src for html in htmls for src in pictures_of(html))), progress
        )
        kept.silent = frozenset(refused)
        kept.refused += [f"{address} {reason}" for address, reason in refused.items()]
    return kept

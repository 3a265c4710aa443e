"""Makes a blog's pictures files of this site: carried in a post, found in the archive beside the feed, or fetched."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO

from PIL import Image as Pictures

from authoring.importing.blogger.archive import Archive, Lying
from authoring.importing.blogger.fetch import Fetcher, FetchError, Progress, is_at
from authoring.importing.blogger.html.convert import pictures_of
from authoring.importing.blogger.html.model import Image, Placed
from authoring.importing.blogger.html.pictures import linked
from authoring.importing.journal import Kept

FOLDER = "images/imported"
#: What browsers show, by Pillow's name of the format. No SVG: it can hold scripts.
ENDINGS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
LARGEST = 10_000_000  # bytes
_ASKED = re.compile(r"[/=]s(\d{2,4})(?:-[\w-]+)?(?=/|$)")
MOST_PIXELS = 50_000_000


@dataclass
class Album:
    """Asked for every picture: `place(image)`. `files` are to be written, by their path below `content/`.

    `archived` are the addresses of pictures found in the archive, with the file of this site; `linked` lists the
    pictures that stay where they are, `refused` those that could not be kept, with the reason.
    """

    fetcher: Fetcher | None = None
    archive: Archive | None = None
    files: dict[str, bytes | Kept] = field(default_factory=dict)
    archived: dict[str, str] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    silent: frozenset[str] = frozenset()  # asked once, in vain
    refused: list[str] = field(default_factory=list)

    def place(self, image: Image) -> Placed:
        """A picture of this site where its bytes are at hand; else a link to where it is."""
        if image.data is not None:
            return self._kept(image, image.data, "a picture inside a post") or Placed()
        if found := self._archived(image):
            return found
        if self.fetcher and self._may_fetch(image.src) and (found := self._fetched(image, self.fetcher)):
            return found
        placed = linked(image)
        if placed.href:
            self.linked.append(placed.href)
        return placed

    def _may_fetch(self, address: str) -> bool:
        return self.fetcher is not None and address not in self.silent and self.fetcher.has_host(address)

    @property
    def found(self) -> int:
        """How many pictures came from the archive."""
        return len(set(self.archived.values()))

    @property
    def lines(self) -> list[str]:
        """For the report, one a picture."""
        return [
            *dict.fromkeys(self.refused),
            *(f"{address} stays where it is; the essay links to it" for address in self.linked),
        ]

    def link(self, address: str) -> str | None:
        """The file of this site that a link to a picture of the blog leads to: the whole one behind a small one."""
        placed = self._archived(Image(address, ""))
        return placed.src if placed else None

    def _archived(self, image: Image) -> Placed | None:
        """Only of what stood with the blog's image service: elsewhere a name says nothing."""
        lying = self.archive.find(image.src) if self.archive and is_at(image.src) else None
        if not isinstance(lying, Lying):
            self.refused += [f"{image.src} {lying}"] if lying else []
            return None
        try:
            data = lying.read()
        except OSError as error:
            self.refused.append(f"{lying.name} in the archive cannot be read ({error})")
            return None
        if placed := self._kept(image, data, f"{lying.name} in the archive", lying.read):
            self.archived[image.src] = placed.src
            return _as_asked(placed, image)
        return None

    def _fetched(self, image: Image, fetcher: Fetcher) -> Placed | None:
        try:
            data = fetcher.fetch(image.src)
            return self._kept(image, data, image.src, lambda: fetcher.fetch(image.src))
        except FetchError as reason:
            self.refused.append(f"{image.src} {reason}")
            return None

    def _kept(self, image: Image, data: bytes, name: str, again: Callable[[], bytes] | None = None) -> Placed | None:
        """`again` reads the same bytes once more, so that nobody need hold them."""
        found = known(data)
        if isinstance(found, str):
            self.refused.append(f"{name} {found}")
            return None
        ending, width, height = found
        checksum = sha256(data).hexdigest()
        path = f"{FOLDER}/{checksum[:20]}.{ending}"
        self.files[path] = Kept(checksum, again) if again else data
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


def _as_asked(placed: Placed, image: Image) -> Placed:
    """The archive has what was uploaded; where the post says no size, its address says how large it was shown."""
    asked = _ASKED.search(image.src)
    longest = max(placed.width, placed.height)
    if image.width or image.height or not asked or not 0 < int(asked[1]) < longest:
        return placed
    share = int(asked[1]) / longest
    return replace(placed, width=max(1, round(placed.width * share)), height=max(1, round(placed.height * share)))


def album(htmls: Iterable[str], fetcher: Fetcher | None, progress: Progress, archive: Archive | None = None) -> Album:
    """An album for these posts. With a `fetcher`, everything it may fetch and the archive lacks is fetched before."""
    kept = Album(fetcher, archive)
    if fetcher is not None:
        wanted = (src for html in htmls for src in pictures_of(html) if fetcher.has_host(src))
        lacking = (src for src in wanted if not (archive and isinstance(archive.find(src), Lying)))
        refused = fetcher.fetch_all(lacking, progress)
        kept.silent = frozenset(refused)
        kept.refused += [f"{address} {reason}" for address, reason in refused.items()]
    return kept

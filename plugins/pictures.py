"""Draws the picture that goes along when an essay's link is shared, and the site's icons: always the same bytes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import PIL
from PIL import Image, ImageDraw

from plugins import lettering
from plugins.lettering import Face, balanced, baseline, cut, readable, shortened, wrapped, write

SIZE = WIDE, HIGH = 1200, 630
MARGIN, ROOM = 88, 1024
PAPER, INK, MUTED, LINK = (0xFD, 0xFC, 0xF9), (0x1D, 0x24, 0x30), (0x5A, 0x62, 0x70), (0x0B, 0x5C, 0xAD)
STEPS = 7  # between the paper and a colour, for smooth edges; the palette has 16 places in all
#: Where each colour's darkest step stands in the palette.
PLACES = {INK: STEPS, MUTED: 2 * STEPS}
BLUE = 2 * STEPS + 1
#: Which darknesses of a mask are more than the paper.
SEEN = [255 * (darkness * STEPS * 2 > 255) for darkness in range(256)]
TITLE_SIZES = (104, 96, 88, 80, 72, 64, 56, 48)
TITLE_TOP, TITLE_ROOM, LINES = 150, 346, 4
NAME, FOOT = Face(34, 700), Face(30, 400)


@dataclass(frozen=True)
class Card:
    """What a picture says. `title` is an essay's; `foot` a line below it: day and author."""

    title: str
    name: str
    foot: str


@dataclass(frozen=True)
class Icon:
    """The site's initial on its blue. `bare`: without round corners, which whoever shows it cuts. 0 pixels: an .ico."""

    initial: str
    pixels: int
    bare: bool = False


Picture = Card | Icon
KINDS = {"Card": Card, "Icon": Icon}


def draw(picture: Picture) -> bytes:
    return draw_card(picture) if isinstance(picture, Card) else draw_icon(picture)


def fingerprint(picture: Picture) -> str:
    """Changes when the picture would."""
    return sha256(f"{_drawing()} {type(picture).__name__} {json.dumps(asdict(picture))}".encode()).hexdigest()


@cache
def _drawing() -> str:
    """What all pictures depend on: this code, the fonts, the library."""
    digest = sha256(PIL.__version__.encode())
    for path in (Path(__file__), Path(lettering.__file__), *sorted(lettering.FONTS.iterdir())):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def draw_card(card: Card) -> bytes:
    """A PNG of 1200 by 630. What our fonts cannot write is left out: without its title, the card shows the name."""
    picture = Image.new("P", SIZE)
    picture.putpalette(_palette())
    picture.paste(BLUE, (0, 0, WIDE, 14))
    title, name, foot = readable(card.title), readable(card.name), readable(card.foot)
    if title and name:
        _put(picture, shortened(name, NAME, ROOM), NAME, INK, 84)
    _put_title(picture, title or name or "")
    if foot:
        picture.paste(BLUE, (MARGIN, 526, MARGIN + 64, 530))
        _put(picture, shortened(foot, FOOT, ROOM), FOOT, MUTED, 578)
    return _png(picture)


def _put_title(picture: Image.Image, title: str) -> None:
    """As large as it fits, balanced, in the middle of its room."""
    for size in TITLE_SIZES:
        face = Face(size, 700)
        fitting = TITLE_ROOM // _leading(face)
        if len(wrapped(title, face, ROOM)) <= min(fitting, LINES):
            break
    lines = cut(balanced(title, face, ROOM), fitting, face, ROOM)
    top = TITLE_TOP + (TITLE_ROOM - len(lines) * _leading(face)) // 2
    for number, line in enumerate(lines):
        _put(picture, line, face, INK, top + number * _leading(face) + face.size)


def _leading(face: Face) -> int:
    return face.size * 118 // 100


def _put(picture: Image.Image, line: str, face: Face, colour: tuple[int, int, int], y: int) -> None:
    """One line with its baseline at `y`."""
    mask = write(line, face)
    picture.paste(mask.point(_steps(PLACES[colour])), (MARGIN, y - baseline(face)), mask.point(SEEN))


@cache
def _steps(last: int) -> list[int]:
    """For each darkness of a mask, the place in the palette of the step nearest to it."""
    return [last - STEPS + max(1, round(darkness * STEPS / 255)) for darkness in range(256)]


def _palette() -> list[int]:
    colours = [PAPER, *_ramp(INK), *_ramp(MUTED), LINK]
    return [part for colour in colours for part in colour]


def _ramp(colour: tuple[int, int, int]) -> list[tuple[int, ...]]:
    pairs = list(zip(PAPER, colour, strict=True))
    return [tuple(round(p + (c - p) * step / STEPS) for p, c in pairs) for step in range(1, STEPS + 1)]


def _png(picture: Image.Image) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "PNG", bits=4, compress_level=5)
    return buffer.getvalue()


def draw_icon(icon: Icon) -> bytes:
    """A PNG, or an .ico of the sizes that browsers ask for. Where our fonts lack the initial, two lines of writing."""
    if icon.pixels:
        return _icon_bytes(_mark(icon.initial, icon.pixels, icon.bare), "PNG")
    marks = [_mark(icon.initial, size, icon.bare) for size in (48, 32, 16)]
    return _icon_bytes(marks[0], "ICO", sizes=[mark.size for mark in marks], append_images=marks[1:])


def _mark(initial: str, pixels: int, bare: bool) -> Image.Image:
    """Drawn larger, so that its edges come out smooth."""
    scale = 4 if pixels < 100 else 2
    wide = pixels * scale
    mark = Image.new("RGBA", (wide, wide), (*LINK, 255) if bare else (0, 0, 0, 0))
    drawing = ImageDraw.Draw(mark)
    if not bare:
        drawing.rounded_rectangle((0, 0, wide - 1, wide - 1), wide * 7 // 32, (*LINK, 255))
    if letter := readable(initial):
        mask = write(letter, Face(wide * 9 // 16 if bare else wide * 3 // 4, 700))
        box = mask.getbbox() or (0, 0, 1, 1)
        shape = mask.crop(box)
        mark.paste((*PAPER, 255), ((wide - shape.width) // 2, (wide - shape.height) // 2), shape)
    else:
        for top, right in ((13, 22), (18, 18)):
            drawing.rectangle([part * wide // 32 for part in (10, top, right, top + 1)], (*PAPER, 255))
    return mark.reduce(scale)


def _icon_bytes(mark: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    mark.save(buffer, kind, **options)
    return buffer.getvalue()

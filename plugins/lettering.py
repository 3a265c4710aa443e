"""Sets words in the fonts of `theme/card/`: which letters there are, how wide they run, how lines break.

The engine is Pillow's basic one, which is in every copy of it, so that all machines draw the same; what it lacks,
pairs of letters that stand closer, `kerning.txt` adds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parent.parent / "theme" / "card"
SCRIPTS = ("latin", "latin-ext", "vietnamese", "cyrillic", "greek")
NOWHERE = "\uffff"  # no font has a letter for it: what is drawn stands for "none"
ELLIPSIS = "…"


class Face(NamedTuple):
    """A size in pixels and a weight from 200 to 900."""

    size: int
    weight: int


@dataclass(frozen=True)
class Piece:
    """Letters that are drawn in one go, `x` pixels from where their line begins."""

    x: int
    text: str
    font: ImageFont.FreeTypeFont


def readable(text: str) -> str | None:
    """`text` as our fonts can show it: signs they lack are left out; None if they lack a letter or a figure."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    lost = [sign for sign in composed if _font(Face(32, 400), sign) is None]
    if any(unicodedata.category(sign)[0] in "LNM" for sign in lost):
        return None
    return " ".join("".join(sign for sign in composed if sign not in lost).split()) or None


def width(text: str, face: Face) -> int:
    """In pixels."""
    return sum(_step(before, sign, face) for before, sign in zip(" " + text, text, strict=False))


def write(line: str, face: Face) -> Image.Image:
    """One line as a mask of its own width, its baseline at `baseline(face)`."""
    mask = Image.new("L", (width(line, face) + face.size // 4, face.size * 3 // 2))
    drawing = ImageDraw.Draw(mask)
    for piece in _pieces(line, face):
        drawing.text((piece.x, baseline(face)), piece.text, fill=255, font=piece.font, anchor="ls")
    return mask


def baseline(face: Face) -> int:
    return face.size * 11 // 10


def balanced(text: str, face: Face, room: int) -> list[str]:
    """`text` in as few lines as `room` pixels allow, and those of about the same length."""
    number = len(wrapped(text, face, room))
    narrow, wide = room // 2, room
    while number > 1 and wide - narrow > 8:
        middle = (narrow + wide) // 2
        if len(wrapped(text, face, middle)) > number:
            narrow = middle
        else:
            wide = middle
    return wrapped(text, face, wide)


def cut(lines: list[str], number: int, face: Face, room: int) -> list[str]:
    """The first lines; where some are left out, the last ends in an ellipsis."""
    if len(lines) <= number:
        return lines
    return [*lines[: number - 1], shortened(" ".join(lines[number - 1 :]), face, room)]


def shortened(line: str, face: Face, room: int) -> str:
    """As much of a line as there is room for, then an ellipsis."""
    if width(line, face) <= room:
        return line
    while line and width(line + ELLIPSIS, face) > room:
        line = line[:-1]
    return line.rstrip(" ,;:–—-") + ELLIPSIS


def wrapped(text: str, face: Face, room: int) -> list[str]:
    """`text` in lines of at most `room` pixels, each as full as it can be."""
    lines, used = [""], 0
    for word in text.split(" "):
        wide, space = width(word, face), _step("", " ", face) if lines[-1] else 0
        if used + space + wide <= room:
            lines[-1] += f" {word}" if lines[-1] else word
            used += space + wide
        else:
            lines += _chopped(word, face, room)
            used = width(lines[-1], face)
    return [line for line in lines if line]


def _chopped(word: str, face: Face, room: int) -> list[str]:
    """A word longer than a line, in parts."""
    parts = [""]
    for sign in word:
        if parts[-1] and width(parts[-1] + sign, face) > room:
            parts.append("")
        parts[-1] += sign
    return parts


def _pieces(text: str, face: Face) -> Iterator[Piece]:
    """The letters of a line in runs of one font, parted where a pair stands closer or wider."""
    x = start = 0
    held, font = "", None
    for before, sign in zip(" " + text, text, strict=False):
        own, moved = _font(face, sign), _kerned(before, sign, face)
        if held and font and (own is not font or moved):
            yield Piece(start, held, font)
            held = ""
        start, font = start if held else x + moved, own
        held += sign
        x += _step(before, sign, face)
    if held and font:
        yield Piece(start, held, font)


@lru_cache(16384)
def _step(before: str, sign: str, face: Face) -> int:
    """How far `sign` behind `before` moves on."""
    font = _font(face, sign)
    return _kerned(before, sign, face) + (round(font.getlength(sign)) if font else 0)


def _kerned(before: str, sign: str, face: Face) -> int:
    return round(_kerning().get(before + sign, 0) * face.size / 1000)


@lru_cache(8192)
def _font(face: Face, sign: str) -> ImageFont.FreeTypeFont | None:
    """The first of our fonts that has a letter for `sign`."""
    for script in SCRIPTS:
        font = _opened(script, face)
        if sign == " " or _drawn(font, sign) != _none(script, face):
            return font
    return None


@lru_cache(256)
def _opened(script: str, face: Face) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONTS / f"{script}.woff2", face.size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([face.weight])
    return font


@lru_cache(256)
def _none(script: str, face: Face) -> tuple[tuple[int, int], bytes]:
    return _drawn(_opened(script, face), NOWHERE)


def _drawn(font: ImageFont.FreeTypeFont, sign: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(sign)
    return mask.size, bytes(mask)


@lru_cache(1)
def _kerning() -> dict[str, int]:
    lines = (FONTS / "kerning.txt").read_text(encoding="utf-8").splitlines()
    return {pair: value for line in lines if not line.startswith("# ") for pair, value in _pairs(line.split(" "))}


def _pairs(words: list[str]) -> Iterator[tuple[str, int]]:
    first, rest = words[0], words[1:]
    for value, behind in zip(rest[::2], rest[1::2], strict=True):
        yield from ((first + second, int(value)) for second in behind)

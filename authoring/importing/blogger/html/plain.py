"""Writes blocks as plain text: an empty line between paragraphs, and every link as its words and its address. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from authoring.importing.blogger.html.addresses import shown
from authoring.importing.blogger.html.model import (
    Block,
    Heading,
    Line,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    Terms,
    Verbatim,
)


def text(blocks: Sequence[Block]) -> str:
    return "\n\n".join(_texts(blocks, _line))


def bare(blocks: Sequence[Block]) -> str:
    """Nothing but the words: no address, and nothing that only names a picture or a film."""
    return "\n\n".join(filter(None, _texts(blocks, _bare)))


def _texts(blocks: Sequence[Block], written: Callable[[Line], str]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield "\n".join(map(written, block.lines))
            case Heading():
                yield written(block.line)
            case Quote():
                yield from _texts(block.blocks, written)
            case Listing():
                for number, item in enumerate(block.items, block.start):
                    yield f"{number}. " * block.ordered + "- " * (not block.ordered) + "\n".join(_texts(item, written))
            case Terms():
                for _, held in block.parts:
                    yield from _texts(held, written)
            case Table():
                for row in block.rows:
                    yield " | ".join("\n".join(_texts(cell.blocks, written)) for cell in row)
            case Verbatim():
                yield "".join(run.text for run in block.runs).strip("\n")


def _line(line: Line) -> str:
    return "".join(
        _linked("".join(map(_words, runs)), address) for address, runs in groupby(line, key=_address)
    ).strip()


def _bare(line: Line) -> str:
    return "".join("\n" * (run.mark == "break") if run.mark else run.text for run in line).strip()


def _words(run: Run) -> str:
    if run.mark == "break":
        return "\n"
    return (run.placed.words or run.placed.alt if run.placed else "") if run.mark else run.text


def _address(run: Run) -> str:
    if run.mark in ("picture", "player") and run.placed and run.placed.href:
        return run.placed.href
    return next((value for name, value in run.formats if name == "a"), "")


def _linked(words: str, address: str) -> str:
    if not address or address.startswith("#") or shown(address).rstrip("/") == shown(words.strip()).rstrip("/"):
        return words
    return f"{words} ({address.removeprefix('mailto:')})" if address != f"mailto:{words}" else words

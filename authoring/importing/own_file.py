"""Reads the author's own files, of which nothing is guessed: what is not UTF-8 is refused, not misread. Pure."""

from __future__ import annotations

from authoring.importing.errors import ImportingError


def text_of(data: bytes, name: str) -> str:
    """The words in `data`. Raises ImportingError with the line of the file `name` that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportingError(f"{name}:{line}: not UTF-8; save the file as UTF-8 and run this again") from None

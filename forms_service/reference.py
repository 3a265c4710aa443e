"""The number a visitor can quote: no order to guess from, no letters to mistake on the phone."""

from __future__ import annotations

import secrets

#: Without 0 O, 1 I L, 5 S, 8 B, U V: they sound or look alike.
ALPHABET = "234679ACDEFGHJKMNPQRTWXYZ"
LENGTH = 8


def new_reference() -> str:
    """One of 150 thousand million."""
    number, letters = secrets.randbelow(len(ALPHABET) ** LENGTH), ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters += ALPHABET[place]
    return letters


def spoken(reference: str) -> str:
    """`K7QM3FXD` as one reads it aloud: K7QM-3FXD."""
    return "-".join(reference[start : start + 4] for start in range(0, len(reference), 4))

"""Whether a comment says enough that its writer is owed a word back. Pure."""

from __future__ import annotations

import re

#: About three sentences. Where words are not set apart, so many letters say as much.
ENOUGH_WORDS = 30
ENOUGH_LETTERS = 180


def is_substantial(text: str) -> bool:
    """More than "well said": thirty words or 180 letters, addresses of other pages not counted."""
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", re.sub(r"(?:https?://|www\.)\S+", " ", text))
    return len(words) >= ENOUGH_WORDS or sum(map(len, words)) >= ENOUGH_LETTERS

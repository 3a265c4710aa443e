"""Where an essay ends: its last paragraph, with the one before where the last only invites to answer. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins import inviting

_COMMENT = re.compile(rf"\b(?:comment(?:s|ing)?|{inviting.COMMENT})\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    rf"\b(?:e-?mail(?:s|ing)?|write (?:to )?me|call(?: me| at)?|phone|{inviting.MAIL}|{inviting.CALL})\b", re.IGNORECASE
)
#: An author has one invitation, of a paragraph or two.
_MOST = 2


def last_words(paragraphs: Sequence[str]) -> Sequence[str]:
    """The paragraphs that end an essay: what it says last, with the invitation below it."""
    count = 1
    while count <= min(_MOST, len(paragraphs) - 1) and _invites(paragraphs[-count]):
        count += 1
    return paragraphs[-count:]


def _invites(text: str) -> bool:
    return bool(_COMMENT.search(text) and _OTHERWISE.search(text))

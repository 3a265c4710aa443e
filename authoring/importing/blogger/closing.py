"""Knows the words an essay closes with to invite comments, mail and calls, and a title that must be made. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from authoring.importing.contacts import find_contacts
from plugins import inviting

KEEP, COMPONENT = "keep", "component"
_CHANNELS = (
    re.compile(rf"\b(?:comment(s|ing)?|{inviting.COMMENT})\b", re.IGNORECASE),
    re.compile(rf"\b(?:e-?mail(s|ing)?|write (to )?me|drop me|send me|{inviting.MAIL})\b", re.IGNORECASE),
    re.compile(rf"\b(?:call (me|us)|give (me|us) a (call|ring)|phone|call at|{inviting.CALL})\b", re.IGNORECASE),
)
_INVITES = re.compile(
    r"\b(?:leave|post|add|share|send|email|e-mail|call|write|drop|contact|reach|give|feel free|please|let me"
    rf"|{inviting.ASK})\b",
    re.IGNORECASE,
)
#: How many paragraphs at the end may belong to it, and how long one may be: a story about a phone call is none.
_MOST, _LONGEST = 2, 600


def closing_of(paragraphs: Sequence[str]) -> int:
    """How many paragraphs at the end invite the reader to answer; 0 if none does."""
    count = 0
    for text in reversed(paragraphs[1:][-_MOST:]):
        if not _is_invitation(text):
            break
        count += 1
    return count


def _is_invitation(text: str) -> bool:
    if len(text) > _LONGEST or not _INVITES.search(text):
        return False
    found = find_contacts(text)
    ways = sum(bool(channel.search(text)) for channel in _CHANNELS)
    return ways >= 2 or (ways == 1 and bool(found.email or found.phone))


def derived_title(words: str) -> str:
    """A title from an essay's first words, a sentence or some eight of them; empty if there are none."""
    first = words.split()[:9]
    text = " ".join(first[:8])[:80]
    if sentence := re.match(r".{12,}?[.!?](?=\s|$)", text):
        return sentence[0].rstrip(".")
    return text.rstrip(" .,;:–—-") + " …" if len(first) > 8 or len(" ".join(first)) > 80 else text

"""The author's own lists: `content/tags.txt`, the tags he uses, and `content/dictionary.txt`, words that are right."""

from __future__ import annotations

import re
from pathlib import Path

TAGS, DICTIONARY = "tags.txt", "dictionary.txt"
MOST_TAGS = 15


def word_list(text: str) -> list[str]:
    """One entry a line; `#` begins a remark."""
    return [entry for line in text.splitlines() if (entry := " ".join(line.partition("#")[0].split()))]


def read_word_list(content: Path, name: str) -> list[str]:
    """The entries of a list in `content`; none where there is no such file."""
    try:
        return word_list((content / name).read_text(encoding="utf-8-sig", errors="replace"))
    except FileNotFoundError:
        return []


def split_tags(field: str) -> list[str]:
    """The tags in a `Tags:` line, as Pelican reads it."""
    return [tag.strip() for tag in re.split(r"[,;]", field) if tag.strip()]

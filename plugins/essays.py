"""Which essays and pages a run of Pelican is going to write: the published, the hidden and the drafts."""

from __future__ import annotations

from typing import Any


def every_essay(generator: Any) -> list[Any]:
    """Generators that write no essays have none."""
    return [article for kind in ("articles", "hidden_articles", "drafts") for article in getattr(generator, kind, [])]


def every_page(generator: Any) -> list[Any]:
    return [page for kind in ("pages", "hidden_pages", "draft_pages") for page in getattr(generator, kind, [])]


def says_yes(content: Any, name: str) -> bool:
    """Whether the front matter of an essay has `name` with yes behind it."""
    return is_yes(str(content.metadata.get(name, "")))


def is_yes(word: str) -> bool:
    return word.strip().lower() in ("yes", "true", "1")

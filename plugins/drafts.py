"""Gives drafts the category that Pelican asks them for, since this site keeps no categories."""

from __future__ import annotations

from typing import Any

from pelican import signals
from pelican.urlwrappers import Category


def give_category(generator: Any) -> None:
    """Pelican writes a draft with `draft.category` and stumbles if nobody has set one."""
    settings = generator.settings
    for draft in (*generator.drafts, *generator.drafts_translations):
        draft.category = getattr(draft, "category", None) or Category(settings["DEFAULT_CATEGORY"], settings)


def register() -> None:
    signals.article_generator_finalized.connect(give_category)

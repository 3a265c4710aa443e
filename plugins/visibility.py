"""Keeps drafts and essays of the future out of what is published, with their pictures; a preview shows them, marked.

They leave before tags, archives, feeds and neighbours are gathered, so nothing is there to betray them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from pelican import signals

ESSAYS = ("articles", "translations", "hidden_articles", "hidden_translations", "drafts", "drafts_translations")
DRAFT_PAGES = ("draft_pages", "draft_translations")
UNSEEN = "UNSEEN"  # kept in the settings, which travel through every signal


def begin(pelican: Any) -> None:
    pelican.settings[UNSEEN] = []


def sort_out(generator: Any) -> None:
    """Give every essay `scheduled`; in what is published, drop those nobody shall see yet."""
    now = generator.settings["BUILD_NOW"]
    for kind in ESSAYS:
        essays = getattr(generator, kind)
        for essay in essays:
            essay.scheduled = essay.status != "draft" and essay.date > now
        if not generator.settings["PREVIEW"]:
            _drop(generator, [essay for essay in essays if essay.scheduled or essay.status == "draft"])
            setattr(generator, kind, [essay for essay in essays if not essay.scheduled and essay.status != "draft"])


def drop_draft_pages(generator: Any) -> None:
    if not generator.settings["PREVIEW"]:
        for kind in DRAFT_PAGES:
            _drop(generator, getattr(generator, kind))
            setattr(generator, kind, [])
            generator.context[kind] = []


def _drop(generator: Any, contents: Iterable[Any]) -> None:
    """A link to one of them finds nothing from now on, and the check before publishing says so."""
    for content in contents:
        generator.settings[UNSEEN].append(content)
        generator.context["generated_content"].pop(content.relative_source_path, None)


def drop_pictures(generator: Any) -> None:
    """What only unseen essays name is not copied. What nobody names may be known from elsewhere, and stays."""
    unseen = [content._content for content in generator.settings[UNSEEN]]
    if not unseen:
        return
    seen = [content._content for content in generator.context["generated_content"].values() if content is not None]
    files = generator.context["staticfiles"]
    files[:] = [file for file in files if not (_named(file, unseen) and not _named(file, seen))]


def _named(file: Any, texts: list[str]) -> bool:
    name = file.relative_source_path.rpartition("/")[2]
    return any(name in text or name in unquote(text) for text in texts)


def register() -> None:
    signals.initialized.connect(begin)
    signals.article_generator_pretaxonomy.connect(sort_out)
    signals.page_generator_finalized.connect(drop_draft_pages)
    signals.static_generator_finalized.connect(drop_pictures)

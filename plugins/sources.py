"""Leaves word beside a build of which file became which page, for the check before publishing. Never published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pelican import signals

from bridge.files import replace_file
from bridge.page_index import build_dir
from plugins.essays import says_yes
from plugins.feeds import lasting_id
from plugins.visibility import ESSAYS, UNSEEN

SOURCES_FILE = "sources.json"
PAGES = ("pages", "translations", "hidden_pages", "hidden_translations", "draft_pages", "draft_translations")


def leave_word(generators: Any) -> None:
    """Before anything is written, so that a build which fails later is explained too."""
    written: list[dict[str, object]] = []
    for generator in generators:
        essays = hasattr(generator, "articles")
        kinds = ESSAYS if essays else PAGES if hasattr(generator, "pages") else ()
        written += [_described(content, essays) for kind in kinds for content in getattr(generator, kind)]
    settings = generators[0].settings
    unseen = [_described(content, hasattr(content, "scheduled")) for content in settings[UNSEEN]]
    text = json.dumps({"written": written, "unseen": unseen}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    replace_file(build_dir(Path(generators[0].output_path)) / SOURCES_FILE, text.encode())


def _described(content: Any, is_essay: bool) -> dict[str, object]:
    metadata, series = content.metadata, getattr(content, "series", None)
    return {
        "file": content.relative_source_path,
        "page": content.save_as,
        "essay": is_essay,
        "title": str(content.title),
        "slug": str(content.slug),
        "has_slug": "slug" in metadata,
        "summary": str(metadata.get("summary", "")),
        "status": content.status,
        "scheduled": bool(getattr(content, "scheduled", False)),
        "date": content.date.isoformat() if is_essay else "",
        "id": lasting_id(content) if is_essay else "",
        "after": series.before.save_as if series and series.before else "",
        "imported": "imported" in metadata,
        "sample": says_yes(content, "sample"),
    }


def register() -> None:
    signals.all_generators_finalized.connect(leave_word)

"""A picture or file dropped beside an essay is found by its bare name, and travels with the essay's page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pelican import signals

_NAMED = re.compile(r"""(?P<begin>\b(?:src|href|poster)\s*=\s*)(?P<mark>["'])(?P<name>[^"'/:#?{]+\.\w+)(?P=mark)""")
TEXTS = (".md", ".markdown")


def attached(html: str, folder: Path) -> str:
    """`html` with each bare name of a file in `folder` written as Pelican wants it."""

    def written(found: re.Match[str]) -> str:
        name = unquote(found["name"])
        if name.endswith(TEXTS) or not (folder / name).is_file():
            return found[0]
        return f"{found['begin']}{found['mark']}{{attach}}{found['name']}{found['mark']}"

    return _NAMED.sub(written, html)


def look_beside(content: Any) -> None:
    """Before anybody gathers which files a text needs."""
    if content.source_path and getattr(content, "_content", None):
        content._content = attached(content._content, Path(content.source_path).parent)


def register() -> None:
    signals.content_object_init.connect(look_beside)

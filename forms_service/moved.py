"""Where old addresses of a built site lead, as its build says: what a proxy's maps do in production."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from bridge.old_addresses import MAP_FILE, Answer, SiteMap, resolve


def answer(root: Path, path: str, query: str) -> Answer | None:
    """What the decoded `path` with the raw `query` leads to in the site at `root`."""
    file = root / MAP_FILE
    try:
        changed = file.stat().st_mtime_ns
    except FileNotFoundError:
        return resolve(path, query, SiteMap())
    return resolve(path, query, _site_map(file, changed))


@lru_cache(4)
def _site_map(file: Path, _changed: int) -> SiteMap:
    return SiteMap(**json.loads(file.read_text(encoding="utf-8")))

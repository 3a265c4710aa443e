"""Every page of a staged build as it is read for the checks; pages that have not changed are not read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from authoring.check.finding import Fault
from authoring.check.page import Page, Reference, read_page
from bridge.browser_rules import runs_scripts
from bridge.files import replace_file


def read_pages(root: Path, files: Mapping[str, str], cache: Path) -> dict[str, Page]:
    """The HTML pages among `files` (checksums by name) below `root`, by name. `cache` keeps what was read of each."""
    known = _remembered(cache)
    pages: dict[str, Page] = {}
    kept: dict[str, Any] = {}
    for name, checksum in files.items():
        if name.endswith(".html"):
            with_scripts = runs_scripts(f"/{name}")
            key = f"{checksum}{' with scripts' if with_scripts else ''}"
            page = _page(known.get(key))
            pages[name] = page or read_page(_text(root / name), with_scripts)
            kept[key] = known[key] if page else asdict(pages[name])
    if kept.keys() != known.keys():
        replace_file(cache, json.dumps({"version": _version(), "pages": kept}).encode())
    return pages


def _version() -> str:
    """What is remembered counts only as long as the reading itself is the same."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()


def _remembered(cache: Path) -> dict[str, Any]:
    try:
        data = json.loads(cache.read_bytes())
        return dict(data["pages"]) if data["version"] == _version() else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _page(values: Mapping[str, Any] | None) -> Page | None:
    """The page as it was read; None if it was not, or if what is remembered of it is damaged."""
    if values is None:
        return None
    try:
        faults = [Fault(**fault) for fault in values["faults"]]
        references = [Reference(**reference) for reference in values["references"]]
        return Page(**{**values, "faults": faults, "references": references})
    except (TypeError, KeyError):
        return None


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")

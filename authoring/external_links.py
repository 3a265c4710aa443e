"""The foreign addresses of a staged build, asked on request: `make publish-check LINKS=1`. Answers keep for a week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from authoring.check.external import Answer, due, dumped, link_findings, loaded, named
from authoring.check.finding import Finding
from authoring.check.page import read_page
from authoring.check.sources import load_sources
from authoring.check.web import Web, ask_all
from bridge.files import replace_file
from bridge.places import Places

CACHE = "links.json"


def dead_external_links(
    staging: Path, where: Places, site: str, now: datetime,
    progress: Callable[[str], None] = lambda _: None, web: Web | None = None,
) -> list[Finding]:  # fmt: skip
    """Advice on every link out of the author's own pages and the home page that leads nowhere or has moved."""
    sources, cache = load_sources(staging, where.root / "content"), where.var_dir / CACHE
    pages = {
        name: read_page((staging / name).read_text(encoding="utf-8", errors="replace"))
        for name in {*sources.written, "index.html"}
        if (staging / name).is_file()
    }
    addresses = named(pages, site)
    known = _known(cache)
    web = web or Web(f"GratitudeMarketing-link-check (+{site}/)")
    answers = {**known, **ask_all(web, due(addresses, known, now), now, progress)}
    kept = {address: answer for address, answer in answers.items() if address in addresses}
    replace_file(cache, dumped(kept))
    return list(link_findings(addresses, kept, sources))


def _known(path: Path) -> dict[str, Answer]:
    try:
        return loaded(path.read_bytes())
    except FileNotFoundError:
        return {}

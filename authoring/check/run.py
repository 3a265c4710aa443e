"""Runs the whole list over a staged build, cheapest first."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from authoring.check import budget
from authoring.check.assets import TEXTS, asset_findings
from authoring.check.circles import circles
from authoring.check.essays import Published, essay_findings, vanished
from authoring.check.feeds import feed_findings, sitemap_findings
from authoring.check.finding import Fault, Finding
from authoring.check.links import dead_links
from authoring.check.page import Page
from authoring.check.scripts import stray_scripts
from authoring.check.sources import Sources
from bridge.comment_file import PublicComment
from bridge.fill import Build, fill
from bridge.regions import FillError

CANARY = "<script>canary()</script>"


@dataclass(frozen=True)
class Staged:
    """A build before it is published, and what is published now."""

    root: Path
    site: str
    files: Mapping[str, str]  # checksums by name
    pages: Mapping[str, Page]  # what check/pages.py has read of them
    sources: Sources
    published: Mapping[str, Published]
    current: Path | None  # the release readers see
    removed: frozenset[str] = frozenset()  # pages of it that the build does not have
    allow_removal: bool = False
    _weights: dict[str, int] = field(default_factory=dict)

    def weight(self, name: str) -> int:
        """The bytes of a file as sent."""
        if name not in self._weights:
            self._weights[name] = len(gzip.compress((self.root / name).read_bytes(), 6, mtime=0))
        return self._weights[name]


def findings(staged: Staged) -> list[Finding]:
    """Everything to be said about a staged build, what blocks first."""
    pages, names = staged.pages, frozenset(staged.files)
    said = [*essay_findings(staged.sources, staged.published, staged.allow_removal)]
    if not staged.allow_removal:
        said += vanished(staged.sources, staged.published, staged.removed)
    said += [*_visibility(staged), *stray_scripts(names)]
    said += _faults(staged, pages, names)
    said += [*_canonicals(pages, staged.site), *circles(staged.sources.redirects, pages)]
    said += _feeds(staged)
    unlisted = frozenset(s.page for s in staged.sources.written.values() if s.status == "hidden")
    if "sitemap.xml" in names:
        said += sitemap_findings(_text(staged.root / "sitemap.xml"), pages, unlisted, staged.site)
    said += budget.file_findings({name: (staged.root / name).stat().st_size for name in names}, staged.weight)
    said += asset_findings({n: _text(staged.root / n) for n in sorted(names) if n.endswith(TEXTS)}, names, staged.site)
    said += _canary(staged)
    return sorted(dict.fromkeys(said), key=lambda finding: not finding.blocking)


def _faults(staged: Staged, pages: Mapping[str, Page], names: frozenset[str]) -> list[Finding]:
    """The faults of all pages. A list that quotes an essay repeats its faults: those are said once, of the essay."""
    found, essays = [], sum(source.essay for source in staged.sources.written.values())
    fine: set[tuple[str, bool, bool]] = set()
    for name, page in sorted(pages.items()):
        faults = [
            *page.faults,
            *dead_links(name, page, pages, names, staged.site, fine),
            *_weight(name, page, names, essays, staged),
        ]
        found += [(fault, staged.sources.finding(name, fault, page.moved)) for fault in faults]
    in_essays = {(fault.what, fault.clue) for fault, finding in found if finding.file.startswith("content/")}
    return [
        finding
        for fault, finding in found
        if finding.file.startswith("content/") or (fault.what, fault.clue) not in in_essays
    ]


def _visibility(staged: Staged) -> Iterator[Finding]:
    """The build leaves them out by itself; should it ever fail to, nothing is published."""
    for source in staged.sources.written.values():
        if source.status == "draft" or source.scheduled:
            yield Finding(source.name, 1, "it is not to be seen yet, but the build shows it", "list plugins.visibility")
    for source in staged.sources.unseen:
        if source.page in staged.files:
            yield Finding(source.name, 1, f"it is not to be seen yet, but /{source.page} is there", "remove that file")


def _weight(name: str, page: Page, names: frozenset[str], essays: int, staged: Staged) -> Iterator[Fault]:
    yield from budget.page_faults(name, page, staged.sources.written.get(name), essays, names, staged.weight)
    if not page.described and not page.noindex:
        yield Fault(1, "the page has no description", "write a Summary", "Title:", blocking=False)


def _canonicals(pages: Mapping[str, Page], site: str) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for name, page in sorted(pages.items()):
        own = f"{site}/{name.removesuffix('index.html') if name.endswith(('/index.html', 'index.html')) else name}"
        if page.noindex or page.moved:
            continue
        if len(page.canonical) != 1 or not page.canonical[0].startswith(f"{site}/"):
            yield Finding(name, 1, f"it must name its one address, {own}", "look at canonical in the theme's base.html")
        elif page.canonical[0] in seen:
            what = f"it claims the address of {seen[page.canonical[0]]}"
            yield Finding(name, 1, what, "look at canonical in the theme's base.html")
        else:
            seen[page.canonical[0]] = name


def _feeds(staged: Staged) -> Iterator[Finding]:
    for name in sorted(staged.files):
        if name.endswith(".atom") or (name.startswith("feeds/") and name.endswith(".json")):
            before = staged.current / name if staged.current else None
            told = _text(before) if before and before.is_file() and "/comments" not in name else None
            yield from feed_findings(name, _text(staged.root / name), told)


def _canary(staged: Staged) -> Iterator[Finding]:
    """A visitor who writes a script instead of a comment must not get one onto any page."""
    build = Build.load(staged.root)
    hostile = PublicComment("1", None, CANARY, CANARY, datetime(2026, 1, 1, tzinfo=UTC), False)
    for name, regions in build.index.pages.items():
        essay = next((region.article for region in regions if region.name == "thread"), None)
        if essay is None:
            continue
        try:
            if CANARY in fill(_text(staged.root / name), {essay: [hostile]}, build):
                what = "a visitor's comment would run as a script"
                yield Finding("theme/templates/fragments/thread.html", 0, what, "take |safe out of the fragment")
        except FillError as error:
            yield Finding(name, 0, str(error), "look at the fragment in theme/templates/fragments")
        return  # the fragments are the same for every essay


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")

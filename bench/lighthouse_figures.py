"""What Lighthouse found, as figures, a table, and a place in a document. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
HEAD = """| page | performance/accessibility/best practices/SEO | bytes | largest paint, ms | shift | what cost points |
|---|---|---|---|---|---|"""
BEGIN, END = "<!-- lighthouse: written by make lighthouse -->", "<!-- /lighthouse -->"


@dataclass(frozen=True)
class Figures:
    """Scores of 100, bytes on the wire, and milliseconds until the largest thing stands there."""

    scores: tuple[int, ...]
    weight: int
    largest_paint: float
    shift: float
    lost: tuple[str, ...]  # what cost points


def figures(report: Mapping[str, Any]) -> Figures:
    """Of Lighthouse's JSON. Raises ValueError for a look that went wrong, in Lighthouse's own words."""
    if error := report.get("runtimeError"):
        raise ValueError(error.get("message", error))
    audits, categories = report["audits"], [report["categories"][name] for name in CATEGORIES]
    if missing := [category["id"] for category in categories if category["score"] is None]:
        raise ValueError(f"no score for {', '.join(missing)}")
    counting = {each["id"] for category in categories for each in category["auditRefs"] if each["weight"]}
    return Figures(
        tuple(round(category["score"] * 100) for category in categories),
        audits["total-byte-weight"]["numericValue"],
        audits["largest-contentful-paint"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        tuple(sorted(name for name in counting if (score := audits[name]["score"]) is not None and score < 1)),
    )


def middle(seen: Sequence[Figures]) -> Figures:
    """The median of each figure, and what cost points in at least half of the looks."""
    scores = tuple(round(median(each)) for each in zip(*(look.scores for look in seen), strict=True))
    weight, paint, shift = (
        median(getattr(look, name) for look in seen) for name in ("weight", "largest_paint", "shift")
    )
    lost = {name for look in seen for name in look.lost}
    often = sorted(name for name in lost if 2 * sum(name in look.lost for look in seen) >= len(seen))
    return Figures(scores, round(weight), paint, shift, tuple(often))


def row(name: str, seen: Figures) -> str:
    scores = "/".join(map(str, seen.scores))
    lost = ", ".join(seen.lost)
    return f"| {name} | {scores} | {seen.weight:,} | {seen.largest_paint:,.0f} | {seen.shift:.3f} | {lost} |"


def table(found: Mapping[str, Sequence[Figures]]) -> str:
    """The medians as Markdown, a row a page; a page nobody got to see has none."""
    return "\n".join([HEAD, *(row(name, middle(seen)) for name, seen in found.items() if seen)])


def placed(document: str, text: str) -> str:
    """The document with `text` between its two marks. Raises ValueError where it has none."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no {BEGIN} … {END} in it")
    return f"{before}{BEGIN}\n\n{text.strip()}\n\n{END}{after}"

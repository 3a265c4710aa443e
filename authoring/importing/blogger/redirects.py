"""Leads the pages of old labels to the tags they became, in the table of redirects. Pure."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from authoring.importing.blogger import labels
from authoring.importing.blogger.plan import Plan

_LONGEST = 200


def with_labels(table: str, plan: Plan, now: datetime) -> str:
    """`table` with a line for every label whose tag is called otherwise and has an essay that readers see."""
    used = {tag for p in plan.pieces if not p.is_draft and not p.is_page and p.at <= now for tag in p.tags}
    there = {line.split()[0] for line in table.splitlines() if line.split()}
    added = []
    for label, tags in plan.tags.items():
        slug = labels.slug(tags[0]) if tags and tags[0] in used else ""
        old = f"/search/label/{quote(label, safe='')}"
        if slug and label not in (tags[0], slug) and old not in there and _is_plain(label, old):
            added.append(f"{old} /tags/{quote(slug)}/\n")
    if not added:
        return table
    return table + "\n" * bool(table and not table.endswith("\n")) + "".join(added)


def _is_plain(label: str, old: str) -> bool:
    """A label that would lead out of its folder gets no signpost."""
    return ".." not in label and "/" not in label and label.isprintable() and len(old) <= _LONGEST

"""Comments in an order in which each finds the one it answers already there. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from forms_service.intake.imported import OldComment


def parents_first(comments: Sequence[OldComment]) -> list[OldComment]:
    """By time, but nothing before what it answers. Whoever would answer himself in a circle answers nobody."""
    by_id = {comment.source_id: comment for comment in comments}
    ordered: dict[str, OldComment] = {}
    for comment in sorted(comments, key=lambda each: (each.at, each.source_id)):
        for each in reversed(_line_up(comment, by_id, ordered)):
            ordered[each.source_id] = each
    return list(ordered.values())


def _line_up(comment: OldComment, by_id: Mapping[str, OldComment], done: Mapping[str, OldComment]) -> list[OldComment]:
    """`comment`, what it answers, what that answers …, as far as that is still to be put in order."""
    line: dict[str, OldComment] = {}
    each: OldComment | None = comment
    while each is not None and each.source_id not in done:
        line[each.source_id] = each
        if each.parent in line:
            line[each.source_id] = replace(each, parent="")
            break
        each = by_id.get(each.parent)
    return list(line.values())


def without_idle_stones(comments: Sequence[OldComment]) -> list[OldComment]:
    """Without what was removed and holds no thread together; `comments` as `parents_first` gives them."""
    held: set[str] = set()
    kept = []
    for comment in reversed(comments):
        if not comment.removed or comment.source_id in held:
            held.add(comment.parent)
            kept.append(comment)
    return kept[::-1]

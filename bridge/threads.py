"""Flat comments → threads: replies stand under what began the conversation, one step in, in order of time. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bridge.comment_file import PublicComment


@dataclass(frozen=True)
class Reply:
    """`to` is set when it answers another reply, so that the page can say whom."""

    comment: PublicComment
    to: PublicComment | None


@dataclass(frozen=True)
class Thread:
    comment: PublicComment
    replies: tuple[Reply, ...]


def threads(comments: Sequence[PublicComment]) -> list[Thread]:
    """Oldest first. A comment whose parent is not there, or that would answer itself, begins a thread."""
    ordered = in_order(comments)
    by_id = {comment.id: comment for comment in ordered}
    tops: list[PublicComment] = []
    below: dict[str, list[PublicComment]] = defaultdict(list)
    for comment in ordered:
        top = _beginning(comment, by_id)
        (tops if top is comment else below[top.id]).append(comment)
    return [Thread(top, tuple(_reply(comment, by_id) for comment in below[top.id])) for top in tops]


def in_order(comments: Sequence[PublicComment]) -> list[PublicComment]:
    """By time; the ids decide between comments of one moment."""
    return sorted(comments, key=lambda comment: (comment.at, len(comment.id), comment.id))


def places(comments: Sequence[PublicComment]) -> dict[str, str]:
    """The anchor of each comment on its page, by id: what old links say, and `c<id>` where there are none.

    Where an old anchor is what one of ours would be called, the old link keeps its word.
    """
    taken: dict[str, str] = {}
    for comment in in_order(comments):
        if comment.anchor:
            taken.setdefault(comment.anchor, comment.id)
    anchors = {number: anchor for anchor, number in taken.items()}
    return {comment.id: anchors.get(comment.id) or _own_place(comment, taken) for comment in comments}


def _own_place(comment: PublicComment, taken: Mapping[str, str]) -> str:
    return f"c{comment.id}" if f"c{comment.id}" not in taken else f"comment-{comment.id}"


def _beginning(comment: PublicComment, by_id: dict[str, PublicComment]) -> PublicComment:
    """The comment at the top of this one's conversation; in a circle everyone is his own."""
    seen, top = {comment.id}, comment
    while top.parent in by_id:
        top = by_id[top.parent]
        if top.id in seen:
            return comment
        seen.add(top.id)
    return top


def _reply(comment: PublicComment, by_id: dict[str, PublicComment]) -> Reply:
    parent = by_id[comment.parent or ""]
    return Reply(comment, parent if parent.parent in by_id else None)

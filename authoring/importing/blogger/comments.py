"""Decides which comments travel, and in which words: one line of JSON each, for the service to take in. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from authoring.importing.blogger.entries import COMMENT, LIVE, REMOVED, Entry
from authoring.importing.blogger.pieces import Piece

_TAKEN_BACK = re.compile(r"this (comment|post) has been removed by (the author|a blog administrator)\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Comment:
    """A line of `comments.jsonl`. `at` is aware, in UTC; `anchor` is what old links to it end with."""

    source_id: str
    article_id: str
    parent_source_id: str
    name: str
    url: str
    text: str
    at: str
    by_author: bool
    deleted: bool
    anchor: str


@dataclass(frozen=True)
class Taken:
    """What travels, oldest first, and for every other comment why it does not."""

    comments: tuple[Comment, ...]
    left_out: tuple[tuple[Entry, str], ...]


def take(
    entries: Iterable[Entry],
    pieces: Mapping[str, Piece],
    owners: frozenset[str],
    now: datetime,
    plain: Callable[[str], str],
) -> Taken:
    """`pieces` are the essays and pages by entry id, `owners` those who wrote them: see `Entry.writer`."""
    found = sorted((e for e in entries if e.kind == COMMENT), key=lambda e: (e.published or now, _number(e.id), e.id))
    texts = {entry.id: plain(entry.html).strip() for entry in found}
    left_out, live, removed = [], [], []
    for entry in found:
        if reason := _reason(entry, pieces.get(entry.parent), now):
            left_out.append((entry, reason))
        elif entry.status == REMOVED or not texts[entry.id] or _TAKEN_BACK.fullmatch(texts[entry.id]):
            removed.append(entry)
        else:
            live.append(entry)
    places = {entry.id: (place, entry.parent) for place, entry in enumerate(found)}
    kept = {entry.id for entry in live}
    marks = _answered(live, removed, places)
    left_out += [
        (entry, "a comment taken back, which nobody had answered") for entry in removed if entry.id not in marks
    ]
    stand = kept | marks
    comments = [
        _comment(entry, pieces[entry.parent], texts[entry.id], stand, places, owners, entry.id in marks)
        for entry in found
        if entry.id in stand
    ]
    return Taken(tuple(comments), tuple(left_out))


def lines(comments: Sequence[Comment]) -> bytes:
    return "".join(json.dumps(asdict(comment), ensure_ascii=False) + "\n" for comment in comments).encode()


def _reason(entry: Entry, piece: Piece | None, now: datetime) -> str:
    if entry.status not in (LIVE, REMOVED):
        return "a comment in the spam" if entry.status == "spam" else f"a comment never shown ({entry.status})"
    if piece is None:
        return "a comment on something that is not brought in"
    if piece.is_page:
        return "a comment on a page, where this site shows none"
    return "a comment on a draft or an essay of the future" if piece.is_draft or piece.at > now else ""


def _answered(live: Sequence[Entry], removed: Sequence[Entry], places: Mapping[str, tuple[int, str]]) -> set[str]:
    """Those of the removed that somebody answered, or that stand between an answer and what it answers."""
    standing = {parent for entry in live if (parent := _before(entry, places))}
    marks = set()
    for entry in reversed(removed):
        if entry.id in standing:
            marks.add(entry.id)
            standing.add(_before(entry, places))
    return marks


def _before(entry: Entry, places: Mapping[str, tuple[int, str]]) -> str:
    """What a comment answers, if that is an earlier comment on the same post: circles there are none."""
    place, post = places.get(entry.reply_to, (-1, ""))
    return entry.reply_to if post == entry.parent and place < places[entry.id][0] else ""


def _comment(
    entry: Entry, piece: Piece, text: str, stand: set[str], places: Mapping[str, tuple[int, str]],
    owners: frozenset[str], deleted: bool,
) -> Comment:  # fmt: skip
    parent = _before(entry, places)
    return Comment(
        source_id=entry.id,
        article_id=piece.article_id,
        parent_source_id=parent if parent in stand else "",
        name="" if deleted else entry.author or "Anonymous",
        url="" if deleted else entry.author_url,
        text="" if deleted else text,
        at=(entry.published or piece.at).astimezone(UTC).isoformat(),
        by_author=not deleted and bool(entry.writer) and entry.writer in owners,
        deleted=deleted,
        anchor=f"c{_number(entry.id)}" if _number(entry.id) else "",
    )


def _number(entry_id: str) -> int:
    found = re.search(r"post-(\d+)$", entry_id)
    return int(found[1]) if found else 0

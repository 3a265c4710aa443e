"""What an import did, or would do, as one record: the counts add up, and both reports read nothing else. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import PurePosixPath

from authoring.importing.blogger.comments import Taken
from authoring.importing.blogger.entries import COMMENT, Entry
from authoring.importing.blogger.html.convert import left_out
from authoring.importing.blogger.pieces import Piece, Words
from authoring.importing.blogger.plan import Plan
from authoring.importing.blogger.read import Export
from authoring.importing.blogger.series import Part, sequels
from bridge.identity import Identity

LONGEST = 60  # of an entry's words, to know it by
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Result:
    """`folder` is where the import is on record, named from the project's root; `dry` if nothing was written."""

    export: Export
    plan: Plan
    words: Mapping[str, Words]
    taken: Taken
    new_comments: int
    series: Mapping[str, Sequence[str]]
    unknown_links: Sequence[str]
    inside_links: int
    retired: Sequence[str]
    edited_samples: Sequence[str]
    new_tags: Sequence[str]
    pictures: Sequence[str]
    archived: int
    identity: Identity
    moment: datetime
    dry: bool
    folder: str

    def tally(self) -> dict[str, tuple[int, int]]:
        """By kind how many are in the export, and how many of these this import brings; left out comes last."""
        new = Counter(self._kind(piece) for piece in self.plan.new)
        whole = new + Counter(self._kind(known.piece) for known in self.plan.known)
        rows = {kind: (whole[kind], new[kind]) for kind in ("essays", "scheduled", "drafts", "pages")}
        comments = len(self.taken.comments)
        return rows | {"comments": (comments, self.new_comments), "left out": (len(self.reasons_each()), 0)}

    def sequels(self) -> dict[str, list[str]]:
        """Essays a week apart that speak of each other, offered as series beside those of `series`."""
        essays = [piece for piece in self.plan.new if not piece.is_page and not piece.is_draft]
        return sequels((self._part(piece) for piece in essays), self.series)

    def _part(self, piece: Piece) -> Part:
        words = self.words[piece.entry.id]
        blocks = words.markdown.split("\n\n")
        rest = blocks[: len(blocks) - len(words.closing)] if words.closing_kept else blocks
        return Part(piece.title, PurePosixPath(piece.path).name, piece.at.date(), rest)

    def _kind(self, piece: Piece) -> str:
        if piece.is_draft:
            return "drafts"
        if piece.is_page:
            return "pages"
        return "scheduled" if piece.at > self.moment else "essays"

    def reasons_each(self) -> list[tuple[str, str]]:
        """What stays out, entry by entry: how it is called, and why."""
        entries = [*self.plan.left_out, *self.taken.left_out]
        return [*self.export.left_out, *((called(entry), reason) for entry, reason in entries)]

    def reasons(self) -> list[tuple[str, int]]:
        return Counter(_general(reason) for _, reason in self.reasons_each()).most_common()

    def removed(self) -> list[str]:
        """What was taken out of the posts' HTML, a line each."""
        counts: Counter[str] = Counter()
        for words in self.words.values():
            counts.update(words.removed)
        return left_out(counts)

    def removed_each(self) -> list[tuple[Piece, list[str]]]:
        """The same, essay by essay."""
        found = ((piece, self.words.get(piece.entry.id, Words(""))) for piece in self.plan.new)
        return [(piece, left_out(Counter(words.removed))) for piece, words in found if words.removed]

    def look_at(self) -> list[tuple[Piece, tuple[str, ...]]]:
        """Pieces that need a person's eye, with what to look at."""
        found = []
        for piece in self.plan.new:
            words = self.words.get(piece.entry.id, Words(""))
            said = (*piece.decisions, *words.notes, *(() if words.markdown.strip() else ("it has no words",)))
            if said:
                found.append((piece, said))
        return found

    def by_hand(self) -> list[str]:
        """What no program can decide."""
        said = list(self.export.mended)
        read = self.export.total
        if self.export.announced > read:
            said.append(
                f"the blog says it has {self.export.announced} entries, this file holds {read}; export it whole"
            )
        elif self.export.feed.form == "public feed of a blog":
            said.append("a public feed holds no drafts and may be incomplete; Takeout's export is better")
        if strange := self._other_zone():
            said.append(strange)
        said += [f"{file}: a sample you have edited; it stays" for file in self.edited_samples]
        if unused := [label for label, tags in self.plan.tags.items() if not tags and label in self.plan.label_counts]:
            said.append(f"{len(unused)} labels become no tag; content/labels.txt says which, and is yours to edit")
        return said

    def _other_zone(self) -> str:
        """Old backups name the blog's zone, or write times as its clock showed them: if it is another, say so."""
        if not self.plan.new or self.export.zone == self.identity.timezone:
            return ""
        if self.export.zone:
            return self._zone_words(f"the old blog was kept in {self.export.zone}")
        moments = [p.entry.published for p in self.plan.new if p.entry.published]
        told = [moment for moment in moments if moment.utcoffset()]
        zone = self.identity.zone
        other = [moment for moment in told if moment.utcoffset() != moment.astimezone(zone).utcoffset()]
        if len(other) * 2 <= len(moments):
            return ""
        offsets = ", ".join(sorted({f"{moment:%z}"[:3] + ":" + f"{moment:%z}"[3:] for moment in other}))
        return self._zone_words(f"the old blog's clock stood at {offsets}")

    def _zone_words(self, known: str) -> str:
        return (
            f"{known}, site.toml says {self.identity.timezone}: if that is not your zone, take this import back,"
            " set timezone, and import again"
        )


def called(entry: Entry) -> str:
    """By which words a person knows an entry again."""
    words = " ".join(unescape(_TAG.sub(" ", entry.html)).split())
    begin = f"{words[:LONGEST]} …" if len(words) > LONGEST else words
    if entry.kind == COMMENT:
        return f"{entry.author or 'Somebody'}: {begin}" if begin else f"{entry.author or 'Somebody'}, without words"
    return entry.title or begin or entry.id


def _general(reason: str) -> str:
    return "its address is taken" if reason.startswith("its address") else reason

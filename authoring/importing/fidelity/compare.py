"""What of one text is in another: words and paragraphs kept, lost and added, in order. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

Words = tuple[str, ...]
MOST = 3  # passages shown of a post that lost or gained something


@dataclass
class Tally:
    """`words` and `paragraphs` of the source; of both, how many are lost, and how many stand there without a source."""

    words: int = 0
    words_lost: int = 0
    words_added: int = 0
    paragraphs: int = 0
    paragraphs_lost: int = 0
    paragraphs_added: int = 0
    passages: list[str] = field(default_factory=list)

    def __iadd__(self, other: Tally) -> Tally:
        self.words += other.words
        self.words_lost += other.words_lost
        self.words_added += other.words_added
        self.paragraphs += other.paragraphs
        self.paragraphs_lost += other.paragraphs_lost
        self.paragraphs_added += other.paragraphs_added
        return self

    @property
    def whole(self) -> bool:
        return not (self.words_lost or self.words_added or self.paragraphs_lost or self.paragraphs_added)


def compared(source: Sequence[Sequence[str]], page: Sequence[Sequence[str]]) -> Tally:
    """Paragraphs first; words only where paragraphs differ, so that long texts take no longer than they must."""
    before, after = [tuple(p) for p in source], [tuple(p) for p in page]
    tally = Tally(words=sum(map(len, before)), paragraphs=len(before))
    for one, other in _differences(before, after):
        tally.paragraphs_lost += len(one)
        tally.paragraphs_added += len(other)
        _count_words(tally, [word for p in one for word in p], [word for p in other for word in p])
    return tally


def _differences(before: list[Words], after: list[Words]) -> list[tuple[list[Words], list[Words]]]:
    if before == after:
        return []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [(before[a:b], after[c:d]) for what, a, b, c, d in matcher.get_opcodes() if what != "equal"]


def _count_words(tally: Tally, before: list[str], after: list[str]) -> None:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            tally.words_lost += b - a
            tally.words_added += d - c
            tally.passages.append(_passage(before[max(0, a - 3) : b + 3], after[max(0, c - 3) : d + 3]))
    if before == after:
        tally.passages.append(f"other paragraphs: {' '.join(before[:12])} …")


def _passage(before: Sequence[str], after: Sequence[str]) -> str:
    return f"“{' '.join(before)[:90]}” became “{' '.join(after)[:90]}”"

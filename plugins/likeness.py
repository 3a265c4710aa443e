"""Finds which essays speak of the same things: by the words that are rare elsewhere, and by shared tags. Pure.

A word's worth changes in steps only, so that a new essay does not stir the lists of all the others.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import nsmallest

WORD = re.compile(r"[^\W\d_]{3,}")
TAG = re.compile(r"<[^>]*>")
LOUDEST = 16  # words that stand for an essay
OFTEN = 4  # a word said more often than that counts no more
TAG_WORTH = 0.1  # of a complete likeness, for each shared tag
LEAST = 0.12  # what is less alike than that is not related
FEW = 3  # words in common below which a likeness is chance
MOST = 3
NEAR = 12  # essays alike in words, among which tags decide


@dataclass(frozen=True)
class Text:
    """An essay as the comparison sees it; `apart` are the ids of those that are linked from it anyway."""

    id: str
    words: Mapping[str, int]
    tags: AbstractSet[str] = frozenset()
    apart: AbstractSet[str] = frozenset()


def words_in(html: str) -> dict[str, int]:
    """How often each word of three letters or more is said in `html`, in small letters."""
    return Counter(WORD.findall(TAG.sub(" ", html).lower()))


def related(texts: Sequence[Text]) -> dict[str, list[str]]:
    """For each essay's id those of the most alike, best first: at most three. The order of `texts` decides nothing."""
    profiles = _profiles(texts)
    said_by: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for id in sorted(profiles):
        for word, weight in profiles[id].items():
            said_by[word].append((id, weight))
    tags = {text.id: text.tags for text in texts}
    return {text.id: _most_alike(text, profiles, said_by, tags) for text in texts}


def _profiles(texts: Sequence[Text]) -> dict[str, dict[str, float]]:
    """What each essay says more than others do: its loudest words, each with its share of the whole."""
    spread = Counter(word for text in texts for word in text.words)
    # A word that one essay alone says leads nowhere; one that half of them say, neither.
    worth = {word: _rarity(len(texts), count) for word, count in spread.items() if count > 1}
    return {text.id: _loudest(text.words, worth) for text in texts}


def _rarity(essays: int, count: int) -> int:
    """How much a word counts that `count` of `essays` say: one more each time half as many do."""
    return essays.bit_length() - count.bit_length()


def _loudest(words: Mapping[str, int], worth: Mapping[str, int]) -> dict[str, float]:
    loud = [(-min(count, OFTEN) * worth[word], word) for word, count in words.items() if worth.get(word, 0) > 0]
    kept = sorted(loud)[:LOUDEST]
    length = math.sqrt(sum(weight * weight for weight, _ in kept))
    return {word: -weight / length for weight, word in kept}


def _most_alike(
    text: Text,
    profiles: Mapping[str, Mapping[str, float]],
    said_by: Mapping[str, Iterable[tuple[str, float]]],
    tags: Mapping[str, AbstractSet[str]],
) -> list[str]:
    likeness: dict[str, float] = defaultdict(float)
    mine = profiles[text.id]
    for word, weight in mine.items():
        for other, its_weight in said_by[word]:
            likeness[other] += weight * its_weight
    apart = {text.id, *text.apart}
    near = nsmallest(NEAR, ((-value, other) for other, value in likeness.items() if other not in apart))
    ranked = sorted((value - TAG_WORTH * len(text.tags & tags[other]), other) for value, other in near)
    related = [other for value, other in ranked if -value >= LEAST and len(mine.keys() & profiles[other].keys()) >= FEW]
    return related[:MOST]

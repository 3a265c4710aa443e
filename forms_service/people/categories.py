"""Trades and personal needs, their synonyms and neighbours, as the author's list says them. Pure.

A line of the list is `name = synonym, synonym ~ neighbour, neighbour`; both tails may be missing, `#` begins a remark.
Whoever renames a trade keeps its old name as a synonym, and nothing that was told before is lost.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

SAME, SYNONYM, NEIGHBOUR, APART = 3, 2, 1, 0
CLOSENESS_WORDS = {SAME: "exactly this", SYNONYM: "the same by another name", NEIGHBOUR: "a neighbouring trade"}
LONGEST_TERM = 80


class CategoryError(ValueError):
    """The list cannot be read; the message is one line: which line, what is wrong, how to mend it."""


@dataclass(frozen=True)
class Category:
    name: str
    synonyms: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Categories:
    """The list, by each word that stands for a trade. `terms`: name or synonym → the trade's name."""

    listed: Mapping[str, Category] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)

    def closeness(self, one: str, other: str) -> int:
        """The same word 3, the same trade by another word 2, a neighbour (whichever names the other) 1, else 0."""
        one, other = folded(one), folded(other)
        if not one or not other:
            return APART
        if one == other:
            return SAME
        first, second = self.terms.get(one), self.terms.get(other)
        if first is None or second is None:
            return APART
        if first == second:
            return SYNONYM
        near = second in self.listed[first].neighbours or first in self.listed[second].neighbours
        return NEIGHBOUR if near else APART

    def named(self, term: str) -> str:
        """What the list calls this trade: a plumber, where "leaking tap" was told; the word itself beyond the list."""
        return self.terms.get(folded(term), term)

    def near(self, term: str) -> set[str]:
        """Every word that is not apart from `term`."""
        return {word for words in self.nearness(term).values() for word in words}

    def nearness(self, term: str) -> Mapping[int, Sequence[str]]:
        """The words that are not apart from `term`, by how close they are, the closest first."""
        own = folded(term)
        name = self.terms.get(own)
        if name is None:
            return {SAME: (own,)} if own else {}
        others = [word for word in self._words_of[name] if word != own]
        return {
            SAME: (own,),
            SYNONYM: others,
            NEIGHBOUR: [w for near in self._beside[name] for w in self._words_of[near]],
        }

    @cached_property
    def _words_of(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word, name in self.terms.items():
            found[name].append(word)
        return found

    @cached_property
    def _beside(self) -> Mapping[str, Sequence[str]]:
        """The neighbours of each trade, whichever of the two names the other."""
        found: dict[str, set[str]] = defaultdict(set)
        for category in self.listed.values():
            for neighbour in category.neighbours:
                found[category.name].add(neighbour)
                found[neighbour].add(category.name)
        return {name: sorted(found[name] - {name}) for name in self.listed}

    def proposed(self, text: str) -> str:
        """The trade that free text speaks of: the longest term in it, the first of equals; "" where there is none."""
        spoken = _words(text)
        found = [term for term in self.terms if _stands_in(_words(term), spoken)]
        return min(found, key=lambda term: (-len(_words(term)), -len(term), _first(_words(term), spoken)), default="")


def read_categories(text: str) -> Categories:
    """The list that `text` writes down. Raises CategoryError."""
    listed: dict[str, Category] = {}
    terms: dict[str, str] = {}
    for number, category in _lines(text):
        for term in (category.name, *category.synonyms):
            if terms.setdefault(term, category.name) != category.name or term in listed:
                raise CategoryError(f"line {number}: “{term}” stands in the list already; name it once")
        listed[category.name] = category
    for category in listed.values():
        for neighbour in category.neighbours:
            if neighbour not in listed:
                raise CategoryError(f"“{category.name}” has the neighbour “{neighbour}”, which has no line of its own")
    return Categories(listed, terms)


def folded(term: str) -> str:
    """A term as it is compared: small letters, single spaces."""
    return " ".join(term.casefold().split())


def _lines(text: str) -> Iterator[tuple[int, Category]]:
    for number, line in enumerate(text.split("\n"), 1):
        said = line.partition("#")[0].strip()
        if said:
            yield number, _category(number, said)


def _category(number: int, said: str) -> Category:
    head, _, near = said.partition("~")
    name, _, synonyms = head.partition("=")
    if not folded(name):
        raise CategoryError(f"line {number}: a trade needs a name before “=” and “~”")
    category = Category(folded(name), _listed(synonyms), _listed(near))
    if any(len(term) > LONGEST_TERM for term in (category.name, *category.synonyms)):
        raise CategoryError(f"line {number}: a name may have {LONGEST_TERM} characters")
    if len({category.name, *category.synonyms}) <= len(category.synonyms):
        raise CategoryError(f"line {number}: “{category.name}” says a word twice; say it once")
    return category


def _listed(text: str) -> tuple[str, ...]:
    return tuple(folded(term) for term in text.split(",") if folded(term))


def _words(text: str) -> list[str]:
    """Its words, a plural like a singular: "plumbers" are found by "plumber"."""
    return [word.removesuffix("s") if len(word) > 3 else word for word in re.findall(r"[^\W_]+", text.casefold())]


def _stands_in(words: list[str], spoken: list[str]) -> bool:
    return bool(words) and _first(words, spoken) >= 0


def _first(words: list[str], spoken: list[str]) -> int:
    starts = range(len(spoken) - len(words) + 1)
    return next((start for start in starts if spoken[start : start + len(words)] == words), -1)

"""Words that may be misspelt in an essay. Loads its word list when first asked, since most runs ask for nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from authoring.check.prose import Paragraph, words

if TYPE_CHECKING:
    from spellchecker import SpellChecker

SHORTEST = 3  # letters
#: The English list spells as Americans do; what becomes one of its words by these is British, and right.
BRITISH = (
    (r"our", "or"), (r"is(e[ds]?|ing|er|ers|ations?)$", r"iz\1"), (r"ys(e[ds]?|ing|er)$", r"yz\1"), (r"ogue", "og"),
    (r"ll(ed|ing|er|ers|en|ous)$", r"l\1"), (r"l(fil|ful|ment)", r"ll\1"), (r"tre(s?)$", r"ter\1"),
    (r"ence(s?)$", r"ense\1"), (r"mme(s?)$", r"m\1"), (r"ae|oe", "e"),
)  # fmt: skip


class Speller:
    """Knows the words of `language` and those in `own`; of a language without a word list it says nothing."""

    def __init__(self, language: str, own: Collection[str]) -> None:
        self._language = _plain(language)
        self._own = {word.casefold() for word in own}

    def doubtful(self, text: Sequence[Paragraph]) -> list[tuple[str, str, int]]:
        """Each unknown word once, with what it may be meant to be (perhaps nothing) and its line."""
        known = word_list(self._language)
        if known is None:
            return []
        names = {word for word, _, begins in _placed(text) if word[0].isupper() and not begins}
        found: dict[str, tuple[str, str, int]] = {}
        for word, line, begins in _placed(text):
            if word in found or word in names or self._is_known(known, word):
                continue
            meant = known.correction(word.lower()) or ""
            # A sentence may begin with a name: only what is next to a word we know counts as a slip.
            if not begins or not word[0].isupper() or meant not in ("", word.lower()):
                found[word] = (word, "" if meant == word.lower() else meant, line)
        return list(found.values())

    def _is_known(self, known: SpellChecker, word: str) -> bool:
        """Capitals within a word make it a name or an abbreviation."""
        spelt = word.replace("’", "'").casefold()
        stem = spelt.removesuffix("'s").strip("'")
        if len(word) < SHORTEST or not word[1:].islower() or {spelt, stem} & self._own:
            return True
        return spelt in known or stem in known or (self._language == "en" and _is_british(known, stem))


def word_list(language: str) -> SpellChecker | None:
    """Every word of `language`, a tag such as en-GB; None where there is no list. Read once, since it takes a while."""
    return _read_word_list(_plain(language))


@cache
def _read_word_list(language: str) -> SpellChecker | None:
    from spellchecker import SpellChecker

    return SpellChecker(language=language, distance=1) if language in SpellChecker.languages() else None


def _plain(language: str) -> str:
    return language.partition("-")[0].lower()


def _is_british(known: SpellChecker, word: str) -> bool:
    return any(re.search(ours, word) and re.sub(ours, theirs, word) in known for ours, theirs in BRITISH)


def _placed(text: Sequence[Paragraph]) -> Iterator[tuple[str, int, bool]]:
    """Every word with its paragraph's line, and whether it begins a sentence."""
    for paragraph in text:
        for sentence in paragraph.sentences:
            for place, word in enumerate(words(sentence)):
                yield word, paragraph.line, place == 0

"""How easily an English text reads, by Rudolf Flesch's formula. Pure.

Reading ease is 206.835 − 1.015 · words per sentence − 84.6 · syllables per word (R. Flesch, "A new readability
yardstick", Journal of Applied Psychology 32, 1948): 60 to 70 is plain English, below 50 is hard going. Syllables
are counted as groups of vowels, without a silent e at the end, which errs by little over a whole essay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from authoring.check.prose import Paragraph, words

PLAIN, HARD = 60, 50
FEW_WORDS = 100  # the formula was made for samples of that length
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouyszxcg]es)$")


def syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    return max(1, len(_VOWELS.findall(letters)) - bool(_SILENT.search(letters)))


def reading_ease(text: Sequence[Paragraph]) -> float | None:
    """None where there are too few words to say."""
    spoken = [words(sentence) for paragraph in text for sentence in paragraph.sentences]
    count = sum(map(len, spoken))
    if count < FEW_WORDS:
        return None
    sounds = sum(syllables(word) for sentence in spoken for word in sentence)
    return 206.835 - 1.015 * count / len(spoken) - 84.6 * sounds / count


def longest_sentence(text: Sequence[Paragraph]) -> tuple[Paragraph, str]:
    """The sentence to begin with, and where it stands; `text` has at least one."""
    return max(((p, s) for p in text for s in p.sentences), key=lambda pair: len(words(pair[1])))

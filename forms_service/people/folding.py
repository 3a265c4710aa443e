"""Words as they are looked for: one spelling for "Müller", "MÜLLER" and "Muller". Pure."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

#: Letters whose stroke or join is no mark that could be taken off.
PLAIN = str.maketrans({
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "þ": "th", "ŧ": "t",
})  # fmt: skip
#: The marks above and below European letters. Those of other scripts are letters to whoever reads them, and stay.
MARKS = dict.fromkeys(range(0x300, 0x370))


def fold(text: str) -> str:
    """`text` in small letters without accents. What stands in a text stands folded in the folded text."""
    if text.isascii():
        return text.lower()
    return normalize("NFKD", text.casefold()).translate(MARKS).casefold().translate(PLAIN)


def fold_word(word: str) -> str:
    """A word without white space, folded; one that is nothing but marks stays what it is."""
    return "".join(fold(word).split()) or word


def words_of(texts: Iterable[str]) -> set[str]:
    """All that stands between white space, folded. Scripts without spaces give long words, found by any part too."""
    return {fold_word(word) for text in texts for word in text.split()}

"""What stops nothing but is worth a line: words, tags, summary and promises of essays that are new or have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from authoring.check.essays import Published
from authoring.check.finding import Finding
from authoring.check.mentions import unlinked_mentions
from authoring.check.promises import broken_promises
from authoring.check.prose import Paragraph, paragraphs
from authoring.check.prose import words as words_in
from authoring.check.reading_ease import HARD, PLAIN, longest_sentence, reading_ease
from authoring.check.sources import Source, Sources
from authoring.check.spelling import Speller
from authoring.importing.article_file import read_head
from authoring.vocabulary import DICTIONARY, MOST_TAGS, TAGS, read_word_list, split_tags

SHORTEST, LONGEST = 120, 160  # characters of a summary that lists and search engines show whole
NEW_TAGS = 2  # so many may an essay bring along
WORDS_NAMED = 5
ENGLISH = "en"


@dataclass(frozen=True)
class Author:
    """How the author writes. `tags` is the vocabulary, empty where he keeps none."""

    language: str
    tags: Sequence[str]
    dictionary: Sequence[str]


def advice(fresh: Iterable[Source], essays: Sequence[Source], author: Author, now: datetime) -> list[Finding]:
    """`fresh` are the essays whose words readers have not seen yet, `essays` all that they will see."""
    speller = Speller(author.language, author.dictionary)
    said = list(_about_vocabulary(author.tags))
    for source in fresh:
        text = paragraphs(source.text)
        said += [*_spelling(source, text, speller), *_ease(source, text, author), *_tags(source, author.tags)]
        said += [*_summary(source), *unlinked_mentions(source, essays)]
    return [*said, *broken_promises(essays, now)]


def _spelling(source: Source, text: Sequence[Paragraph], speller: Speller) -> Iterator[Finding]:
    if found := speller.doubtful(text):
        named = [f"“{word}”" + (f" ({meant}?)" if meant else "") for word, meant, _ in found[:WORDS_NAMED]]
        more = f" and {len(found) - WORDS_NAMED} more" if len(found) > WORDS_NAMED else ""
        remedy = f"mend it, or write the word into content/{DICTIONARY}"
        yield Finding(source.name, found[0][2], f"perhaps misspelt: {', '.join(named)}{more}", remedy, blocking=False)


def _ease(source: Source, text: Sequence[Paragraph], author: Author) -> Iterator[Finding]:
    ease = reading_ease(text) if author.language.startswith(ENGLISH) else None
    if ease is not None and ease < HARD:
        where, sentence = longest_sentence(text)
        begins = " ".join(sentence.split()[:4])
        what = f"its reading ease is {ease:.0f}, and plain English has {PLAIN} or more"
        remedy = f"part the sentence of {len(words_in(sentence))} words that begins “{begins} …”, then look again"
        yield Finding(source.name, where.line, what, remedy, blocking=False)


def _tags(source: Source, vocabulary: Sequence[str]) -> Iterator[Finding]:
    known = {tag.casefold() for tag in vocabulary}
    others = [tag for tag in split_tags(read_head(source.text).get("tags", "")) if tag.casefold() not in known]
    if known and len(others) > NEW_TAGS:
        what = f"{len(others)} of its tags are not in your list: {', '.join(others)}"
        remedy = f"choose from content/{TAGS}, or add to it"
        yield Finding(source.name, source.line_of("^Tags:"), what, remedy, blocking=False)


def _about_vocabulary(tags: Sequence[str]) -> Iterator[Finding]:
    if len(tags) > MOST_TAGS:
        what, remedy = f"it lists {len(tags)} tags", f"put some together: readers find their way among {MOST_TAGS}"
        yield Finding(f"content/{TAGS}", 0, what, remedy, blocking=False)


def _summary(source: Source) -> Iterator[Finding]:
    """Without one the page takes the essay's opening, which is fine."""
    if source.summary and not SHORTEST <= len(source.summary) <= LONGEST:
        what = f"its summary has {len(source.summary)} characters"
        remedy = f"{SHORTEST} to {LONGEST} are shown whole in lists and searches; without one the opening is taken"
        yield Finding(source.name, source.line_of("^Summary:"), what, remedy, blocking=False)


def fresh_essays(sources: Sources, published: Mapping[str, Published]) -> list[Source]:
    """The essays whose words readers have not seen yet. What was brought in word for word is history, and stays so."""
    known = {id_: essay.words for id_, essay in published.items()}
    own = (s for s in sources.written.values() if s.essay and not s.imported and not s.sample)
    return [source for source in own if known.get(source.id, "new") not in ("", source.words)]


def advice_on(
    sources: Sources, published: Mapping[str, Published], content: Path, language: str, now: datetime
) -> list[Finding]:
    """All advice on a staged build, by the author's own lists in `content`."""
    author = Author(language, read_word_list(content, TAGS), read_word_list(content, DICTIONARY))
    essays = [source for source in sources.written.values() if source.essay]
    return advice(fresh_essays(sources, published), essays, author, now)

"""The index of words for the search: made behind the author's and the visitors' back, so that no writing waits for it.

What is not entered yet is looked through as it stands (`queries.people`), so that a search misses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session, aliased

from forms_service.models import Event, Note, Submission, Word, WordOfPerson
from forms_service.people.changes.rows import one_at_a_time
from forms_service.people.folding import words_of

#: The words a visitor writes, by their names in the forms.
WRITTEN = ("text", "message", "looking_for", "good_at", "referred_name", "need", "look_out_for")
#: So many texts are entered in one go, within some ten milliseconds, for which whoever else wants to write waits.
AT_ONCE = 10
#: Values in one statement, at most.
CHUNK = 500


def is_behind(session: Session) -> bool:
    """Whether something was written that the index does not know of."""
    notes, sent = select(Note.event_id).where(Note.indexed_at.is_(None)), select(Submission.id).where(_is_new())
    return session.scalar(notes.limit(1)) is not None or session.scalar(sent.limit(1)) is not None


def enter_words(session: Session, now: datetime, most: int = AT_ONCE) -> int:
    """Enter the words of up to `most` notes and as many forms; of how many texts."""
    one_at_a_time(session, "the index of words")
    notes = select(Note.event_id, Event.person_id, Note.text).join(Event, Note.event_id == Event.id)
    noted = session.execute(_free(notes.where(Note.indexed_at.is_(None)), Note, most)).all()
    forms = select(Submission.id, Submission.person_id, Submission.payload).where(_is_new())
    sent = session.execute(_free(forms, Submission, most)).all()
    texts = [(person, [text]) for _, person, text in noted]
    texts += [(person, [str(said.get(name) or "") for name in WRITTEN]) for _, person, said in sent]
    _enter(session, {(word, person) for person, said in texts if person for word in words_of(said)})
    for key, rows in ((Note.event_id, noted), (Submission.id, sent)):
        for some in _chunks([row[0] for row in rows]):
            session.execute(update(key.class_).where(key.in_(some)).values(indexed_at=now))
    return len(texts)


def forget_words(session: Session, person_id: int) -> None:
    """Every word of this person goes at once; what is left of their texts is read anew.

    To be called once whatever is erased has gone from the texts, in the same transaction.
    """
    one_at_a_time(session, "the index of words")
    session.flush()
    other = aliased(WordOfPerson)
    theirs = select(WordOfPerson.word_id).where(WordOfPerson.person_id == person_id)
    of_others = exists().where(other.word_id == Word.id, other.person_id != person_id)
    session.execute(delete(Word).where(Word.id.in_(theirs), ~of_others), execution_options=UNWATCHED)
    session.execute(delete(WordOfPerson).where(WordOfPerson.person_id == person_id), execution_options=UNWATCHED)
    about = select(Event.id).where(Event.person_id == person_id)
    session.execute(update(Note).where(Note.event_id.in_(about)).values(indexed_at=None), execution_options=UNWATCHED)
    mine = update(Submission).where(Submission.person_id == person_id)
    session.execute(mine.values(indexed_at=None), execution_options=UNWATCHED)


#: No object of a session holds what these statements change.
UNWATCHED: Mapping[str, Any] = {"synchronize_session": False}


def number_of(word: str) -> int:
    """The row number of a word: of 64 bits, so that two words would have to be looked for to meet."""
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _is_new() -> Any:
    return Submission.indexed_at.is_(None) & Submission.person_id.is_not(None)


def _free(query: Any, table: Any, most: int) -> Any:
    """Nobody is waited for: a text that is just being changed has its turn the next time."""
    return query.limit(most).with_for_update(of=table, key_share=True, skip_locked=True)


def _enter(session: Session, found: Collection[tuple[str, int]]) -> None:
    numbers = {word: number_of(word) for word in {word for word, _ in found}}
    known = _known(session, numbers.values())
    # By their numbers: of two words that meet, which somebody would have had to look for, one is kept.
    words = {number: word for word, number in numbers.items() if number not in known}
    new = [{"id": number, "text": word} for number, word in sorted(words.items())]
    pairs = {(numbers[word], person) for word, person in found}
    there = {pair for person in sorted({person for _, person in pairs}) for pair in _pairs(session, person)}
    for table, rows in (
        (Word, new),
        (WordOfPerson, [{"word_id": word, "person_id": person} for word, person in sorted(pairs - there)]),
    ):
        for some in _chunks(rows):
            session.execute(insert(table), some)


def _known(session: Session, numbers: Iterable[int]) -> set[int]:
    chunks = _chunks(sorted(numbers))
    return {row for some in chunks for row in session.scalars(select(Word.id).where(Word.id.in_(some)))}


def _pairs(session: Session, person: int) -> Iterable[tuple[int, int]]:
    """As they are told of this person: a word, a person."""
    words = select(WordOfPerson.word_id).where(WordOfPerson.person_id == person)
    return ((word, person) for word in session.scalars(words))


def _chunks(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))

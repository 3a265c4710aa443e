"""The index of words: a search finds the same before it and with it, and who is erased leaves it at once."""

from datetime import datetime

import pytest
from sqlalchemy import delete, select, update

from forms_service.db import Database
from forms_service.erasure.erase import erase_person, erase_referred
from forms_service.models import Note, Person, Referral, Submission, Word, WordOfPerson
from forms_service.outbox.housekeeping import index_words
from forms_service.people import indexing
from forms_service.people.changes import add_note
from forms_service.people.indexing import enter_words, is_behind
from forms_service.people.queries import people
from tests.support import received

SEARCHES = {
    "roses": ["A gardener"], "GÄRTNEREI": ["A gardener"], "rtnere": ["A gardener"], "thank-you": ["A plumber"],
    "old pipes": ["A plumber"], "friday.": ["A baker"], "rye": ["A baker"], "贈り": ["A baker"],
    "baker example.com": ["A baker"],
    "an": ["A baker", "A plumber"], "100%": [], "_": [], "message": [],
}  # fmt: skip
FOLDED = {"gartnerei": ["A gardener"], "ROSÉS": ["A gardener"]}


@pytest.fixture
def used(database: Database, now: datetime) -> Database:
    with database.write() as session:
        received.comment(session, now)
        received.contact(session, now, message="May I call about the roses?", looking_for="Die Gärtnerei")
        received.referral(session, now)
        add_note(session, number(database, "A baker", session), "Likes rye.\n朝の贈り物が好き。", now)
    return database


def number(database: Database, name: str, session=None) -> int:
    query = select(Person.id).where(Person.name == name)
    if session is not None:
        return session.scalars(query).one()
    with database.read() as reading:
        return reading.scalars(query).one()


def found(database: Database, search: str) -> list[str]:
    with database.read() as session:
        return sorted(person.name for person in people(session, search, 1).rows)


def index(database: Database) -> tuple[set[str], set[int]]:
    with database.read() as session:
        return set(session.scalars(select(Word.text))), set(session.scalars(select(WordOfPerson.person_id)))


def test_the_same_is_found_before_the_words_are_entered_and_after(used: Database, now: datetime):
    assert {search: found(used, search) for search in SEARCHES} == SEARCHES
    index_words(used, now)
    with used.read() as session:
        assert not is_behind(session)
    assert {search: found(used, search) for search in SEARCHES} == SEARCHES
    assert {search: found(used, search) for search in FOLDED} == FOLDED


def test_a_name_is_found_without_its_accents(used: Database, now: datetime):
    with used.write() as session:
        person = session.get_one(Person, number(used, "A baker", session))
        person.name, person.confirmed_at = "Żaneta", now
    assert found(used, "zaneta") == found(used, "ŻANE") == ["Żaneta"]


def test_what_is_written_later_comes_in_later(used: Database, now: datetime):
    index_words(used, now)
    with used.write() as session:
        add_note(session, number(used, "A plumber", session), "Sings in a choir.", now)
    assert found(used, "choir") == ["A plumber"]
    assert "choir." not in index(used)[0]
    index_words(used, now)
    assert found(used, "choir") == ["A plumber"]
    assert "choir." in index(used)[0]


def test_a_few_at_once_make_the_whole_index(used: Database, now: datetime):
    with used.write() as session:
        assert [enter_words(session, now, most=1) for _ in range(4)] == [2, 1, 1, 0]
        assert not is_behind(session)
    by_ones = index(used)
    with used.write() as session:
        for table in (WordOfPerson, Word):
            session.execute(delete(table))
        for table in (Note, Submission):
            session.execute(update(table).values(indexed_at=None))
    assert index(used) == (set(), set())
    index_words(used, now)
    assert index(used) == by_ones


def test_whoever_is_erased_leaves_the_index_and_shared_words_stay(used: Database, now: datetime):
    with used.write() as session:
        add_note(session, number(used, "A plumber", session), "Likes rye.", now)
    index_words(used, now)
    with used.write() as session:
        baker = number(used, "A baker", session)
        erase_person(session, baker, now)
    words, who = index(used)
    assert "朝の贈り物が好き。" not in words
    assert {"likes", "rye."} <= words
    assert baker not in who
    index_words(used, now)
    assert index(used) == (words, who)
    assert found(used, "rye") == ["A plumber"]


def test_whom_a_referral_names_leaves_the_index_and_its_sender_stays(used: Database, now: datetime):
    index_words(used, now)
    with used.write() as session:
        erase_referred(session, session.scalars(select(Referral.id)).one(), now)
    assert index(used)[0].isdisjoint({"teacher", "thank-you", "cards"})
    assert found(used, "thank-you") == []
    assert found(used, "pipes") == ["A plumber"]
    index_words(used, now)
    assert found(used, "pipes") == ["A plumber"]


def test_two_words_of_one_number_stop_nothing(used: Database, now: datetime, monkeypatch: pytest.MonkeyPatch):
    """They would have to be looked for, which is why the number is made coarse here: by their length they meet."""
    monkeypatch.setattr(indexing, "number_of", len)
    for words in ("", "Sings in a choir."):
        if words:
            with used.write() as session:
                add_note(session, number(used, "A plumber", session), words, now)
        index_words(used, now)
        with used.read() as session:
            assert not is_behind(session)
    assert found(used, "baker") == ["A baker"]
    with used.read() as session:
        stored = session.scalars(select(Word)).all()
        assert all(word.id == len(word.text) for word in stored)
        assert len(stored) == len({word.id for word in stored})

"""Whoever asks to be forgotten is: no word of theirs is left in the database, and everybody else's stand untouched."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forms_service.db import Database
from forms_service.erasure.erase import erase_person, erase_referred
from forms_service.models import Comment, ContactPoint, Kind, Person, Referral, StaleArticle, Submission, SubmissionKey
from forms_service.models.projection import replay
from forms_service.moderation.decide import (
    UnknownCommentError,
    approve,
    reply_as_author,
    undo_decision,
)
from forms_service.people.changes import ChangeError, add_note, log_act, take_up_referred, tell_outcome, thank
from forms_service.people.queries import person_details
from forms_service.people.queries.people import is_listed
from tests.support import received
from tests.support.dump import dump


@pytest.fixture
def used(database: Database, now: datetime) -> Database:
    """A baker who commented, was answered and noted; a plumber who referred a teacher; a gardener beside them."""
    with database.write() as session:
        comment = _comment_of(session, received.comment(session, now).submission_id)
        approve(session, comment, now)
        reply_as_author(session, comment, "Dear baker, so do I.", now, "The Author")
        add_note(session, _number(session, "A baker"), "Likes rye.", now)
        received.referral(session, now)
        referral = session.scalars(select(Referral)).one()
        _second_step(session, now, referral)
        received.contact(session, now)
        for submission in session.scalars(select(Submission)):
            session.add(SubmissionKey(fingerprint=f"mark-{submission.id}", reference=submission.reference, at=now))
    return database


def _second_step(session: Session, now: datetime, referral: Referral) -> None:
    """As intake does it: whoever sent the first step sends the second, and nobody new comes in."""
    sent = session.get_one(Submission, received.referral_contact(session, now, referral).submission_id)
    stray, sent.person_id = sent.person_id, referral.referrer_id
    session.execute(delete(ContactPoint).where(ContactPoint.person_id == stray))
    session.execute(delete(Person).where(Person.id == stray))


def _comment_of(session: Session, submission_id: int | None) -> int:
    return session.scalars(select(Comment.id).where(Comment.submission_id == submission_id)).one()


def _number(session: Session, name: str) -> int:
    return session.scalars(select(Person.id).where(Person.name == name).order_by(Person.id)).first() or 0


def erase(database: Database, name: str, now: datetime) -> int:
    with database.write() as session:
        number = _number(session, name)
        assert erase_person(session, number, now) is not None
        return number


def spoken(database: Database) -> str:
    return repr(dump(database))


OF_THE_BAKER = ("baker", "miller", "rye", "so do I", "mark-1'")
OF_THE_PLUMBER = ("plumber", "old pipes", "teacher", "whole class", "555-0167", "mark-2'", "mark-3'")
OF_THE_GARDENER = ("A gardener", "gardener@example.com", "roses", "Pruning", "mark-4'")


def test_no_word_is_left_and_no_other_word_is_lost(used: Database, now: datetime):
    assert all(word in spoken(used) for word in (*OF_THE_BAKER, *OF_THE_PLUMBER, *OF_THE_GARDENER))
    erase(used, "A baker", now)
    assert [word for word in OF_THE_BAKER if word in spoken(used)] == []
    assert all(word in spoken(used) for word in (*OF_THE_PLUMBER, *OF_THE_GARDENER))
    erase(used, "A plumber", now)
    assert [word for word in OF_THE_PLUMBER if word in spoken(used)] == []
    assert all(word in spoken(used) for word in OF_THE_GARDENER)


def test_whom_a_referral_names_goes_and_who_sent_it_stays(used: Database, now: datetime):
    with used.write() as session:
        assert erase_referred(session, session.scalars(select(Referral.id)).one(), now) is not None
        assert erase_referred(session, session.scalars(select(Referral.id)).one(), now) is None
    assert not any(word in spoken(used) for word in ("A teacher", "whole class", "555-0167", "mark-2'", "mark-3'"))
    assert all(word in spoken(used) for word in ("A plumber", "old pipes", *OF_THE_BAKER, *OF_THE_GARDENER))


def test_whoever_was_taken_up_goes_from_the_referral_too(used: Database, now: datetime):
    with used.write() as session:
        take_up_referred(session, session.scalars(select(Referral.id)).one(), now, "US")
        assert erase_person(session, _number(session, "A teacher"), now) is not None
    assert not any(word in spoken(used) for word in ("A teacher", "whole class", "555-0167"))
    assert "A plumber" in spoken(used)


def test_a_page_left_open_keeps_no_words_of_whom_was_erased(used: Database, now: datetime):
    number = erase(used, "A plumber", now)
    with used.write() as session:
        referral = session.scalars(select(Referral.id)).one()
        for keep in (
            lambda: add_note(session, number, "The tinsmith asked to be erased", now),
            lambda: log_act(session, number, Kind.CALLED, now, note="The tinsmith called"),
            lambda: thank(session, number, "card", now, words="Dear tinsmith"),
            lambda: tell_outcome(session, referral, now, words="Dear tinsmith"),
        ):
            with pytest.raises(ChangeError, match="this person was erased"):
                keep()
    assert "tinsmith" not in spoken(used)


def test_a_second_press_does_nothing(used: Database, now: datetime):
    number = erase(used, "A baker", now)
    before = dump(used)
    with used.write() as session:
        assert erase_person(session, number, now + timedelta(hours=1)) is None
    assert dump(used) == before


def test_nobody_unknown_is_erased(used: Database, now: datetime):
    with used.write() as session:
        with pytest.raises(LookupError, match="no person 999"):
            erase_person(session, 999, now)
        with pytest.raises(LookupError, match="no referral 999"):
            erase_referred(session, 999, now)


def test_the_comment_and_the_answer_leave_the_pages_and_no_decision_brings_them_back(used: Database, now: datetime):
    erase(used, "A baker", now)
    with used.write() as session:
        comments = session.scalars(select(Comment).order_by(Comment.id)).all()
        assert [(comment.state, comment.text) for comment in comments] == [("rejected", ""), ("rejected", "")]
        assert session.scalars(select(StaleArticle.article_id)).all() == ["2026/11/thanks"]
        for comment in comments:
            for decide in (approve, undo_decision):
                with pytest.raises(UnknownCommentError):
                    decide(session, comment.id, now)


def test_what_was_waiting_waits_no_more_and_the_list_is_shorter(used: Database, now: datetime):
    number = erase(used, "A gardener", now)
    with used.read() as session:
        assert "Erased person" not in session.scalars(select(Person.name).where(is_listed())).all()
        details = person_details(session, number)
        assert details is not None
        assert details.is_erased
        assert {entry.event.kind for entry in details.timeline} == {Kind.ERASED}
        sent = session.scalars(select(Submission).where(Submission.person_id == number)).all()
        assert [submission.answered_at for submission in sent] == [now]


def test_the_events_still_tell_the_same(used: Database, now: datetime):
    for name in ("A baker", "A plumber", "A gardener"):
        erase(used, name, now)
    before = dump(used)
    with used.write() as session:
        replay(session)
    assert dump(used) == before

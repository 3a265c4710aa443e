"""Projections follow from events: taken back by undoing, the same after a replay."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from forms_service.db import Database
from forms_service.models import Actor, Comment, Event, Kind, Person, Submission
from forms_service.models.projection import record, replay, undo


def comment_by_a_stranger(session, now: datetime) -> Comment:
    person = Person(name="A baker", created_at=now, source="form")
    session.add(person)
    session.flush()
    submission = Submission(
        reference="K7QM3F", kind="comment", payload={}, received_at=now, person_id=person.id, is_claim=False
    )
    session.add(submission)
    session.flush()
    comment = Comment(submission_id=submission.id, article_id="2026/11/a", name="A baker", text="Yes.", written_at=now)
    session.add(comment)
    session.flush()
    return comment


def act(session, comment: Comment, kind: Kind, at: datetime) -> Event:
    submission = session.get(Submission, comment.submission_id)
    return record(
        session,
        Event(
            at=at,
            kind=kind,
            actor=Actor.AUTHOR,
            comment_id=comment.id,
            submission_id=submission.id,
            person_id=submission.person_id,
        ),
    )


def test_the_authors_first_act_approves_and_confirms(database: Database, now: datetime):
    with database.write() as session:
        comment = comment_by_a_stranger(session, now)
        act(session, comment, Kind.COMMENT_APPROVED, now)
        assert comment.state == "approved"
        assert session.get(Person, 1).confirmed_at == now


def test_undoing_restores_what_was_before(database: Database, now: datetime):
    with database.write() as session:
        comment = comment_by_a_stranger(session, now)
        act(session, comment, Kind.COMMENT_APPROVED, now)
        rejected = act(session, comment, Kind.COMMENT_REJECTED, now + timedelta(hours=1))
        undo(session, rejected, now + timedelta(hours=2))
        assert (comment.state, comment.decided_at) == ("approved", now)


def test_marking_spam_confirms_nobody(database: Database, now: datetime):
    with database.write() as session:
        comment = comment_by_a_stranger(session, now)
        act(session, comment, Kind.MARKED_SPAM, now)
        assert comment.state == "spam"
        assert session.get(Submission, 1).spam_at == now
        assert session.get(Person, 1).confirmed_at is None


def test_the_same_act_is_undone_only_once(database: Database, now: datetime):
    with database.write() as session:
        event = act(session, comment_by_a_stranger(session, now), Kind.COMMENT_APPROVED, now)
        undo(session, event, now)
        with pytest.raises(IntegrityError), session.begin_nested():
            undo(session, event, now)


def test_replaying_emptied_projections_gives_the_same_rows(database: Database, now: datetime):
    with database.write() as session:
        act(session, comment_by_a_stranger(session, now), Kind.COMMENT_APPROVED, now)
    with database.write() as session:
        session.execute(update(Comment).values(state="pending", decided_at=None))
        session.execute(update(Person).values(confirmed_at=None))
        replay(session)
    with database.read() as session:
        assert session.get(Comment, 1).state == "approved"
        assert session.get(Person, 1).confirmed_at == now

"""A site with two essays standing where the service looks for one, and comments waiting for a word."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Comment, Event, Person, StaleArticle, Submission
from tests.support.built_site import FIRST, write_site

Send = Callable[..., int]


@pytest.fixture
def send(database: Database, now: datetime) -> Send:
    """Send a comment as a visitor does; gives its number."""
    sent = 0

    def one(text: str = "Well said.", article_id: str = FIRST, parent: int | None = None, name: str = "A baker") -> int:
        nonlocal sent
        sent += 1
        at = now + timedelta(minutes=sent)
        with database.write() as session:
            person = Person(name=name, created_at=at, source="form")
            session.add(person)
            session.flush()
            submission = Submission(
                reference=f"REF{sent:03}",
                kind="comment",
                payload={},
                received_at=at,
                person_id=person.id,
                is_claim=False,
            )
            session.add(submission)
            session.flush()
            comment = Comment(
                submission_id=submission.id,
                article_id=article_id,
                parent_id=parent,
                name=name,
                text=text,
                written_at=at,
            )
            session.add(comment)
            session.flush()
            return comment.id

    return one


@pytest.fixture
def site(config: Config) -> Path:
    return write_site(config.output_dir)


@pytest.fixture
def events(database: Database) -> Callable[[], int]:
    """How many events there are."""

    def count() -> int:
        with database.read() as session:
            return session.scalar(select(func.count(Event.id))) or 0

    return count


@pytest.fixture
def marks(database: Database) -> Callable[[], dict[str, int]]:
    """The essays whose pages are behind, with the versions of their marks."""

    def read() -> dict[str, int]:
        with database.read() as session:
            return {mark.article_id: mark.version for mark in session.scalars(select(StaleArticle))}

    return read

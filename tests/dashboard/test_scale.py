"""Many people cost no page more questions than few: Today, the lists, search, a person, a referral, who can help."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import event

from bench.population import populate
from forms_service.db import Database
from forms_service.models import AuthorSession, Base, SignInLink
from tests.dashboard.conftest import Author
from tests.support.network import listed_trades

PAGES = (
    "/dashboard/", "/dashboard/people", "/dashboard/people?q=example.com", "/dashboard/people?q=harvest",
    "/dashboard/people?q=xylophone", "/dashboard/people/8", "/dashboard/referrals/6", "/dashboard/referrals",
    "/dashboard/needs/", "/dashboard/inbox",
)  # fmt: skip
KEPT = {AuthorSession.__tablename__, SignInLink.__tablename__}


@pytest.fixture
def questions(author: Author, database: Database, now: datetime) -> Callable[[int], dict[str, int]]:
    """How often each page asks the database that holds so many people."""
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))

    def counted(path: str) -> int:
        asked.clear()
        author.opens(path)
        return len(asked)

    def among(people: int) -> dict[str, int]:
        with database.write() as session:
            for table in reversed(Base.metadata.sorted_tables):
                if table.name not in KEPT:
                    session.execute(table.delete())
        with database.write() as session:
            populate(session, people, listed_trades(), now)
        return {path: counted(path) for path in PAGES}

    return among


def test_three_times_as_many_people_are_asked_for_as_often(questions: Callable[[int], dict[str, int]]):
    few = questions(20)
    assert questions(60) == few
    assert all(few.values())

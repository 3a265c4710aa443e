"""What is logged in one press: a day that nothing can be reckoned with is refused in a line, not with a failure."""

from datetime import datetime

import pytest

from forms_service.db import Database
from tests.dashboard.conftest import Author
from tests.support import network


@pytest.mark.parametrize(("day", "time"), [("9999-12-31", ""), ("9999-12-31", "23:59"), ("0001-01-01", "00:01")])
def test_a_term_without_end_is_refused_in_a_line(
    author: Author, database: Database, now: datetime, day: str, time: str
):
    with database.write() as session:
        number = network.person(session, "A weaver", now)
    answer = author.posts(f"/dashboard/people/{number}/acts", kind="purchased", day=day, time=time)
    assert answer.status_code < 500
    assert "choose a day from 1900 to 2199" in author.opens("/dashboard/") + answer.text


def test_anybody_is_a_partner_by_the_authors_word(author: Author, database: Database, now: datetime):
    with database.write() as session:
        number = network.person(session, "A weaver", now)
    page = f"/dashboard/people/{number}"
    assert "A partner, by your word" in author.opens(page)
    author.posts(f"{page}/acts", kind="partner_confirmed")
    said = author.opens(page)
    assert "<strong>Partner</strong>: you said so" in said
    assert "A partner, by your word" not in said

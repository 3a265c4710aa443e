"""A row that is held is the row as it is now; where there is none yet, two presses at once make one."""

from collections.abc import Callable
from datetime import datetime
from threading import Thread

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from forms_service.db import Database
from forms_service.models import Person, Referral
from forms_service.people import changes
from forms_service.people.changes.rows import locked
from tests.support import received


def test_whoever_waited_for_a_row_sees_what_became_of_it(database: Database, now: datetime):
    with database.write() as session:
        received.referral(session, now)
        read = session.get_one(Referral, 1)
        session.execute(text("UPDATE referral SET status = 'met'"))
        assert read.status == "received"
        assert locked(session, Referral, 1).status == "met"


@pytest.mark.parametrize("make", [changes.capture, changes.new_person])
def test_two_presses_at_once_make_one_person(
    database: Database, now: datetime, make: Callable[[Session, str, datetime], object]
):
    def press() -> None:
        with database.write() as session:
            make(session, "A roofer", now)

    second = Thread(target=press)
    with database.write() as session:
        make(session, "A roofer", now)
        second.start()
        second.join(0.2)  # it waits for the first
    second.join()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1

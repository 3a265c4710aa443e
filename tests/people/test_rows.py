"""A row that is held is the row as it is now; where there is none yet, two presses at once make one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from forms_service.calendar.addresses import make_address
from forms_service.db import Database
from forms_service.models import CalendarAddress, Person, Referral
from forms_service.models.projection import replay
from forms_service.people import changes
from forms_service.people.changes.rows import locked
from tests.support import received
from tests.support.dump import dump


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

    pressed_while(database, press, lambda session: make(session, "A roofer", now))
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_two_presses_at_once_leave_one_address_of_the_calendar(database: Database, now: datetime):
    def press() -> None:
        with database.write() as session:
            make_address(session, now)

    pressed_while(database, press, lambda session: make_address(session, now))
    living = select(func.count()).select_from(CalendarAddress).where(CalendarAddress.revoked_at.is_(None))
    with database.read() as session:
        assert session.scalar(living) == 1


def test_two_referrals_of_one_person_at_once_leave_what_a_replay_leaves(database: Database, now: datetime):
    """Each press derives the person anew; the second must see the first's event."""
    with database.write() as session:
        received.referral(session, now)
        received.referral(session, now, email="second@example.com")
        session.get_one(Referral, 2).referrer_id = 1

    def press() -> None:
        with database.write() as session:
            changes.tell_outcome(session, 2, now)

    later = now + timedelta(hours=1)
    pressed_while(database, press, lambda session: changes.tell_outcome(session, 1, later))
    with database.write() as session:
        assert session.get_one(Person, 1).touched_at == later
    lived = dump(database)
    with database.write() as session:
        replay(session)
    assert dump(database) == lived


def test_two_different_presses_at_once_wait_for_each_other_in_one_order(database: Database, now: datetime):
    """One begins with the person and comes to his referral, the other the other way round."""
    with database.write() as session:
        received.referral(session, now)
    failed: list[Exception] = []

    def press() -> None:
        try:
            with database.write() as session:
                changes.move_referral(session, 1, "contacted", now)
        except Exception as error:  # told to the test, which is another thread
            failed.append(error)

    second = Thread(target=press)
    with database.write() as session:
        locked(session, Person, 1)
        second.start()
        second.join(0.2)
        changes.thank(session, 1, "card", now, duty="receipt", referral_id=1)
    second.join()
    assert not failed
    with database.read() as session:
        assert session.get_one(Referral, 1).status == "contacted"
        assert session.get_one(Referral, 1).thanked_at == now


def pressed_while(database: Database, press: Callable[[], None], first: Callable[[Session], object]) -> None:
    """A second press while the first is still at work."""
    second = Thread(target=press)
    with database.write() as session:
        first(session)
        second.start()
        second.join(0.2)  # it waits for the first
    second.join()

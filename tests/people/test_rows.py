"""A row that is held is the row as it is now, whatever was read of it before."""

from datetime import datetime

from sqlalchemy import text

from forms_service.db import Database
from forms_service.models import Referral
from forms_service.people.changes.rows import locked
from tests.support import received


def test_whoever_waited_for_a_row_sees_what_became_of_it(database: Database, now: datetime):
    with database.write() as session:
        received.referral(session, now)
        read = session.get_one(Referral, 1)
        session.execute(text("UPDATE referral SET status = 'met'"))
        assert read.status == "received"
        assert locked(session, Referral, 1).status == "met"

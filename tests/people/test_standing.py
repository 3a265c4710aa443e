"""Whether somebody gives and receives follows from what happened: yes or no, never how often."""

from datetime import datetime

from sqlalchemy.orm import Session

from forms_service.db import Database
from forms_service.models import Person
from forms_service.people import changes
from forms_service.people.changes import Favour
from forms_service.people.queries import standing_of
from tests.support import network, received


def ways(session: Session, person_id: int, now: datetime) -> tuple[bool, bool]:
    standing = standing_of(session, session.get_one(Person, person_id), now)
    return standing.gives, standing.receives


def test_who_refers_or_helps_gives_and_whose_need_was_met_receives(database: Database, now: datetime):
    with database.write() as session:
        received.referral(session, now)
        provider, asker = (network.person(session, name, now) for name in ("A plumber", "A partner"))
        assert ways(session, 1, now) == (True, False)
        assert ways(session, provider, now) == ways(session, asker, now) == (False, False)
        favour = changes.record_favour(session, Favour(provider, asker, text="A sink", category="plumber"), now)
        assert [ways(session, each, now) for each in (provider, asker)] == [(True, False), (True, False)]
        need = network.need(session, asker, "florist", now)
        answered = changes.end_need(session, need, "answered", now)
        assert ways(session, asker, now) == (True, True)
        for act in (answered, favour):
            assert act is not None
            changes.take_back(session, act.id, now)
        assert [ways(session, each, now) for each in (provider, asker)] == [(False, False), (False, False)]


def test_spam_gives_nothing(database: Database, now: datetime):
    with database.write() as session:
        mail = received.referral(session, now)
        changes.mark_spam(session, mail.submission_id or 0, now)
        assert ways(session, 1, now) == (False, False)

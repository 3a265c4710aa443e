"""What the author does: once recorded however often it is said, taken back without a trace in what is shown."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from forms_service.db import Database
from forms_service.models import Event, MailState, Note, OutboxMail, Person, Referral, Submission
from forms_service.models.projection import replay
from forms_service.people import changes
from forms_service.people.queries.people import is_listed
from tests.support import received


@pytest.fixture
def message(database: Database, now: datetime) -> int:
    """A stranger's message, not yet answered."""
    with database.write() as session:
        return received.contact(session, now).submission_id or 0


@pytest.fixture
def referral(database: Database, now: datetime) -> int:
    with database.write() as session:
        received.referral(session, now)
        return session.scalars(select(Referral.id)).one()


def events(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Event.kind).order_by(Event.id)))


def listed(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Person.name).where(is_listed()).order_by(Person.id)))


@pytest.mark.parametrize("act", [changes.mark_answered, changes.mark_spam])
def test_saying_it_twice_records_it_once(database: Database, message: int, now: datetime, act):
    with database.write() as session:
        assert act(session, message, now) is not None
        assert act(session, message, now) is None
    assert len(events(database)) == 1


def test_of_two_presses_at_one_moment_one_is_recorded(database: Database, message: int, now: datetime):
    def press(_: int) -> None:
        with database.write() as session:
            changes.mark_answered(session, message, now)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, range(4)))
    assert events(database) == ["answered"]


def test_answering_confirms_the_sender_and_undoing_does_not(database: Database, message: int, now: datetime):
    with database.write() as session:
        changes.mark_answered(session, message, now)
        submission = session.get_one(Submission, message)
        assert (submission.answered_at, submission.person.confirmed_at) == (now, now)
        changes.undo_answered(session, message, now)
        assert (submission.answered_at, submission.person.confirmed_at) == (None, None)


def test_spam_takes_an_unknown_sender_out_of_the_list_and_not_spam_brings_him_back(database, message: int, now):
    assert listed(database) == ["A gardener"]
    with database.write() as session:
        changes.mark_spam(session, message, now)
    assert listed(database) == []
    with database.write() as session:
        changes.not_spam(session, message, now)
    assert listed(database) == ["A gardener"]


def test_spam_takes_out_even_who_was_answered(database: Database, message: int, now: datetime):
    with database.write() as session:
        changes.mark_answered(session, message, now)
        changes.mark_spam(session, message, now)
    assert listed(database) == []


def test_spam_leaves_in_the_list_who_sent_something_else(database: Database, message: int, now: datetime):
    with database.write() as session:
        person = session.get_one(Submission, message).person_id
        session.add(
            Submission(reference="OTHER", kind="contact", payload={}, received_at=now, person_id=person, is_claim=True)
        )
        changes.mark_spam(session, message, now)
    assert listed(database) == ["A gardener"]


def test_not_spam_lets_the_held_mail_go(database: Database, message: int, now: datetime):
    later = now + timedelta(hours=1)
    with database.write() as session:
        mail = session.scalars(select(OutboxMail)).one()
        mail.state = MailState.SILENCED
        changes.mark_spam(session, message, now)
        changes.not_spam(session, message, later)
        assert (mail.state, mail.next_attempt_at) == (MailState.QUEUED, later)
        assert changes.release_mail(session, message, later) is False


def test_a_comment_is_not_marked_as_spam_past_its_page(database: Database, now: datetime):
    with database.write() as session:
        number = received.comment(session, now).submission_id
        with pytest.raises(changes.ChangeError, match="among the comments"):
            changes.mark_spam(session, number, now)


@pytest.mark.parametrize("act", [changes.mark_answered, changes.undo_answered, changes.mark_spam, changes.not_spam])
def test_what_is_not_there_cannot_be_changed(database: Database, now: datetime, act):
    with database.write() as session, pytest.raises(LookupError, match="there is no submission 7"):
        act(session, 7, now)


def test_a_note_said_twice_stands_once_and_may_be_said_again_next_week(database: Database, message: int, now: datetime):
    with database.write() as session:
        assert changes.add_note(session, 1, "Likes roses.", now)
        assert changes.add_note(session, 1, " Likes roses.\r\n", now) is None
        assert changes.add_note(session, 1, "Likes roses.", now + timedelta(days=7))


def test_a_note_taken_back_can_be_written_anew(database: Database, message: int, now: datetime):
    with database.write() as session:
        event = changes.add_note(session, 1, "Likes roses.", now)
        assert changes.take_back(session, event.id, now) is True
        assert changes.take_back(session, event.id, now) is False
        assert changes.add_note(session, 1, "Likes roses.", now)
        assert session.scalar(select(func.count()).select_from(Note)) == 2


def test_a_referral_moves_once_for_each_word(database: Database, referral: int, now: datetime):
    with database.write() as session:
        assert changes.move_referral(session, referral, "contacted", now)
        assert changes.move_referral(session, referral, "contacted", now) is None
        assert changes.confirm_level(session, referral, "L4", now)
        assert changes.confirm_level(session, referral, "L4", now) is None
    assert events(database) == ["referral_moved", "level_confirmed"]


def test_an_earlier_move_can_be_taken_back_alone(database: Database, referral: int, now: datetime):
    with database.write() as session:
        first = changes.move_referral(session, referral, "contacted", now)
        changes.move_referral(session, referral, "met", now)
        changes.take_back(session, first.id, now)
        assert session.get_one(Referral, referral).status == "met"


@pytest.mark.parametrize("level", ["", "L5", "l1"])
def test_a_level_is_one_of_five(database: Database, referral: int, now: datetime, level: str):
    with database.write() as session, pytest.raises(changes.ChangeError, match="L0, L1, L2, L3, L4"):
        changes.confirm_level(session, referral, level, now)


def test_taking_up_is_told_on_both_timelines_and_confirms_both(database: Database, referral: int, now: datetime):
    with database.write() as session:
        changes.take_up_referred(session, referral, now, "US")
        people = {person.name: person.confirmed_at for person in session.scalars(select(Person))}
    assert people == {"A plumber": now, "A teacher": now}


def test_taking_somebody_up_twice_at_once_makes_one_person(database: Database, referral: int, now: datetime):
    def press(_: int) -> None:
        with database.write() as session:
            changes.take_up_referred(session, referral, now, "US")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(press, range(3)))
    assert sorted(listed(database)) == ["A plumber", "A teacher"]


def test_addresses_given_are_normalised_with_their_source(database: Database, referral: int, now: datetime):
    with database.write() as session:
        received.referral_contact(session, now, session.get_one(Referral, referral))
        changes.take_up_referred(session, referral, now, "US")
        person = session.scalars(select(Person).where(Person.source == "referral")).one()
        points = [(point.kind, point.normalised, point.source) for point in person.contact_points]
    assert points == [("email", "teacher@example.com", "referrer"), ("phone", "+12125550167", "referrer")]


def test_replaying_the_events_gives_what_the_acts_gave(database: Database, referral: int, message: int, now: datetime):
    with database.write() as session:
        changes.mark_answered(session, message, now)
        changes.take_back(session, changes.move_referral(session, referral, "met", now).id, now)
        changes.confirm_level(session, referral, "L1", now)
        changes.take_up_referred(session, referral, now, "US")

    def shown(session) -> list[object]:
        rows = session.scalars(select(Referral)).all()
        people = session.scalars(select(Person).order_by(Person.id)).all()
        return [(row.status, row.confirmed_level, row.referred_id) for row in rows] + [p.confirmed_at for p in people]

    with database.write() as session:
        before = shown(session)
        replay(session)
        session.expire_all()
        assert shown(session) == before

"""After thirty days without a yes and without contact nobody's details are left, in no byte; thanks stay owed."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from forms_service.config import Config
from forms_service.db import Database
from forms_service.erasure import scrub as scrubbing
from forms_service.erasure.clock import let_go
from forms_service.erasure.scrub import NotScrubbedError, scrub
from forms_service.models import Actor, Event, Kind, OutboxMail, Referral
from forms_service.models.projection import replay
from forms_service.outbox.dispatch import caught_name
from forms_service.outbox.forget import forget_caught_mails
from forms_service.outbox.housekeeping import index_words
from forms_service.people import changes
from forms_service.people.duties import done_for_referrer, to_referrer
from forms_service.people.privacy import UNFOLLOWED, WITHOUT_A_YES, names_somebody
from tests.support import received
from tests.support.dump import dump

SECRETS = ("A clockmaker", "clockmaker@example.com", "555-0188", "repair of the tower clock")
SAID = {
    "referred_name": "A clockmaker",
    "need": "The repair of the tower clock; clockmaker@example.com or 212-555-0188.",
}


def refer(database: Database, now: datetime, **changed: str) -> int:
    with database.write() as session:
        mail = received.referral(session, now, **{**SAID, "level": "L1", **changed})
        return session.scalars(select(Referral.id).where(Referral.submission_id == mail.submission_id)).one()


def row(database: Database, number: int) -> Referral:
    with database.read() as session:
        return session.get_one(Referral, number)


def bytes_of(database: Database) -> bytes:
    """Everything the database holds on the disk: SQLite's file and journal, PostgreSQL's tables, long values too."""
    if database.engine.dialect.name == "sqlite":
        file = Path(str(database.engine.url.database))
        return b"".join(each.read_bytes() for each in sorted(file.parent.glob(f"{file.name}*")))
    files = "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class WHERE relkind IN ('r', 't', 'i')"
    with database.engine.connect() as connection:
        connection.execute(text("CHECKPOINT"))
        return b"".join(bytes(each) for each in connection.scalars(text(f"{files} AND relfilenode <> 0")))


def test_after_31_days_nothing_of_them_is_in_any_byte(database: Database, config: Config, now: datetime):
    """Neither in rows nor in what the database leaves behind of them, nor in the mail that was caught."""
    number = refer(database, now)
    lowered = refer(database, now, level="L2")
    with database.write() as session:  # how to reach them was given; then the author learns that they know of nothing
        received.referral_contact(session, now, session.get_one(Referral, lowered))
        changes.confirm_level(session, lowered, "L1", now)
        changes.thank(session, 1, "card", now, "receipt", number, words="You thought of A clockmaker for us.")
        caught = config.mail_dir / caught_name(session.get_one(OutboxMail, 1))
    caught.parent.mkdir(parents=True)
    caught.write_text(SAID["need"])
    index_words(database, now)
    assert [each for each in SECRETS if each.encode() not in bytes_of(database)] == []
    assert let_go(database, now + timedelta(days=31)) == 2
    assert scrub(database, config)
    forget_caught_mails(database, config)
    assert [each for each in SECRETS if each.encode() in bytes_of(database)] == []
    assert not caught.exists()
    assert "A plumber" in repr(dump(database))
    assert {row(database, each).status for each in (number, lowered)} == {"expired"}


def test_a_database_that_was_rewritten_is_not_rewritten_again(database: Database, config: Config, now: datetime):
    assert not scrub(database, config)
    refer(database, now)
    let_go(database, now + timedelta(days=31))
    assert scrub(database, config)
    assert not scrub(database, config)


def test_whoever_still_sees_what_was_erased_is_waited_for(
    database: Database, config: Config, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    """A backup under way keeps what it reads in the bytes; once it is over, they are rewritten."""
    monkeypatch.setattr(scrubbing, "PATIENCE_MS", 1)
    refer(database, now)
    reader = database.engine.execution_options(reading=True, isolation_level=_seen_alike(database)).connect()
    assert reader.scalar(text("SELECT count(*) FROM referral")) == 1
    let_go(database, now + timedelta(days=31))
    with pytest.raises(NotScrubbedError):
        scrub(database, config)
    reader.close()
    assert scrub(database, config)
    assert [each for each in SECRETS if each.encode() in bytes_of(database)] == []


def _seen_alike(database: Database) -> str:
    return "SERIALIZABLE" if database.engine.dialect.name == "sqlite" else "REPEATABLE READ"


def test_thanks_stay_owed_and_word_of_it_too(database: Database, now: datetime):
    number = refer(database, now)
    let_go(database, now + timedelta(days=31))
    with database.read() as session:
        events = session.scalars(select(Event).where(Event.referral_id == number).order_by(Event.id)).all()
        assert [(event.kind, event.actor) for event in events] == [
            (Kind.REFERRAL_MOVED, Actor.SYSTEM), (Kind.ERASED, Actor.SYSTEM)
        ]  # fmt: skip
        owed = to_referrer(number, now, "expired", done_for_referrer(events))
    assert [each.rule for each in owed] == ["receipt", "tell"]


def test_the_clock_confirms_nobody_and_replays_alike(database: Database, now: datetime):
    refer(database, now)
    let_go(database, now + timedelta(days=31))
    before = dump(database)
    assert not [person for person in before["person"] if person[-1] == now]
    with database.write() as session:
        replay(session)
    assert dump(database) == before


def test_once_is_enough(database: Database, now: datetime):
    refer(database, now)
    let_go(database, now + timedelta(days=31))
    before = dump(database)
    assert let_go(database, now + timedelta(days=32)) == 0
    assert dump(database) == before


def test_not_a_day_early(database: Database, now: datetime):
    refer(database, now)
    assert let_go(database, now + timedelta(days=30, seconds=-1)) == 0
    assert let_go(database, now + timedelta(days=30)) == 1


def test_a_mere_situation_stays_unless_it_leads_to_somebody(database: Database, now: datetime):
    kept = refer(database, now, level="L0", referred_name="", need="A school has no piano, since 2019.")
    gone = refer(database, now, level="L0", referred_name="", need="Ask (212) 555-0188 about the piano.")
    let_go(database, now + timedelta(days=31))
    assert (row(database, kept).status, row(database, gone).status) == ("received", "expired")


def test_what_was_called_a_double_is_emptied_and_stays_one(database: Database, now: datetime):
    number = refer(database, now)
    with database.write() as session:
        changes.move_referral(session, number, "duplicate", now)
    let_go(database, now + timedelta(days=31))
    assert (row(database, number).status, row(database, number).referred_name) == ("duplicate", "")


def test_exactly_those_go_who_neither_agreed_nor_were_contacted(database: Database, now: datetime):
    """A level claimed, another confirmed or none, a station or none, taken up or not."""
    ways = [
        (claimed, confirmed, to, False)
        for claimed in ("L1", "L2")
        for confirmed in (None, "L0", "L3")
        for to in (None, "acknowledged", "met", "duplicate", "unreachable")
    ]
    ways += [("L1", None, None, True), ("L1", "L1", "contacted", True)]
    numbers = {refer(database, now, level=way[0]): way for way in ways}
    with database.write() as session:
        for number, (_, confirmed, to, is_taken_up) in numbers.items():
            if confirmed:
                changes.confirm_level(session, number, confirmed, now)
            if to:
                changes.move_referral(session, number, to, now)
                changes.move_referral(session, number, "waiting", now) if to == "met" else None
            if is_taken_up:
                changes.take_up_referred(session, number, now, "US")
    let_go(database, now + timedelta(days=31))
    with database.read() as session:
        gone = {each.id for each in session.scalars(select(Referral)) if not each.referred_name}
    for number, (claimed, confirmed, to, is_taken_up) in numbers.items():
        is_to_go = (confirmed or claimed) in WITHOUT_A_YES and not is_taken_up and (to is None or to in UNFOLLOWED)
        assert (number in gone) == is_to_go, numbers[number]


@pytest.mark.parametrize("level", ["L2", "L4"])
def test_whoever_was_written_to_stays_whatever_is_found_later(database: Database, now: datetime, level: str):
    number = refer(database, now, level=level)
    with database.write() as session:
        changes.first_message_sent(session, number, now)
        changes.move_referral(session, number, "waiting", now)
        changes.confirm_level(session, number, "L1", now)
    assert let_go(database, now + timedelta(days=31)) == 0


def test_a_slip_of_the_author_has_a_day_to_be_taken_back(database: Database, now: datetime):
    """A level pressed wrongly, or contact taken back, long after the thirty days: nothing goes within moments."""
    lowered, untouched, late = refer(database, now, level="L3"), refer(database, now), now + timedelta(days=40)
    with database.write() as session:
        contacted = changes.move_referral(session, untouched, "contacted", now)
        assert contacted is not None
        assert changes.take_back(session, contacted.id, late)
        slip = changes.confirm_level(session, lowered, "L1", late)
        assert slip is not None
        slip_id = slip.id
    assert let_go(database, late + timedelta(hours=23)) == 0
    with database.write() as session:
        assert changes.take_back(session, slip_id, late + timedelta(hours=23))
    assert let_go(database, late + timedelta(days=2)) == 1
    assert row(database, lowered).referred_name == "A clockmaker"
    assert row(database, untouched).referred_name == ""


def test_spam_is_somebodys_details_too(database: Database, now: datetime):
    number = refer(database, now)
    with database.write() as session:
        changes.mark_spam(session, session.get_one(Referral, number).submission_id, now)
    assert let_go(database, now + timedelta(days=31)) == 1


@pytest.mark.parametrize(
    ("need", "leads"),
    [
        ("a roof", False),
        ("in 2019, 40 chairs", False),
        ("at x@y.org", True),
        ("call 212.555.0188", True),
        ("a cook on 2026-12-24", False),
        ("a hall, 24.12.2026 18:30", False),
        ("by 12/24/2026", False),
        ("call 06.12.34.56.78", True),
        ("2026-12-24 555 0188", True),
        ("030.12.12.2026", True),
        ("20 26 12 24", True),
    ],
)
def test_words_lead_to_somebody_by_an_address_or_a_number(need: str, leads: bool):
    assert names_somebody("", need) is leads
    assert names_somebody("A baker", need)

"""The list of erasures: complete, without a word about anybody, and enough to put an older archive right."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from forms_service.config import Config
from forms_service.db import Database
from forms_service.erasure.clock import let_go
from forms_service.erasure.erase import erase_comment, erase_person, erase_referred
from forms_service.erasure.log import Erasure, ErasureLogError, apply_again, copy_log, keep_log, later_than, read_log
from forms_service.imports.lines import comments_in
from forms_service.imports.take import take_in
from forms_service.imports.take_back import take_back
from forms_service.models import Comment, Event, ImportedComment, Person, Referral
from forms_service.models.projection import replay
from tests.support import received
from tests.support.old_comments import STAMP, lines, said, source_id


@pytest.fixture
def erased(database: Database, now: datetime) -> datetime:
    """A referrer's third person was erased, and an hour later a baker."""
    with database.write() as session:
        received.comment(session, now)
        received.referral(session, now)
        baker = session.scalars(select(Person.id).where(Person.name == "A baker")).one()
        erase_referred(session, session.scalars(select(Referral.id)).one(), now)
        erase_person(session, baker, now + timedelta(hours=1))
    return now


def test_it_holds_every_erasure_once_and_nothing_else(database: Database, config: Config, erased: datetime):
    keep_log(database, config)
    text = (config.var_dir / "erasures.jsonl").read_text()
    keep_log(database, config)
    assert (config.var_dir / "erasures.jsonl").read_text() == text
    assert text == (
        '{"at": "2026-11-18T15:00:00+00:00", "person": 0, "referral": 1}\n'
        '{"at": "2026-11-18T16:00:00+00:00", "person": 1, "referral": 0}\n'
    )


def test_what_the_database_forgot_stays_in_it(database: Database, config: Config, erased: datetime):
    older = Erasure(erased - timedelta(days=9), 77, 0)
    path = config.var_dir / "erasures.jsonl"
    path.write_text('{"at": "2026-11-09T15:00:00+00:00", "person": 77, "referral": 0}\n')
    keep_log(database, config)
    assert [entry.person_id for entry in read_log(path)] == [77, 0, 1]
    assert read_log(path)[0] == older
    assert later_than(path, erased + timedelta(minutes=1)) == 1


def test_two_lists_become_one(config: Config):
    one, other = config.var_dir / "one", config.var_dir / "other"
    one.write_text('{"at": "2026-11-09T15:00:00+00:00", "person": 7, "referral": 0}\n')
    other.write_text('{"at": "2026-11-08T15:00:00+00:00", "person": 8, "referral": 0}\n')
    copy_log(one, other)
    assert [entry.person_id for entry in read_log(other)] == [8, 7]


def test_without_erasures_there_is_no_list(database: Database, config: Config):
    keep_log(database, config)
    assert not (config.var_dir / "erasures.jsonl").exists()
    assert read_log(config.var_dir / "erasures.jsonl") == []


@pytest.mark.parametrize(
    "line", ["no JSON", "[]", '{"at": "yesterday", "person": 1, "referral": 0}', '{"at": "2026-11-09"}']
)
def test_a_broken_list_is_one_line_that_names_its_place(tmp_path: Path, line: str):
    path = tmp_path / "erasures.jsonl"
    path.write_text(f'{{"at": "2026-11-09T15:00:00+00:00", "person": 7, "referral": 0}}\n{line}\n')
    with pytest.raises(ErasureLogError) as said:
        read_log(path)
    assert str(said.value).startswith(f"{path}:2: ")
    assert "\n" not in str(said.value)


def test_only_what_is_later_and_stood_there_is_erased_again(database: Database, now: datetime):
    hour = timedelta(hours=1)
    with database.write() as session:
        received.comment(session, now)
        received.contact(session, now + 3 * hour)
        erasures = [Erasure(now - hour, 1, 0), Erasure(now + hour, 2, 0), Erasure(now + hour, 99, 0)]
        assert apply_again(session, erasures, now) == 0
        assert apply_again(session, [*erasures, Erasure(now + hour, 1, 0)], now) == 1
        assert session.scalars(select(Person.name).order_by(Person.id)).all() == ["Erased person", "A gardener"]


def test_what_the_clock_let_go_goes_again_as_the_clock_lets_go(database: Database, config: Config, now: datetime):
    """Nobody asked for it, so the referrer's page says another thing than after a wish."""
    over = now + timedelta(days=31)
    with database.write() as session:
        received.referral(session, now, level="L0")
    assert let_go(database, over) == 1
    keep_log(database, config)
    path = config.var_dir / "erasures.jsonl"
    assert path.read_text() == f'{{"at": "{over.isoformat()}", "person": 0, "referral": 1, "by": "system"}}\n'
    with database.write() as session:  # an archive of before
        session.execute(delete(Event))
        session.get_one(Referral, 1).referred_name = "A teacher"
        replay(session)
    with database.write() as session:
        assert apply_again(session, read_log(path), now) == 1
        assert apply_again(session, read_log(path), now) == 0
    with database.read() as session:
        referral = session.get_one(Referral, 1)
        assert (referral.referred_name, referral.status) == ("", "expired")
        assert {event.actor for event in session.scalars(select(Event))} == {"system"}


def test_a_list_of_before_learns_by_whom_it_was(database: Database, config: Config, now: datetime):
    over = now + timedelta(days=31)
    with database.write() as session:
        received.referral(session, now, level="L0")
    assert let_go(database, over) == 1
    path = config.var_dir / "erasures.jsonl"
    path.write_text(f'{{"at": "{over.isoformat()}", "person": 0, "referral": 1}}\n')
    keep_log(database, config)
    assert [erasure.actor for erasure in read_log(path)] == ["system"]


def test_an_erased_comment_of_an_old_blog_is_told_by_its_old_id(database: Database, config: Config, now: datetime):
    """An older archive, or the import made again, may give it another number."""
    comments = list(comments_in(lines([said(1), said(2)]).splitlines(), "a file", now))
    take_in(database, comments, STAMP, now, lambda done, of: None)
    with database.write() as session:
        erase_comment(session, 1, now)
    keep_log(database, config)
    listed = read_log(config.var_dir / "erasures.jsonl")
    assert listed == [Erasure(now, 0, 0, source_id(1))]
    with database.write() as session:
        take_back(session, STAMP, now)
        session.execute(delete(ImportedComment))
    take_in(database, comments, STAMP, now, lambda done, of: None)
    with database.write() as session:
        assert apply_again(session, listed, now) == 1
        assert apply_again(session, listed, now) == 0
        assert sorted(session.scalars(select(Comment.text))) == ["", "", "Old words 2."]

"""An import taken back leaves nothing behind but what has been answered since, and what was erased."""

from datetime import datetime

import pytest
from sqlalchemy import select

from forms_service.db import Database
from forms_service.erasure.erase import erase_comment
from forms_service.imports.errors import CommentsError
from forms_service.models import Actor, Comment, Event, Kind, Note
from forms_service.models.projection import record, replay
from forms_service.moderation import decide
from tests.imports.conftest import Bring, TakeBack
from tests.support.built_site import FIRST, SECOND, tree
from tests.support.dump import dump
from tests.support.old_comments import STAMP, said
from tests.support.received import comment as receive

PAGE = f"{FIRST}.html"
CONVERSATION = [said(1), said(2, answers=1), said(3, answers=2, by_author=True), said(4, article_id=SECOND)]


def words(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Comment.text).order_by(Comment.id)))


def test_all_is_as_it_was(database: Database, bring: Bring, back: TakeBack, config, site, now: datetime):
    with database.write() as session:
        receive(session, now, article=FIRST)
        decide.approve(session, 1, now)
        decide.mark_stale(session, SECOND, now)  # a build fills every page
    bring(stamp="earlier")
    before = dump(database), tree(site), tree(config.comments_dir)
    bring(*CONVERSATION)
    assert tree(site) != before[1]
    assert back() == f"4 comments of the import {STAMP} taken out."
    assert (dump(database), tree(site), tree(config.comments_dir)) == before


def test_a_decision_taken_back_goes_with_them(database: Database, bring: Bring, back: TakeBack, now: datetime):
    before = dump(database)
    bring(*CONVERSATION)
    with database.write() as session:
        decide.reject(session, 1, now)
        decide.undo_decision(session, 1, now)
    back()
    assert dump(database) == before


@pytest.mark.parametrize("refuse", [decide.reject, decide.mark_spam], ids=["reject", "spam"])
def test_what_the_author_rejected_comes_onto_no_page_again(
    database: Database, bring: Bring, back: TakeBack, site, now: datetime, refuse
):
    bring(*CONVERSATION)
    with database.write() as session:
        refuse(session, 2, now)
    assert back().splitlines() == [
        f"3 comments of the import {STAMP} taken out.",
        "1 comment stayed rejected, as you decided, so that no import shows them again.",
    ]
    bring(*CONVERSATION, stamp="later")
    assert sorted(words(database)) == [f"Old words {number}." for number in (1, 2, 3, 4)]
    page = (site / PAGE).read_text()
    assert "Old words 1." in page
    assert "Old words 2." not in page
    with database.write() as session:
        before = dump(database)
        replay(session)
    assert dump(database) == before


def test_an_import_that_was_all_rejected_is_here_still(database: Database, bring: Bring, back: TakeBack, now: datetime):
    bring(said(1), said(2))
    with database.write() as session:
        decide.reject(session, 1, now)
        decide.mark_spam(session, 2, now)
    for _ in range(2):
        assert back().splitlines() == [
            f"No comment of the import {STAMP} taken out.",
            "2 comments stayed rejected, as you decided, so that no import shows them again.",
        ]


def test_taking_back_again_changes_nothing(database: Database, bring: Bring, back: TakeBack):
    bring(*CONVERSATION)
    back()
    before = dump(database)
    assert back() == f"No comment of the import {STAMP} is here."
    assert dump(database) == before


def test_only_that_import_goes(database: Database, bring: Bring, back: TakeBack):
    bring(said(1), said(2), stamp="first")
    bring(said(1), said(2), said(3), stamp="second")
    back("second")
    assert words(database) == ["Old words 1.", "Old words 2."]


def test_it_can_come_in_once_more(database: Database, bring: Bring, back: TakeBack, site):
    bring(*CONVERSATION)
    page = (site / PAGE).read_text()
    back()
    bring(*CONVERSATION)
    assert [line for line in (site / PAGE).read_text().splitlines() if "parent=" not in line] == [
        line for line in page.splitlines() if "parent=" not in line
    ]


def test_what_was_answered_since_stays_with_what_it_answers(
    database: Database, bring: Bring, back: TakeBack, site, now
):
    bring(said(1), said(2, answers=1), said(3, answers=1), said(4))
    with database.write() as session:
        decide.reply_as_author(session, 2, "Thank you, miller.", now, "The Author")
    told = back()
    assert told.splitlines() == [
        f"2 comments of the import {STAMP} taken out.",
        "2 comments stayed: answered since, and what they answer themselves.",
    ]
    assert words(database) == ["Old words 1.", "Old words 2.", "Thank you, miller."]
    assert "Thank you, miller." in (site / PAGE).read_text()


def test_what_a_visitor_answered_stays(database: Database, bring: Bring, back: TakeBack, now: datetime):
    bring(said(1), said(2))
    with database.write() as session:
        receive(session, now, session.get(Comment, 1), article=FIRST)
    back()
    assert words(database) == ["Old words 1.", "I thank my miller every Friday."]


def test_what_the_author_noted_something_about_stays(database: Database, bring: Bring, back: TakeBack, now: datetime):
    bring(said(1), said(2))
    with database.write() as session:
        event = record(session, Event(at=now, kind=Kind.NOTE_ADDED, actor=Actor.AUTHOR, data={}, submission_id=1))
        session.add(Note(event_id=event.id, text="The miller of the old mill."))
    back()
    assert words(database) == ["Old words 1."]


def test_what_was_erased_never_comes_back(database: Database, bring: Bring, back: TakeBack, site, now: datetime):
    bring(said(1, url="https://example.com/mill"), said(2, answers=1))
    with database.write() as session:
        assert erase_comment(session, 2, now)
    bring(said(1), said(2, answers=1))
    assert back() == f"1 comment of the import {STAMP} taken out."
    bring(said(1), said(2, answers=1))
    assert words(database) == ["", "Old words 1."]
    assert "Old words 2." not in (site / PAGE).read_text()
    assert "Old words 2." not in repr(dump(database))
    with database.write() as session:
        before = dump(database)
        replay(session)
    assert dump(database) == before


@pytest.mark.parametrize("stamp", ["..", "a/b", "", "x" * 65, "ä"])
def test_only_the_name_of_an_import_is_one(back: TakeBack, stamp: str):
    with pytest.raises(CommentsError, match="is no name of an import"):
        back(stamp)

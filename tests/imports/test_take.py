"""Old comments come in once, whole or not at all, as approved as they were; what the author decided since stays."""

from datetime import datetime

import pytest
from sqlalchemy import select

from forms_service.db import Database
from forms_service.imports.errors import CommentsError
from forms_service.models import Comment, Event, ImportedComment, OutboxMail, Person, Submission
from forms_service.models.projection import replay
from forms_service.moderation import decide
from tests.imports.conftest import Bring
from tests.support.built_site import FIRST, SECOND, Seen
from tests.support.dump import dump
from tests.support.old_comments import LONG_AGO, anchor, said

PAGE = f"{FIRST}.html"


def rows(database: Database, model):
    with database.read() as session:
        return session.scalars(select(model).order_by(model.id)).all()


def test_a_comment_comes_in_approved_at_its_own_time(database: Database, bring: Bring, site):
    assert bring(said(1)) == "1 comment taken in, on 1 essay."
    (comment,), (event,) = rows(database, Comment), rows(database, Event)
    assert (comment.state, comment.text, comment.name) == ("approved", "Old words 1.", "A miller")
    assert comment.written_at == comment.decided_at == event.at == LONG_AGO.replace(minute=1)
    assert (event.kind, event.actor) == ("comment_imported", "import")
    (submission,) = rows(database, Submission)
    assert (submission.kind, submission.received_at, submission.answered_at) == ("comment", event.at, event.at)


def test_it_mails_nobody_and_makes_nobody_a_person(database: Database, bring: Bring):
    bring(said(1), said(2, by_author=True), said(3, deleted=True), said(4, answers=3))
    assert rows(database, OutboxMail) == rows(database, Person) == []


def test_what_the_author_wrote_and_what_was_removed_was_sent_by_nobody(database: Database, bring: Bring):
    bring(said(1, deleted=True), said(2, answers=1, by_author=True))
    assert rows(database, Submission) == []


def test_replaying_the_events_changes_nothing(database: Database, bring: Bring):
    bring(said(1), said(2, by_author=True, answers=1), said(3, deleted=True), said(4, answers=3))
    before = dump(database)
    with database.write() as session:
        replay(session)
    assert dump(database) == before


def test_answers_find_what_they_answer_wherever_it_stands_in_the_file(database: Database, bring: Bring, site):
    bring(said(3, answers=2), said(2, answers=1), said(1))
    parents = {comment.text: comment.parent_id for comment in rows(database, Comment)}
    numbers = {comment.text: comment.id for comment in rows(database, Comment)}
    assert parents == {
        "Old words 1.": None,
        "Old words 2.": numbers["Old words 1."],
        "Old words 3.": numbers["Old words 2."],
    }
    assert Seen((site / PAGE).read_text()).values("id") == [anchor(1), anchor(2), anchor(3)]


def test_an_answer_to_a_comment_of_another_essay_begins_a_thread(database: Database, bring: Bring):
    bring(said(1), said(2, answers=1, article_id=SECOND))
    assert [comment.parent_id for comment in rows(database, Comment)] == [None, None]


def test_an_answer_of_a_later_export_finds_what_an_earlier_one_brought(database: Database, bring: Bring):
    bring(said(1))
    bring(said(1), said(2, answers=1), stamp="2026-11-19T100000")
    first, second = rows(database, Comment)
    assert second.parent_id == first.id
    assert [row.stamp for row in rows(database, ImportedComment)] == ["2026-11-18T100000", "2026-11-19T100000"]


def test_bringing_the_same_again_changes_nothing(database: Database, bring: Bring, site):
    comments = [said(1), said(2, answers=1, by_author=True), said(3, deleted=True), said(4, answers=3)]
    bring(*comments)
    before, page = dump(database), (site / PAGE).read_bytes()
    assert bring(*comments) == "4 comments stood here before and stayed as they are, with what you decided."
    assert (dump(database), (site / PAGE).read_bytes()) == (before, page)


@pytest.mark.parametrize("act", [decide.reject, decide.mark_spam])
def test_what_the_author_kept_from_readers_does_not_come_back(database: Database, bring: Bring, site, now, act):
    bring(said(1), said(2))
    with database.write() as session:
        act(session, 1, now)
    bring(said(1), said(2))
    assert "Old words 1." not in (site / PAGE).read_text()
    assert "Old words 2." in (site / PAGE).read_text()


def test_a_decision_taken_back_shows_an_imported_comment_again(database: Database, bring: Bring, now: datetime):
    bring(said(1))
    with database.write() as session:
        decide.reject(session, 1, now)
        assert decide.undo_decision(session, 1, now)
        assert decide.undo_decision(session, 1, now) is None
    assert rows(database, Comment)[0].state == "approved"


def test_without_a_decision_there_is_none_to_take_back(database: Database, bring: Bring, now: datetime):
    """An import is taken back as a whole, not comment by comment into the waiting ones."""
    bring(said(1))
    with database.write() as session:
        assert decide.undo_decision(session, 1, now) is None


def test_an_essay_no_build_knows_gets_its_comments_once_it_is_built(bring: Bring, config, site):
    told = bring(said(1, article_id="2014/02/coming"), said(2))
    assert "1 essay not built yet; its comments show once it is: 2014/02/coming." in told
    assert (config.comments_dir / "2014/02/coming.json").exists()


def test_what_has_no_place_here_is_left_out_and_counted(database: Database, bring: Bring):
    told = bring(
        said(1, article_id="p/about"), said(2, text=" \n"), said(3, deleted=True), said(4, article_id="../../x")
    )
    assert told.splitlines() == [
        "2 comments left out: not below an essay (old pages have no conversation here).",
        "1 comment left out: without words.",
        "1 comment left out: removed on the old blog, and answered by nobody.",
    ]
    assert rows(database, Comment) == []


def test_one_faulty_line_keeps_all_out(database: Database, bring: Bring, config, now: datetime):
    before = dump(database)
    with pytest.raises(CommentsError, match=r"comments\.jsonl:2: text cannot be 7; nothing was taken in") as caught:
        bring(said(1), said(2, text=7), said(3))
    assert "\n" not in str(caught.value)
    assert dump(database) == before


def test_a_failure_halfway_leaves_no_row(database: Database, bring: Bring, monkeypatch: pytest.MonkeyPatch):
    def die(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("forms_service.imports.take.mark_stale", die)
    with pytest.raises(KeyboardInterrupt):
        bring(said(1), said(2))
    assert rows(database, Comment) == rows(database, Submission) == rows(database, Event) == []


def test_the_count_and_the_feed_carry_the_old_dates(bring: Bring, site):
    bring(*(said(number) for number in range(1, 4)))
    assert ">3 comments<" in (site / "index.html").read_text()
    assert "<updated>2015-10-12T08:03:00+00:00</updated>" in (site / "feeds/comments.atom").read_text()

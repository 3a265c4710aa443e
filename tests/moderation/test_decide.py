"""The author decides: once is enough, twice does no harm, and everything can be taken back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, text, update

from forms_service.db import Database, make_engine
from forms_service.models import Comment, Event, ImportedComment, Kind, Person, Submission
from forms_service.models.projection import replay, standing
from forms_service.moderation import decide
from tests.moderation.conftest import Send
from tests.support.built_site import FIRST
from tests.support.databases import postgres_copy

Act = Callable[..., object]


@pytest.fixture
def act(database: Database, now: datetime) -> Act:
    """Do something in a transaction of its own, a minute later each time."""
    minutes = 0

    def one(what: Act, comment_id: int, *more: object) -> object:
        nonlocal minutes
        minutes += 1
        with database.write() as session:
            return what(session, comment_id, *more, now + timedelta(minutes=minutes))

    return one


def reply(session, comment_id: int, text: str, now: datetime) -> int:
    return decide.reply_as_author(session, comment_id, text, now, "The Author").id


def state(database: Database, comment_id: int) -> str:
    with database.read() as session:
        return session.get(Comment, comment_id).state


def times_answered(database: Database, comment_id: int) -> int:
    """How often it is said that the author has answered, by what stands."""
    with database.read() as session:
        told = standing(session.scalars(select(Event).where(Event.comment_id == comment_id)))
        return sum(event.kind == Kind.COMMENT_REPLIED for event in told)


@pytest.mark.parametrize(
    ("what", "expected"),
    [(decide.approve, "approved"), (decide.reject, "rejected"), (decide.mark_spam, "spam")],
    ids=["approve", "reject", "spam"],
)
def test_a_decision_said_twice_adds_nothing(database: Database, send: Send, act: Act, events, what: Act, expected: str):
    comment = send()
    act(what, comment)
    before = events()
    assert act(what, comment) is None
    assert (state(database, comment), events()) == (expected, before)


def test_only_what_readers_see_marks_pages(send: Send, act: Act, marks):
    comment = send()
    seen = []
    for what in (decide.reject, decide.approve, decide.approve, decide.mark_spam, decide.reject, decide.undo_decision):
        act(what, comment)
        seen.append(marks().get(FIRST, 0))
    assert seen == [0, 1, 1, 2, 2, 2]


def test_taking_an_approval_back_marks_the_pages_again(database: Database, send: Send, act: Act, marks):
    comment = send()
    act(decide.approve, comment)
    act(decide.undo_decision, comment)
    assert (state(database, comment), marks()) == ("pending", {FIRST: 2})


def test_taking_back_reaches_the_decision_before(database: Database, send: Send, act: Act):
    comment = send()
    act(decide.approve, comment)
    act(decide.reject, comment)
    act(decide.undo_decision, comment)
    assert state(database, comment) == "approved"


def test_taking_back_twice_takes_back_once(database: Database, send: Send, act: Act, events):
    comment = send()
    act(decide.approve, comment)
    act(decide.reject, comment)
    act(decide.undo_decision, comment)
    before = events()
    assert act(decide.undo_decision, comment) is None
    assert (state(database, comment), events()) == ("approved", before)


def test_there_is_nothing_to_take_back_at_first(send: Send, act: Act, events):
    assert act(decide.undo_decision, send()) is None
    assert events() == 0


def test_a_decision_after_taking_back_counts(database: Database, send: Send, act: Act):
    comment = send()
    for what in (decide.approve, decide.undo_decision, decide.approve):
        act(what, comment)
    assert state(database, comment) == "approved"


def test_a_decision_answers_the_submission_and_confirms_its_sender(database: Database, send: Send, act: Act):
    act(decide.approve, send())
    with database.read() as session:
        assert session.scalars(select(Submission.answered_at)).one() is not None
        assert session.scalars(select(Person.confirmed_at)).one() is not None


def test_spam_confirms_nobody(database: Database, send: Send, act: Act):
    act(decide.mark_spam, send())
    with database.read() as session:
        assert session.scalars(select(Submission.spam_at)).one() is not None
        assert session.scalars(select(Person.confirmed_at)).one() is None


@pytest.mark.parametrize("before", [None, decide.approve, decide.reject])
def test_answering_a_comment_shows_both(database: Database, send: Send, act: Act, before: Act | None):
    comment = send()
    if before:
        act(before, comment)
    answer = act(reply, comment, "Thank you.")
    with database.read() as session:
        row = session.get(Comment, answer)
        assert (row.by_author, row.parent_id, row.article_id, row.name) == (True, comment, FIRST, "The Author")
    assert (state(database, comment), state(database, answer)) == ("approved", "approved")


def test_answering_is_recorded_on_what_was_answered(database: Database, send: Send, act: Act):
    comment = send()
    answer = act(reply, comment, "Thank you.")
    with database.read() as session:
        event = session.scalars(select(Event).where(Event.kind == Kind.COMMENT_REPLIED)).one()
        submission = session.get(Comment, comment).submission_id
        assert (event.comment_id, event.submission_id, event.data) == (comment, submission, {"reply_id": answer})


def test_the_same_answer_twice_is_one_answer(database: Database, send: Send, act: Act, events):
    comment = send()
    first = act(reply, comment, "Thank you.")
    before = events()
    assert act(reply, comment, "Thank you.") == first
    assert events() == before
    assert act(reply, comment, "And welcome.") != first


def test_an_answer_taken_back_goes_with_its_event_and_can_be_given_again(database: Database, send: Send, act: Act):
    comment = send()
    answer = act(reply, comment, "Thank you.")
    act(decide.undo_decision, answer)
    assert (state(database, comment), state(database, answer)) == ("approved", "pending")
    with database.read() as session:
        replied = session.scalars(select(Event).where(Event.kind == Kind.COMMENT_REPLIED)).one()
        assert session.scalars(select(Event).where(Event.reverses_id == replied.id)).one()
    assert act(reply, comment, "Thank you.") == answer
    assert state(database, answer) == "approved"


def test_what_was_answered_is_answered_as_long_as_readers_see_it(database: Database, send: Send, act: Act):
    comment = send()
    answer = act(reply, comment, "Thank you.")
    seen = []
    for what in (
        decide.reject, decide.undo_decision, decide.reject, decide.approve, decide.approve, decide.undo_decision,
        decide.approve,
    ):  # fmt: skip
        act(what, answer)
        seen.append((state(database, answer), times_answered(database, comment)))
    assert seen == [
        ("rejected", 0), ("approved", 1), ("rejected", 0), ("approved", 1), ("approved", 1), ("rejected", 0),
        ("approved", 1),
    ]  # fmt: skip


def test_an_answer_from_the_old_blog_was_not_given_here(database: Database, send: Send, act: Act):
    comment, answer = send(), send()
    with database.write() as session:
        session.get_one(Comment, answer).by_author = True
        session.get_one(Comment, answer).parent_id = comment
        session.add(ImportedComment(comment_id=answer, source_id="b-1", stamp="s", anchor="", url="", removed=False))
    for what in (decide.approve, decide.reject, decide.approve):
        act(what, answer)
    assert times_answered(database, comment) == 0


def test_the_author_may_answer_his_own_answer(database: Database, send: Send, act: Act):
    answer = act(reply, send(), "Thank you.")
    assert state(database, act(reply, answer, "One more thing.")) == "approved"


def test_an_answer_without_words_is_refused(send: Send, act: Act, events):
    with pytest.raises(ValueError, match="needs words"):
        act(reply, send(), " \n")
    assert events() == 0


def test_an_unknown_comment_is_said_plainly(act: Act):
    with pytest.raises(decide.UnknownCommentError, match="there is no comment 7"):
        act(decide.approve, 7)


def test_two_clicks_at_one_moment_are_one_decision(database: Database, send: Send, now: datetime, events):
    comment, together = send(), Barrier(2)

    def click() -> None:
        together.wait()
        with database.write() as session:
            decide.approve(session, comment, now)

    clicks = [Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert events() == 1


def test_many_decided_at_once_and_one_of_them_elsewhere_do_not_wait_for_each_other(
    database: Database, send: Send, now: datetime, events
):
    first, second = send(), send()
    elsewhere = Thread(target=lambda: _approve(database, second, now))
    with database.write() as session:
        decide.hold(session, [second, first])
        decide.approve(session, first, now)
        elsewhere.start()
        elsewhere.join(0.5)  # it waits, holding nothing
        decide.approve(session, second, now)
    elsewhere.join()
    assert events() == 2


def test_a_comment_being_decided_can_be_answered(request: pytest.FixtureRequest, now: datetime):
    with postgres_copy(request.getfixturevalue("_postgres")) as url:
        database = Database(make_engine(url))
        with database.write() as session:
            comment = Comment(article_id=FIRST, name="A baker", text="Well said.", written_at=now)
            session.add(comment)
            session.flush()
            number = comment.id
        with database.write() as deciding, database.write() as answering:
            decide.approve(deciding, number, now)
            answering.execute(text("SET LOCAL lock_timeout = '2s'"))
            answering.add(Comment(article_id=FIRST, parent_id=number, name="A miller", text="Yes.", written_at=now))
            answering.flush()
        database.engine.dispose()


def _approve(database: Database, comment: int, now: datetime) -> None:
    with database.write() as session:
        decide.approve(session, comment, now)


def test_a_decision_and_its_mark_stand_or_fall_together(database: Database, send: Send, now: datetime, events, marks):
    comment = send()
    with pytest.raises(decide.UnknownCommentError), database.write() as session:
        _approve_and_fail(session, comment, now)
    assert (events(), marks()) == (0, {})


def _approve_and_fail(session, comment: int, now: datetime) -> None:
    decide.approve(session, comment, now)
    decide.approve(session, comment + 1000, now)


def test_states_follow_from_events_alone(database: Database, send: Send, act: Act):
    first, second = send(), send()
    answer = act(reply, first, "Thank you.")
    act(decide.mark_spam, second)
    act(decide.undo_decision, second)
    numbers = (first, second, answer)
    before = [state(database, number) for number in numbers]
    with database.write() as session:
        session.execute(update(Comment).values(state="pending", decided_at=None))
        replay(session)
    assert [state(database, number) for number in numbers] == before == ["approved", "pending", "approved"]

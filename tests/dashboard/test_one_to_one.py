"""The sheet of a one-to-one keeps everything in one press, once; the brief shows it before the next."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import select

from forms_service.db import Database
from forms_service.models import Duty, Hint, Kind, Need, Offer, Person
from forms_service.people import changes
from tests.dashboard.conftest import Author, Post, dump, person_named
from tests.support import network

FILLED_IN = {
    "preferred_name": "Hal", "usual": "Rye, sliced", "business": "Bakes for three cafés", "family": "Two <daughters>",
    "needs": "a plumber\r\n\r\na second oven", "wanted": "a café that opens", "offers": "wedding cakes",
    "trades": "printer", "author-promise-1": "The number of my miller", "author-due-1": "2026-11-20",
    "author-promise-2": "A copy of the essay", "author-due-2": "2026-11-20", "person-promise-1": "A recipe",
    "held": "2026-11-18", "words": "He grew up by the sea.", "next": "2026-12-02", "time": "15:30",
}  # fmt: skip


@pytest.fixture
def baker(post: Post, database: Database) -> int:
    return person_named(database, "A baker")


def told(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2])))


def sheet(number: int) -> str:
    return f"/dashboard/people/{number}/one-to-one"


def test_one_press_keeps_all_of_it(author: Author, baker: int, database: Database, now: datetime):
    author.acts(sheet(baker), **FILLED_IN)
    with database.read() as session:
        person = session.get_one(Person, baker)
        assert (person.preferred_name, person.usual) == ("Hal", "Rye, sliced")
        assert person.meets_at == datetime.fromisoformat("2026-12-02T15:30-05:00")
        assert person.depth == "know"
        assert session.scalars(select(Need.text).order_by(Need.id)).all() == [
            "a plumber", "a second oven", "a café that opens",
        ]  # fmt: skip
        assert session.scalars(select(Need.category).order_by(Need.id)).first() == "plumber"
        assert session.scalars(select(Offer.text).where(Offer.person_id == baker)).all() == ["wedding cakes"]
        assert session.scalars(select(Hint.category)).all() == ["printer"]
        promises = session.scalars(select(Duty).where(Duty.rule == "promise", Duty.person_id == baker)).all()
        assert len(promises) == 3, "two for the same day are two"


def test_a_second_press_adds_nothing_however_late(author: Author, baker: int, database: Database, at_now, now):
    author.acts(sheet(baker), **FILLED_IN)
    kept = {name: rows for name, rows in dump(database).items() if name != "author_session"}
    for later in (timedelta(minutes=6), timedelta(hours=5)):
        at_now.move_to(now + later)
        page = author.acts(sheet(baker), **{**FILLED_IN, "person-due-1": "2026-11-25"})
        assert "Nothing new was on it" in page
    assert {name: rows for name, rows in dump(database).items() if name != "author_session"} == kept


def test_one_press_takes_all_of_it_back(author: Author, baker: int, database: Database):
    page = author.acts(sheet(baker), **FILLED_IN)
    author.undoes(page)
    with database.read() as session:
        person = session.get_one(Person, baker)
        assert (person.preferred_name, person.usual, person.meets_at, person.touched_at) == ("", "", None, None)
        assert not session.scalars(select(Duty).where(Duty.person_id == baker)).all()
        assert set(session.scalars(select(Need.state))) == {"taken_back"}
    assert "Bakes for three" not in told(author.opens(f"/dashboard/people/{baker}/brief"))


def test_the_brief_shows_what_the_sheet_kept(author: Author, baker: int):
    author.acts(sheet(baker), **FILLED_IN)
    page = told(author.opens(f"/dashboard/people/{baker}/brief"))
    for words in ("Before you meet Hal", "Rye, sliced", "told by them", "Two <daughters>", "He grew up by the sea.",
                  "You promised: The number of my miller", "They promised: A recipe", "a second oven",
                  "Look out for: a café that opens", "wedding cakes", "Wed, Dec 2, 3:30 PM"):  # fmt: skip
        assert words in page


def test_the_page_tells_the_meeting_by_the_authors_clocks(author: Author, baker: int):
    author.acts(sheet(baker), **FILLED_IN)
    booked = "You booked a one-to-one for December 2, 2026, 3:30 PM"
    assert booked in told(author.opens(f"/dashboard/people/{baker}"))


def test_having_asked_whether_to_introduce_them_is_told_like_any_other_talk(
    author: Author, baker: int, database: Database, now: datetime
):
    with database.write() as session:
        need, plumber = network.need(session, baker, "plumber", now), network.person(session, "A plumber", now)
        drafted = changes.draft_outbound(session, need, "1", None, plumber, now)
        changes.record_asked(session, drafted.outbound_id, "asker", now)
    page = told(author.opens(f"/dashboard/people/{baker}/brief"))
    assert "You asked whoever needs help whether you may introduce them" in page
    slip = author.posts(sheet(baker), **{**FILLED_IN, "next": "2026-11-16"})
    assert slip.status_code == 422
    assert "Two &lt;daughters&gt;</textarea>" in slip.text


def test_the_sheet_is_filled_in_with_what_is_known(author: Author, baker: int):
    author.acts(sheet(baker), **FILLED_IN)
    page = author.opens(sheet(baker))
    assert 'value="Hal"' in page
    assert "Two &lt;daughters&gt;</textarea>" in page
    assert "They look for: a plumber ; a second oven" in told(page)


def test_there_is_room_for_more_promises_which_stands_open_once_one_is_there(
    author: Author, baker: int, database: Database
):
    assert "open" not in re.findall(r'<details class="no-print more-lines"([^>]*)>', author.opens(sheet(baker)))[0]
    wrong = author.posts(sheet(baker), **{"author-promise-8": "A loaf", "person-due-7": "2026-11-20"})
    assert wrong.status_code == 422
    assert re.findall(r'<details class="no-print more-lines"([^>]*)>', wrong.text) == [" open", " open"]
    author.acts(sheet(baker), **{"author-promise-8": "A loaf", "person-promise-7": "A recipe"})
    with database.read() as session:
        assert len(session.scalars(select(Duty).where(Duty.rule == "promise")).all()) == 2


def test_a_promise_is_ticked_off_on_the_sheet(author: Author, baker: int, database: Database):
    author.acts(sheet(baker), **FILLED_IN)
    with database.read() as session:
        number = session.scalars(select(Duty.event_id).where(Duty.rule == "promise", Duty.person_id == baker)).first()
    author.acts(sheet(baker), kept=[str(number), "999999", "no number"])
    assert "The number of my miller" not in told(author.opens(f"/dashboard/people/{baker}/brief"))


def test_two_promises_for_one_day_are_two_and_a_second_press_is_none(author: Author, baker: int, database: Database):
    for words in ("a loaf", "a recipe", "a loaf"):
        author.acts(f"/dashboard/people/{baker}/acts", kind="promise_made", day="2026-11-25", note=words)
    page = told(author.opens(f"/dashboard/people/{baker}/brief"))
    assert (page.count("You promised: a loaf"), page.count("You promised: a recipe")) == (1, 1)


def test_a_talk_cut_short_reminds_within_the_week(author: Author, baker: int, database: Database, now: datetime):
    for _ in range(2):
        author.acts(sheet(baker), held="2026-11-18", cut_short="yes")
    with database.read() as session:
        due = session.scalars(select(Duty.since).where(Duty.rule == "follow_up", Duty.done_at.is_(None))).all()
    assert [day.date() for day in due] == [(now + timedelta(days=7)).date()]


@pytest.mark.parametrize("wrong", [
    {"author-due-1": "someday"}, {"person-due-1": "2026-12-01"}, {"held": "2026-11-25"}, {"time": "15:30"},
    {"next": "2026-11-01"}, {"needs": "\n".join(f"thing {number}" for number in range(21))}, {"trades": "x" * 81},
])  # fmt: skip
def test_what_cannot_be_kept_loses_nothing_typed(author: Author, baker: int, database: Database, wrong: dict[str, str]):
    before = dump(database)
    answer = author.posts(sheet(baker), business="Bakes for <three>", **wrong)
    assert answer.status_code == 422
    assert "Bakes for &lt;three&gt;</textarea>" in answer.text
    assert "Nothing was kept yet" in answer.text
    assert {**dump(database), "author_session": ()} == {**before, "author_session": ()}


def test_facts_are_changed_forgotten_and_brought_back(author: Author, baker: int, database: Database):
    author.acts(f"/dashboard/people/{baker}/known-as", preferred="Hal", usual="Rye")
    page = author.acts(f"/dashboard/people/{baker}/known-as", preferred="Hal", usual="")
    with database.read() as session:
        assert session.get_one(Person, baker).usual == ""
    author.undoes(page)
    with database.read() as session:
        assert session.get_one(Person, baker).is_known_by_name


def test_known_by_name_makes_a_client_and_forgetting_it_a_customer(author: Author, baker: int, database, now: datetime):
    with database.write() as session:
        changes.log_act(session, baker, Kind.PURCHASED, now, day=now + timedelta(days=100))
        changes.log_act(session, baker, Kind.UPGRADED, now)
        changes.name_person(session, baker, "Hal", "Rye", now)
    page = f"/dashboard/people/{baker}"
    assert "They look like a client" in told(author.opens(page))
    assert "Client : upgraded" in told(author.acts(f"{page}/acts", kind="client_confirmed"))
    said = author.acts(f"{page}/known-as", preferred="Hal", usual="")
    assert "Customer : a term is running" in told(said)
    assert "Client :" in told(author.undoes(said))


def test_whose_everything_was_erased_has_neither(author: Author, baker: int, database: Database):
    author.acts(sheet(baker), **FILLED_IN)
    author.acts(f"/dashboard/people/{baker}/forget")
    for page in ("brief", "one-to-one"):
        assert author.client.get(f"/dashboard/people/{baker}/{page}").status_code == 404
    assert author.posts(sheet(baker), **FILLED_IN).status_code in (404, 422)
    assert "Rye, sliced" not in repr(dump(database))


def test_nobody_has_no_sheet(author: Author):
    assert author.client.get(sheet(999)).status_code == 404
    assert author.posts(sheet(999), **FILLED_IN).status_code == 404


def test_a_long_acquaintance_costs_no_more_questions(author: Author, baker: int, database: Database, now: datetime):
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def questions() -> list[int]:
        counted = []
        for page in ("brief", "one-to-one"):
            asked.clear()
            author.opens(f"/dashboard/people/{baker}/{page}")
            counted.append(len(asked))
        return counted

    author.acts(sheet(baker), **FILLED_IN)
    few = questions()
    with database.write() as session:
        for number in range(8):
            changes.note_facts(session, baker, {"fun": f"Sails {number}"}, now)
            changes.log_act(session, baker, Kind.CALLED, now, at=now - timedelta(days=number), note=f"Call {number}")
            changes.tell_need(session, changes.Told(baker, f"Thing {number}"), now)
            changes.log_act(session, baker, Kind.PROMISE_MADE, now, day=now + timedelta(days=number), note="a loaf")
    assert questions() == few


@pytest.mark.parametrize("day", ["2026-11-17", "2026-11-16"])
def test_the_next_meeting_is_no_day_that_is_past(author: Author, baker: int, database: Database, day: str):
    answer = author.posts(sheet(baker), next=day)
    assert answer.status_code == 422
    assert "The next meeting lies in the past" in answer.text
    with database.read() as session:
        assert session.get_one(Person, baker).meets_at is None


def test_the_next_meeting_may_be_today_whatever_the_hour(author: Author, baker: int, database: Database, at_now, now):
    at_now.move_to(now + timedelta(hours=12))
    author.acts(sheet(baker), next="2026-11-18")
    with database.read() as session:
        assert session.get_one(Person, baker).meets_at == datetime.fromisoformat("2026-11-18T12:00-05:00")

"""Today: who waits, who is owed thanks, what was promised; one press clears a row, and undo brings it back."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event as listening

from forms_service.db import Database
from forms_service.models import Kind
from forms_service.people import changes
from forms_service.people.days import day_of, is_day_off, morning_after
from forms_service.people.duties import THANKS
from forms_service.people.thanks_table import ThanksError, thanks_or_built_in, thanks_table
from tests.conftest import ROOT
from tests.dashboard.conftest import Author, Post, Sending, person_named

TODAY = "/dashboard/"
NEW_YORK = ZoneInfo("America/New_York")


def rows(page: str) -> dict[str, str]:
    """Each row of Today by its key, as text."""
    found = re.findall(r'<li class="entry" id="([^"]+)">(.*?)</li>', page, re.S)
    return {key: unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row))) for key, row in found}


def test_an_empty_day_says_so(author: Author):
    page = author.opens(TODAY)
    assert "Nothing is owed to anybody today" in page
    assert rows(page) == {}


def test_who_waits_and_who_is_owed_thanks_stand_there_with_the_reason(author: Author, post: Post):
    found = rows(author.opens(TODAY))
    assert f"reply-{post.comment}" not in found
    assert "A baker" in found[f"reply-{post.baker}"]
    assert "hours left" in found[f"referral-{post.referral}-receipt"]
    assert "Thanks are due whatever comes of it" in found[f"referral-{post.referral}-receipt"]
    assert not any("A seller" in row for row in found.values()), "spam waits for nothing"


def test_thanking_clears_the_row_and_undo_brings_it_back(author: Author, post: Post, database: Database):
    plumber, key = person_named(database, "A plumber"), f"referral-{post.referral}-receipt"
    fields = {"how": "card", "duty": "receipt", "referral": str(post.referral), "back": TODAY}
    page = author.acts(f"/dashboard/people/{plumber}/thanks", **fields)
    assert key not in rows(page)
    assert key in rows(author.undoes(page))


def test_a_referral_is_thanked_told_and_rewarded_in_its_time(
    author: Author, post: Post, database: Database, at_now, now
):
    plumber, referral = person_named(database, "A plumber"), f"referral-{post.referral}"
    author.acts(f"/dashboard/people/{plumber}/thanks", how="e_mail", duty="receipt", referral=str(post.referral))
    author.acts(f"/dashboard/referrals/{post.referral}/level", level="L4")
    author.acts(f"/dashboard/referrals/{post.referral}/move", to="customer")
    found = {key for key in rows(author.opens(TODAY)) if key.startswith(referral)}
    assert found == {f"{referral}-tell", f"{referral}-outcome"}
    author.acts(f"/dashboard/referrals/{post.referral}/told")
    author.acts(f"/dashboard/people/{plumber}/thanks", how="card", duty="outcome", referral=str(post.referral))
    assert not {key for key in rows(author.opens(TODAY)) if key.startswith(referral)}
    at_now.move_to(now + timedelta(days=13))
    assert f"{referral}-reward" not in rows(author.opens(TODAY))
    at_now.move_to(now + timedelta(days=14, hours=1))
    assert "card and gift B" in rows(author.opens(TODAY))[f"{referral}-reward"]
    author.acts(f"/dashboard/people/{plumber}/roles", role="regulated")
    assert "Fitting: card ." in rows(author.opens(TODAY))[f"{referral}-reward"].replace(".", " .")


def test_a_row_put_off_comes_back_with_its_morning(author: Author, post: Post, database: Database, at_now, now):
    plumber, key = person_named(database, "A plumber"), f"referral-{post.referral}-receipt"
    author.acts(f"/dashboard/people/{plumber}/later", row=key, days="1")
    assert key not in rows(author.opens(TODAY))
    at_now.move_to(morning_after(now, 1, NEW_YORK) - timedelta(minutes=1))
    assert key not in rows(author.opens(TODAY))
    at_now.move_to(morning_after(now, 1, NEW_YORK) + timedelta(minutes=1))
    assert key in rows(author.opens(TODAY))


def test_not_this_person_is_for_good(author: Author, post: Post, database: Database, at_now, now):
    plumber, key = person_named(database, "A plumber"), f"referral-{post.referral}-receipt"
    author.acts(f"/dashboard/people/{plumber}/later", row=key, days="")
    at_now.move_to(now + timedelta(days=13))
    assert key not in rows(author.opens(TODAY))


def test_a_call_logged_two_days_ago_means_no_reminder(author: Author, post: Post, database: Database, now: datetime):
    number = person_named(database, "A plumber")
    with database.write() as session:
        changes.set_interval(session, number, 30, 60, now)
        changes.log_act(session, number, Kind.CALLED, now, at=now - timedelta(days=40))
    assert "longer than you like" in rows(author.opens(TODAY))[f"drift-{number}"]
    author.acts(f"/dashboard/people/{number}/acts", kind="called", happened=f"{now - timedelta(days=2):%Y-%m-%d}")
    assert f"drift-{number}" not in rows(author.opens(TODAY))


@pytest.mark.parametrize("kind", ["do_not_contact", "meeting_declined"])
def test_who_wants_peace_is_on_no_list(author: Author, post: Post, database: Database, now: datetime, kind: str):
    number = person_named(database, "A plumber")
    with database.write() as session:
        changes.log_act(session, number, Kind.CALLED, now, at=now - timedelta(days=400))
    author.acts(f"/dashboard/people/{number}/acts", kind=kind)
    found = {key for key, row in rows(author.opens(TODAY)).items() if "A plumber" in row}
    assert found == {f"reply-{post.teacher_contact}"}, "who wrote is answered all the same"


def test_somebody_met_is_captured_with_a_next_date(author: Author, database: Database, at_now, now: datetime):
    page = author.acts("/dashboard/capture", name=" A  roofer ", where="At the market", next="2026-11-23",
                       address="roofer@example.com")  # fmt: skip
    assert "<bdi>A roofer</bdi>" in page
    assert "At the market" in page
    number = person_named(database, "A roofer")
    author.acts("/dashboard/capture", name="A roofer")
    assert person_named(database, "A roofer") == number, "a second press makes no double"
    at_now.move_to(now + timedelta(days=5))
    assert any("The day you set" in row for row in rows(author.opens(TODAY)).values())
    author.acts(f"/dashboard/people/{number}/acts", kind="called")
    assert not any("The day you set" in row for row in rows(author.opens(TODAY)).values())


def test_a_need_captured_meets_an_offer_captured(author: Author):
    author.acts("/dashboard/capture", name="A plumber", offer="plumber")
    author.acts("/dashboard/capture", name="A cook", need="plumber")
    found = rows(author.opens(TODAY))
    assert "Needed: plumber" in next(row for key, row in found.items() if key.startswith("need-"))


@pytest.mark.parametrize("fields", [{"name": " "}, {"name": "A roofer", "address": "none"},
                                    {"name": "A roofer", "next": "soon"}])  # fmt: skip
def test_a_capture_that_cannot_be_kept_says_why(author: Author, fields: dict[str, str]):
    assert author.posts("/dashboard/capture", **fields).status_code == 422


def test_a_touch_is_one_press_on_a_persons_page(author: Author, post: Post, database: Database):
    number = person_named(database, "A baker")
    page = author.acts(f"/dashboard/people/{number}/acts", kind="called")
    assert "You called." in page
    assert "last in touch" in page
    assert "last in touch" not in author.undoes(page).split("What happened")[0]


def test_many_rows_cost_no_more_questions_than_few(author: Author, send: Sending, database: Database, now: datetime):
    asked: list[str] = []
    listening.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def questions() -> int:
        asked.clear()
        author.opens(TODAY)
        return len(asked)

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            send("referral", name=f"Person {number}", email=f"p{number}@example.com")
            with database.write() as session:
                person = person_named(database, f"Person {number}")
                changes.log_act(session, person, Kind.MET, now, at=now - timedelta(days=400))
                changes.log_act(session, person, Kind.PURCHASED, now, day=now + timedelta(days=20))

    fill(0, 1)
    few = questions()
    fill(1, 6)
    assert questions() == few


@pytest.mark.parametrize(("moment", "hours"), [
    (datetime(2026, 3, 8, 15, tzinfo=UTC), 23), (datetime(2026, 11, 1, 15, tzinfo=UTC), 25),
    (datetime(2026, 11, 18, 15, tzinfo=UTC), 24),
])  # fmt: skip
def test_a_day_is_as_long_as_its_clocks_make_it(moment: datetime, hours: int):
    day = day_of(moment, NEW_YORK)
    assert day.ends - day.begins == timedelta(hours=hours)
    assert day.begins <= moment < day.ends
    assert morning_after(moment, 1, NEW_YORK) == day.ends


def test_a_day_off_is_one_by_the_authors_clocks():
    sunday_evening = datetime(2026, 11, 23, 2, tzinfo=UTC)
    assert is_day_off(sunday_evening, ("Sunday",), NEW_YORK)
    assert not is_day_off(sunday_evening, ("Sunday",), ZoneInfo("UTC"))


def test_the_table_of_thanks_that_comes_with_it_is_the_built_in_one(tmp_path):
    assert thanks_table(ROOT) == THANKS == thanks_table(tmp_path)


@pytest.mark.parametrize("text", ["[L9]\nreceipt = ['card']\noutcome = ['card']", "[L1]\nreceipt = 'card'", "[L1"])
def test_a_table_of_thanks_that_makes_no_sense_is_refused(tmp_path, text: str):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "thanks.toml").write_text(text)
    with pytest.raises(ThanksError, match=r"content/thanks\.toml"):
        thanks_table(tmp_path)
    table, wrong = thanks_or_built_in(tmp_path)
    assert table == THANKS
    assert "content/thanks.toml" in wrong

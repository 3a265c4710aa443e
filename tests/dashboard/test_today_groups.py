"""Today's nine groups: what each brings up, in which order, and how a row goes away until later or for good."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from forms_service.calendar.entries import entries
from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Kind
from forms_service.moderation.decide import approve
from forms_service.outbox.morning_email import morning
from forms_service.people import changes
from forms_service.people.changes import Told
from forms_service.people.morning.sunday import essay_due, is_for_comments
from forms_service.people.morning.telling import Telling
from forms_service.people.queries.dated import Dated
from forms_service.people.today import today
from tests.dashboard.conftest import Author, Post, Sending
from tests.dashboard.test_today import TODAY, rows
from tests.support import network

NEW_YORK = ZoneInfo("America/New_York")
HEADINGS = [
    "Reply", "Thank", "Thank somebody for nothing in particular", "Meetings", "Promises, and asking how it went",
    "Drifting away", "You know who can help", "Terms that end", "Details you may not keep for long", "Sunday",
]  # fmt: skip


def press(author: Author, page: str, row: str, label: str, **fields: str) -> str:
    """Press the button of this label in this row, with all its form carries, and read the page that follows."""
    entry = page.split(f'<li class="entry" id="{row}">', 1)[1].split("</li>", 1)[0]
    for form in re.findall(r"<form.*?</form>", entry, re.S):
        said = unescape(re.sub(r"<span.*?</span>|<[^>]+>", "", form.split("<button", 1)[1].split(">", 1)[1])).strip()
        if said == label:
            carried = {unescape(k): unescape(v) for k, v in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}
            return author.acts(unescape(re.findall(r'action="([^"]+)"', form)[0]), **{**carried, **fields})
    raise AssertionError(f"no button {label!r} in {row}")


def known(database: Database, name: str, now: datetime, **touched: int) -> int:
    """Somebody met so many days ago, and thanked for it."""
    with database.write() as session:
        number = network.person(session, name, now)
        met = changes.log_act(session, number, Kind.MET, now, at=now - timedelta(days=touched.get("days", 1)))
        changes.thank(session, number, "card", now - timedelta(hours=3), str(met.id))
        return number


def a_full_morning(author: Author, send: Sending, database: Database, now: datetime) -> None:
    """Something in each group; `now` is a Sunday."""
    long_ago = now - timedelta(days=22)
    send("referral", name="A roofer", email="roofer@example.com", level="L1", after=-timedelta(days=22))
    send("contact")
    send("referral", level="L3", referred_name="A singer")
    send("comment")
    with database.write() as session:
        approve(session, 1, now)
        met = network.person(session, "A weaver", long_ago)
        changes.log_act(session, met, Kind.ONE_TO_ONE_BOOKED, now, day=now + timedelta(hours=3), is_timed=True)
        buyer = network.person(session, "A buyer", long_ago)
        changes.log_act(session, buyer, Kind.PURCHASED, long_ago, day=now + timedelta(days=40))
        changes.log_act(session, buyer, Kind.PROMISE_MADE, long_ago, day=now, note="a recipe")
        drifter = network.person(session, "A drifter", long_ago)
        changes.log_act(session, drifter, Kind.CALLED, now, at=now - timedelta(days=100))
        asker, printer = network.partner(session, "An asker", long_ago), network.partner(session, "A printer", long_ago)
        network.offer(session, printer, "printer", now)
        network.need(session, asker, "printer", now)
    assert re.findall(r'<h2 id="group-\w+">([^<]+)</h2>', author.opens(TODAY)) == HEADINGS


@pytest.fixture
def sunday(at_now, now: datetime, config, essay) -> datetime:
    """A Sunday evening, four days after the newest essay."""
    moment = now + timedelta(days=4, hours=6)
    at_now.move_to(moment)
    return moment


def test_every_row_of_every_group_can_go_for_good(
    author: Author, send: Sending, database: Database, at_now, sunday: datetime
):
    send = Sending(send.database, send.secret, sunday - timedelta(hours=1))
    a_full_morning(author, send, database, sunday)
    page, gone = author.opens(TODAY), set()
    while left := [key for key in rows(page) if key != "essay"]:
        assert left[0] not in gone, "what was taken off does not come back"
        gone.add(left[0])
        entry = page.split(f'id="{left[0]}"', 1)[1].split("</li>", 1)[0]
        assert "On that day" in entry, left[0]
        never = next(word for word in ("Not this person", "Not them", "No meeting", "Not here") if word in entry)
        page = press(author, page, left[0], never)
    assert len(gone) > len(HEADINGS)


def test_a_row_comes_back_on_the_day_that_was_chosen(author: Author, post: Post, database: Database, at_now, now):
    key = f"referral-{post.referral}-receipt"
    page = press(author, author.opens(TODAY), key, "On that day", day="2026-11-25")
    assert "It comes back on Wednesday, November 25, 2026." in page
    at_now.move_to(datetime(2026, 11, 24, 23, 59, tzinfo=NEW_YORK))
    assert key not in rows(author.opens(TODAY))
    at_now.move_to(datetime(2026, 11, 25, 0, 1, tzinfo=NEW_YORK))
    assert key in rows(author.opens(TODAY))


@pytest.mark.parametrize("day", ["", "2026-11-18", "2030-01-01", "soon"])
def test_a_day_that_is_none_or_past_or_too_far_is_refused(author: Author, database: Database, now: datetime, day: str):
    number = known(database, "A weaver", now)
    assert author.posts(f"/dashboard/people/{number}/later", row="drift", day=day).status_code == 422


def test_an_introduction_waits_for_the_first_word(author: Author, send: Sending, database: Database):
    send("referral", level="L3")
    page = author.opens(TODAY)
    row = next(key for key in rows(page) if key.startswith("introduction-"))
    assert "23 hours left" in rows(page)[row]
    assert "A plumber introduces them to you" in rows(page)[row]
    page = press(author, page, row, "I was in touch")
    assert row not in rows(page)
    assert row in rows(author.undoes(page))


def test_the_time_for_a_first_word_runs_from_the_level_that_stands(
    author: Author, send: Sending, database: Database, at_now, now: datetime
):
    referral = send("referral", level="L3").id
    at_now.move_to(now + timedelta(hours=20))
    left = rows(author.opens(TODAY))[f"introduction-{referral}"]
    with database.write() as session:
        confirmed = changes.confirm_level(session, referral, "L4", now + timedelta(hours=19)).id
    assert "23 hours left" not in left
    assert "23 hours left" in rows(author.opens(TODAY))[f"introduction-{referral}"]
    with database.write() as session:
        changes.take_back(session, confirmed, now + timedelta(hours=20))
    assert rows(author.opens(TODAY))[f"introduction-{referral}"] == left


def test_how_to_reach_somebody_stands_under_their_name_until_there_was_a_first_word(author: Author, post: Post):
    page, row = author.opens(TODAY), f"reply-{post.teacher_contact}"
    assert "A teacher" in rows(page)[row]
    assert "A plumber says how to reach them, and that they agreed. Write or call" in rows(page)[row]
    assert f'<a href="/dashboard/referrals/{post.referral}">' in page.split(f'id="{row}"', 1)[1].split("</h3>", 1)[0]
    page = press(author, page, row, "I was in touch")
    assert row not in rows(page)
    waiting = "How to reach the person they referred"
    assert waiting not in author.opens("/dashboard/inbox?show=waiting")
    assert row in rows(author.undoes(page))
    assert waiting in author.opens("/dashboard/inbox?show=waiting")


def test_thanks_stand_oldest_first_whatever_they_are_for(
    author: Author, send: Sending, database: Database, at_now, now: datetime
):
    with database.write() as session:
        for name, days in (("A weaver", 1), ("A potter", 3)):
            number = network.person(session, name, now)
            changes.log_act(session, number, Kind.MET, now, at=now - timedelta(days=days))
    send("referral", after=-timedelta(days=2))
    found = [row for key, row in rows(author.opens(TODAY)).items() if key.startswith(("duty", "referral"))]
    assert [next(name for name in ("potter", "plumber", "weaver") if name in row) for row in found] == [
        "potter", "plumber", "weaver",
    ]  # fmt: skip


def test_many_thanks_owed_hide_no_promise(author: Author, database: Database, now: datetime):
    with database.write() as session:
        for day in range(30):
            number = network.person(session, f"A guest {day}", now)
            changes.log_act(session, number, Kind.MET, now, at=now - timedelta(days=day + 2))
        changes.log_act(session, number, Kind.PROMISE_MADE, now, day=now, note="a recipe")
    assert any("You promised" in row for row in rows(author.opens(TODAY)).values())


def test_before_a_meeting_stands_what_to_know(author: Author, database: Database, at_now, now: datetime):
    number = known(database, "A weaver", now, days=10)
    with database.write() as session:
        changes.name_person(session, number, "Wen", "Linen, and two dogs", now)
        changes.log_act(session, number, Kind.PROMISE_MADE, now, day=now + timedelta(days=9), note="a recipe")
        changes.log_act(
            session, number, Kind.PROMISE_MADE, now, day=now + timedelta(days=9), choice="person", note="a loom"
        )
        changes.tell_need(session, Told(number, "A dyer who knows madder", "dyer"), now)
        changes.tell_need(session, Told(number, "A shop that sells wool", "", field="look_out_for"), now)
        changes.note_facts(session, number, {"small": "Takes tea with honey"}, now)
        changes.log_act(session, number, Kind.CALLED, now, at=now - timedelta(days=5), note="The loom had arrived.")
        changes.log_act(session, number, Kind.CALLED, now, at=now - timedelta(days=9), note="An older talk.")
    booked = author.acts(f"/dashboard/people/{number}/acts", kind="one_to_one_booked", day="2026-11-19", time="09:30")
    assert "You booked a one-to-one for November 19, 2026, 9:30 AM." in booked
    row = rows(author.opens(TODAY))[f"meet-{number}"]
    told = (
        "One-to-one tomorrow, 9:30 AM", "They go by Wen.", "Linen, and two dogs.", "You were last in touch",
        "You promised: a recipe.", "They promised: a loom.", "They look for: A dyer who knows madder.",
        "Takes tea with honey.", "Of your last talk: The loom had arrived.", "Look out for: A shop that sells wool.",
    )  # fmt: skip
    assert [words for words in told if words not in row] == []
    author.acts(f"/dashboard/people/{number}/acts", kind="one_to_one_booked", day="2026-11-19")
    assert "One-to-one tomorrow ." in rows(author.opens(TODAY))[f"meet-{number}"].replace(".", " .")


def test_what_is_over_time_says_so_in_words_on_page_in_mail_and_calendar(
    author: Author, post: Post, database: Database, config: Config, at_now, now: datetime
):
    number, tell = known(database, "A weaver", now), f"referral-{post.referral}-tell"
    last = now + timedelta(days=7)
    with database.write() as session:
        made = changes.log_act(session, number, Kind.PROMISE_MADE, now, day=last, note="a recipe")
        promised = f"duty-{made.id}"
    author.acts(f"/dashboard/referrals/{post.referral}/move", to="no")
    at_now.move_to(last)
    found = rows(author.opens(TODAY))
    assert "overdue" not in found[tell] + found[promised], "the last day is not over yet"
    assert "Tell them today." in found[tell]
    later = now + timedelta(days=8)
    at_now.move_to(later)
    found = rows(author.opens(TODAY))
    assert "Tell them now." in found[tell]
    for row in (tell, promised):
        assert "overdue since yesterday" in found[row]
    with database.read() as session:
        groups = today(session, later, config.identity, config.root, None).groups
    mail = " ".join(morning(config.identity, later, groups).body.split())
    feed = entries(Dated((), (), ()), groups, later, config.identity)[0].description
    for told in (mail, feed):
        assert "A plumber (overdue since yesterday)" in told
        assert "A weaver (overdue since yesterday)" in told


def test_this_sundays_essay_says_what_clears_its_row(config: Config, now: datetime):
    told = Telling(now + timedelta(days=4), config.identity, {})
    [row] = essay_due(now - timedelta(days=4), told)
    assert row.sentence.endswith("This row goes by itself: once the essay is out, or when Sunday is over.")


def test_a_question_keeps_its_mark_on_page_and_in_mail(
    author: Author, database: Database, config: Config, now: datetime
):
    number = known(database, "A weaver", now)
    with database.write() as session:
        changes.log_act(
            session, number, Kind.ONE_TO_ONE_BOOKED, now - timedelta(days=3), day=now - timedelta(days=1), is_timed=True
        )
        found = today(session, now, config.identity, config.root, None)
    asked = "Did you sit down together?"
    assert asked in rows(author.opens(TODAY))[f"meet-{number}"]
    mail = " ".join(morning(config.identity, now, found.groups).body.split())
    for text in (author.opens(TODAY), mail):
        assert f"{asked}." not in text


def test_a_meeting_taken_off_is_that_one_only(author: Author, database: Database, now: datetime):
    number = known(database, "A weaver", now)
    author.acts(f"/dashboard/people/{number}/acts", kind="one_to_one_booked", day="2026-11-18", time="17:00")
    page = press(author, author.opens(TODAY), f"meet-{number}", "No meeting")
    assert f"meet-{number}" not in rows(page)
    author.acts(f"/dashboard/people/{number}/acts", kind="one_to_one_booked", day="2026-11-19", time="17:00")
    assert f"meet-{number}" in rows(author.opens(TODAY))


def test_not_them_asks_for_the_next_who_can_help(author: Author, database: Database, now: datetime):
    with database.write() as session:
        asker = network.person(session, "An asker", now)
        helpers = [network.partner(session, name, now) for name in ("A printer", "Another printer")]
        for helper in helpers:
            network.offer(session, helper, "printer", now)
        need = network.need(session, asker, "printer", now)
    page, key = author.opens(TODAY), f"need-{need}"
    first, second = ("A printer does", "Another printer does")
    if first not in rows(page)[key]:
        first, second = second, first
    page = press(author, page, key, "Not them")
    assert second in rows(page)[key]
    page = author.undoes(page)
    assert first in rows(page)[key]
    assert key not in rows(press(author, page, key, "In a week"))
    assert "Ask both" in press(author, page, key, "Put them together")


def test_customers_hear_one_offer_a_month_with_a_touch_in_between(author: Author, database: Database, now: datetime):
    with database.write() as session:
        number = network.person(session, "A buyer", now)
        changes.log_act(session, number, Kind.PURCHASED, now, at=now - timedelta(days=45), day=now + timedelta(days=20))
    key = f"term-{number}"
    page = author.opens(TODAY)
    assert "Speak of it once" in rows(page)[key]
    assert key not in rows(press(author, page, key, "Spoke about it"))
    with database.write() as session:
        for name, days in (("A baker", 29), ("A potter", 31)):
            number = network.person(session, name, now)
            changes.log_act(
                session, number, Kind.PURCHASED, now, at=now - timedelta(days=45), day=now + timedelta(days=20)
            )
            changes.speak_of_term(session, number, now - timedelta(days=days))
    page, key = author.opens(TODAY), f"term-{number}"
    assert [row for row in rows(page) if row.startswith("term")] == [key], "29 days after the last word it is too soon"
    assert "first be in touch, and sell nothing" in rows(page)[key]
    page = press(author, page, key, "I called")
    assert "and were in touch since" in rows(page)[key]
    assert key not in rows(press(author, page, key, "Spoke about it"))


def test_clients_hear_no_offer(author: Author, database: Database, now: datetime):
    number = known(database, "A regular", now)
    with database.write() as session:
        changes.name_person(session, number, "Reg", "The rye", now)
        changes.log_act(session, number, Kind.PURCHASED, now, at=now - timedelta(days=300), day=now)
        changes.log_act(session, number, Kind.RENEWED, now, day=now + timedelta(days=20), choice="automatic")
        changes.log_act(session, number, Kind.CLIENT_CONFIRMED, now)
    assert "offer nothing" in rows(author.opens(TODAY))[f"term-{number}"]


@pytest.mark.parametrize(
    ("day", "days_off", "asked"),
    [(22, (), True), (23, (), False), (21, (), False), (22, ("Sunday",), False), (23, ("Sunday",), True),
     (24, ("Sunday",), False), (24, ("Sunday", "Monday"), True)],
)  # fmt: skip
def test_comments_without_an_answer_come_up_on_sunday_or_the_first_day_after(day: int, days_off: tuple[str], asked):
    assert is_for_comments(datetime(2026, 11, day, 15, tzinfo=UTC), days_off, NEW_YORK) is asked


def test_a_situation_whose_words_hold_a_number_is_announced_before_it_goes(author: Author, send: Sending):
    """Whatever the clock erases stood on Today before; a mere situation goes nowhere and is not announced."""
    who = {"name": "A roofer", "email": "roofer@example.com", "level": "L0", "referred_name": ""}
    send("referral", **who, need="Ask (212) 555-0188 about the piano.", after=-timedelta(days=22))
    send("referral", **who, need="A school needs a piano on 2026-12-24.", after=-timedelta(days=22))
    page = author.opens("/dashboard/")
    assert 'id="privacy-1"' in page
    assert 'id="privacy-2"' not in page


def said_at_length(author: Author, send: Sending, database: Database, now: datetime) -> tuple[str, int]:
    """A comment of substance that was approved: what its row is called, and the comment's number."""
    send("comment", text="I thank my miller for the flour that came through the snow. " * 4)
    with database.write() as session:
        event = approve(session, 1, now)
        assert event is not None
        return f"duty-{event.id}", 1


def test_who_wrote_a_comment_of_substance_is_owed_thanks_and_an_answer_below_it_is_thanks(
    author: Author, send: Sending, database: Database, sunday: datetime
):
    row, comment = said_at_length(author, send, database, sunday)
    page = author.opens(TODAY)
    assert "They wrote a comment of substance. Answer below it, or thank them: today" in rows(page)[row]
    assert f'/dashboard/comments/{comment}#reply"' in page
    assert f"comment-{comment}" not in rows(page), "nobody is told the same twice"
    author.acts(f"/dashboard/comments/{comment}/reply", text="Thank you for telling us of your miller.")
    assert row not in rows(author.opens(TODAY))
    thanks = author.opens(f"/dashboard/thanks/{row.removeprefix('duty-')}")
    assert "You answered below it" in thanks
    assert "I thank my miller for the flour" in thanks
    author.acts("/dashboard/comments/decide", one="undo-2")
    assert row in rows(author.opens(TODAY)), "without the answer it is owed again"
    page = press(author, author.opens(TODAY), row, "Wrote")
    assert row not in rows(page)
    assert row in rows(author.undoes(page))


def test_a_comment_taken_off_the_page_is_owed_nothing(author: Author, send: Sending, database: Database, now: datetime):
    row, comment = said_at_length(author, send, database, now)
    author.acts("/dashboard/comments/decide", one=f"reject-{comment}")
    assert row not in rows(author.opens(TODAY))
    author.acts("/dashboard/comments/decide", one=f"undo-{comment}")
    assert row in rows(author.opens(TODAY))

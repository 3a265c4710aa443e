"""Thanks in the author's own words: facts and an empty box, a word of caution that loses nothing, undo in one tap."""

from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from sqlalchemy import event as listening
from sqlalchemy import select

from forms_service.db import Database
from forms_service.models import Event, Kind, Note
from forms_service.people import changes
from tests.dashboard.conftest import Author, Post, dump, person_named
from tests.support import network
from tests.support.desk import Desk, words

HEARTFELT = "Thank you for Tuesday.\nThe children still talk of the cards."
SELLING = "Thank you! The next course is only $40."


@pytest.fixture
def desk(author: Author, post: Post) -> Desk:
    """On the page of the thanks that A plumber is owed for a referral."""
    return Desk(author.client, f"/dashboard/referrals/{post.referral}/thanks/receipt")


def kept(database: Database) -> list[tuple[str, str]]:
    """How thanks were given that stand, and the words kept with them."""
    with database.read() as session:
        undone = select(Event.reverses_id).where(Event.reverses_id.is_not(None))
        query = select(Event, Note.text).outerjoin(Note, Note.event_id == Event.id)
        rows = session.execute(query.where(Event.kind == Kind.THANKED, Event.id.not_in(undone)).order_by(Event.id))
        return [(event.data["how"], text or "") for event, text in rows]


def box(desk: Desk) -> str:
    return str(desk.page.get_element_by_id("words").value)


def mailto(desk: Desk) -> list[str]:
    return [unquote(link.get("href")) for link in desk.page.iter("a") if link.get("href").startswith("mailto:")]


def test_the_draft_shows_the_facts_and_an_empty_box(desk: Desk):
    facts = {
        words(fact.find("dt")): words(fact.find("dd")) for fact in desk.page.iter("div") if fact.find("dt") is not None
    }
    assert facts == {
        "What they did": "Referred A teacher to you", "When": "Wednesday, November 18, 2026",
        "What was needed": "Someone who writes thank-you cards with a whole class.",
        "How far they went": "Told them, and they agreed to hear from you, as they say", "What came of it": "Received",
        "What suits": "E-mail or spoken",
    }  # fmt: skip
    assert box(desk) == ""


def test_the_page_of_the_referral_leads_there_until_it_is_done(desk: Desk, post: Post):
    desk.opens(f"/dashboard/referrals/{post.referral}").follows("Thank A plumber in your own words")
    desk.presses("It is done", typed={"I sent a card": "card"})
    assert "in your own words" not in desk.opens(f"/dashboard/referrals/{post.referral}").text


def test_today_leads_there_and_back(desk: Desk, post: Post):
    desk.opens("/dashboard/").follows("In your own words", "Referred A teacher")
    assert desk.path == f"/dashboard/referrals/{post.referral}/thanks/receipt"
    desk.presses("It is done", typed={"I sent a card": "card"})
    assert desk.path == "/dashboard/"
    assert "In your own words" in desk.presses("Undo").row("Referred A teacher").text_content()


def test_his_words_are_kept_with_the_thanks_and_go_with_them(desk: Desk, post: Post, database: Database):
    desk.presses("It is done", typed={"Your own words": HEARTFELT, "I sent a card": "card"})
    assert "Your thanks are noted." in desk.text
    assert kept(database) == [("card", HEARTFELT)]
    here = desk.opens(f"/dashboard/referrals/{post.referral}/thanks/receipt")
    assert "You sent a card" in here.text
    assert "The children still talk" in here.text
    here.presses("Undo")
    assert kept(database) == []
    assert box(here.opens(f"/dashboard/referrals/{post.referral}/thanks/receipt")) == ""


def test_what_sells_is_said_gently_and_nothing_typed_is_lost(desk: Desk, database: Database):
    before = dump(database)
    desk.presses("It is done", typed={"Your own words": SELLING, "I sent a card": "card"})
    assert "A price: “$40”" in desk.text
    assert dump(database) == before
    assert box(desk) == SELLING
    assert desk.page.get_element_by_id("how-card").checked
    desk.presses("Keep it as it is")
    assert kept(database) == [("card", SELLING)]


def test_mended_words_are_kept_without_another_word(desk: Desk, database: Database):
    desk.presses("It is done", typed={"Your own words": SELLING, "I sent a card": "card"})
    desk.presses("It is done", typed={"Your own words": HEARTFELT})
    assert kept(database) == [("card", HEARTFELT)]


def test_an_e_mail_opens_with_his_own_words_and_sending_it_is_his_to_say(desk: Desk, database: Database):
    before = dump(database)
    desk.presses("Look it over", typed={"Your own words": HEARTFELT})
    assert "Nothing in it sells anything." in desk.text
    assert mailto(desk) == ["mailto:plumber@example.com?body=" + HEARTFELT.replace("\n", "\r\n")]
    assert dump(database) == before
    desk.presses("It is done", typed={"I wrote an e-mail": "e_mail"})
    assert kept(database) == [("e_mail", HEARTFELT)]


def test_telling_their_boss_is_written_to_somebody_else(desk: Desk):
    desk.presses("Look it over", typed={"Your own words": HEARTFELT, "I told their boss": "told_boss"})
    assert mailto(desk)[0].startswith("mailto:?body=Thank you")


def test_without_saying_how_nothing_is_kept_and_nothing_lost(desk: Desk, database: Database):
    before = dump(database)
    desk.presses("It is done", typed={"Your own words": HEARTFELT}, status=422)
    assert "say how you thanked them" in desk.text
    assert (box(desk), dump(database)) == (HEARTFELT, before)


def test_words_that_are_too_long_come_back_whole(desk: Desk):
    long = "Thank you. " * 1000
    desk.presses("It is done", typed={"Your own words": long, "I said it": "spoken"}, status=422)
    assert box(desk) == long


def test_hostile_words_stay_words(desk: Desk):
    hostile = "</textarea><script>alert(1)</script> & $5 “\"'"
    desk.presses("It is done", typed={"Your own words": hostile, "I said it": "spoken"})
    assert box(desk) == hostile
    assert not list(desk.page.iter("script"))


def test_who_wants_peace_is_not_written_to(desk: Desk, post: Post, database: Database, now: datetime):
    with database.write() as session:
        changes.log_act(session, person_named(database, "A plumber"), Kind.DO_NOT_CONTACT, now)
    desk.opens(desk.path)
    assert "They want to be left in peace" in desk.text
    assert not [button for button in desk.page.iter("button") if "e-mail" in words(button)]


def test_one_press_now_and_the_words_a_moment_later_are_one_thanks(desk: Desk, author: Author, post, database):
    plumber = person_named(database, "A plumber")
    fields = {"how": "card", "duty": "receipt", "referral": str(post.referral)}
    author.acts(f"/dashboard/people/{plumber}/thanks", **fields)
    desk.presses("It is done", typed={"Your own words": HEARTFELT, "I sent a card": "card"})
    assert kept(database) == [("card", HEARTFELT)]


def test_each_outcome_has_a_page_of_its_own(desk: Desk, author: Author, post: Post, at_now, now: datetime):
    page = f"/dashboard/referrals/{post.referral}/thanks"
    assert author.client.get(f"{page}/outcome").status_code == 404, "nothing has come of it yet"
    author.acts(f"/dashboard/referrals/{post.referral}/level", level="L4")
    author.acts(f"/dashboard/referrals/{post.referral}/move", to="customer")
    assert "Became a customer" in desk.opens(f"{page}/outcome").text
    desk.opens(f"{page}/tell").presses("They know", typed={"Your own words": "She is glad, and so am I."})
    assert "They know how it ended." in desk.text
    assert "She is glad" in desk.opens(f"{page}/tell").text
    assert "A plumber from Wed, Dec 2" in desk.opens(f"{page}/reward").text
    at_now.move_to(now + timedelta(days=15))
    assert "Card and gift B" in desk.opens(f"{page}/reward").text


def test_thanks_for_another_outcome_are_thanks_of_their_own(desk: Desk, author: Author, post: Post, at_now, now):
    page = f"/dashboard/referrals/{post.referral}/thanks/outcome"
    for days, to, said in ((0, "customer", "For the first."), (2, "partner", "For the second.")):
        at_now.move_to(now + timedelta(days=days, hours=1))
        author.acts(f"/dashboard/referrals/{post.referral}/move", to=to)
        desk.opens(page).presses("It is done", typed={"Your own words": said, "I sent a card": "card"})
        assert said in desk.opens(page).text
    assert "For the first." not in desk.text


def test_for_nothing_in_particular_stands_what_happened_lately(desk: Desk, database: Database):
    number = person_named(database, "A gardener")
    desk.opens(f"/dashboard/people/{number}").follows("Thank them in your own words")
    assert "You answered" in desk.text
    desk.presses("It is done", typed={"Your own words": HEARTFELT, "I called": "call"})
    assert "Your thanks are noted." in desk.text
    assert desk.path == f"/dashboard/people/{number}"
    assert kept(database) == [("call", HEARTFELT)]


def test_a_note_of_the_meeting_stands_beside_the_box(desk: Desk):
    typed = {"Their name": "A roofer", "Where you met": "At the market, by the eggs"}
    desk.opens("/dashboard/capture").presses("Keep", typed=typed)
    desk.opens("/dashboard/people?q=roofer").follows("A roofer").follows("You met them")
    assert "At the market, by the eggs" in desk.text


def test_the_ledger_lists_what_is_owed_and_what_was_given_and_counts_neither(desk: Desk, post: Post):
    desk.opens("/dashboard/thanks")
    assert "A plumber" in desk.text
    assert "Referred A teacher to you" in desk.text
    desk.presses("Sent a card", "A plumber")
    assert "You owe nobody thanks." in desk.opens("/dashboard/thanks").text
    desk.follows("Given")
    assert "You sent a card" in desk.row("A plumber").text_content()
    desk.presses("Undo", "A plumber")
    assert "Referred A teacher to you" in desk.opens("/dashboard/thanks").text


def test_who_was_put_off_for_good_is_not_in_the_ledger(desk: Desk, author: Author, post: Post, database: Database):
    plumber, row = person_named(database, "A plumber"), f"referral-{post.referral}-receipt"
    author.acts(f"/dashboard/people/{plumber}/later", row=row, days="1")
    assert "A plumber" in desk.opens("/dashboard/thanks").text
    author.acts(f"/dashboard/people/{plumber}/later", row=row, days="")
    assert "A plumber" not in desk.opens("/dashboard/thanks").text


def test_many_rows_cost_no_more_questions_than_few(desk: Desk, database: Database, now: datetime):
    asked: list[str] = []
    listening.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def questions(show: str) -> int:
        asked.clear()
        desk.opens(f"/dashboard/thanks?show={show}")
        return len(asked)

    def live(names: range) -> None:
        with database.write() as session:
            for name in names:
                number = network.person(session, f"Person {name}", now)
                changes.log_act(session, number, Kind.MET, now)
                changes.thank(session, number, "card", now)

    live(range(2))
    few = [questions(show) for show in ("owed", "given")]
    live(range(2, 12))
    assert [questions(show) for show in ("owed", "given")] == few


def test_where_nothing_is_owed_there_is_no_page(author: Author, post: Post):
    for path in ("thanks/999", "people/999/thanks", "referrals/999/thanks/receipt", "thanks/1"):
        assert author.client.get(f"/dashboard/{path}").status_code == 404, path


def test_nobody_is_thanked_for_what_is_not_owed(author: Author, post: Post, database: Database):
    before = dump(database)
    path = f"/dashboard/people/{person_named(database, 'A baker')}/thanks"
    for duty in ("999", "receipt", "-1", "²", "1" * 30):
        assert author.posts(path, how="card", duty=duty).status_code == 422, duty
    assert dump(database) == before


def test_a_promise_is_no_thanks(author: Author, post: Post, database: Database, now: datetime):
    with database.write() as session:
        number = network.person(session, "A roofer", now)
        promise = changes.log_act(session, number, Kind.PROMISE_MADE, now, day=now).id
    assert author.client.get(f"/dashboard/thanks/{promise}").status_code == 404
    path = f"/dashboard/people/{number}/thanks"
    assert author.posts(path, how="card", duty=str(promise)).status_code == 422


def test_what_it_cost_is_kept_with_it_and_stands_there_again_when_it_is_no_sum(desk: Desk):
    desk.opens("/dashboard/").follows("I met somebody").presses("Keep", typed={"Their name": "A weaver"})
    desk.follows("You met them")
    typed = {"Your own words": "You lent me a loom.", "I gave a gift": "gift", "What it cost": "a lot"}
    desk.presses("It is done", typed=typed, status=422)
    assert "a sum like 4.50" in desk.text
    desk.presses("It is done", typed={"What it cost": "12.5"})
    assert "gave a gift" in desk.opens("/dashboard/thanks?show=given").text
    assert "it cost 12.50" in desk.text

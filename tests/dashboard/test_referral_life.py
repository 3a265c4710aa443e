"""One referral followed with pages only: the referrer's, the author's and the referred person's, day by day."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.dashboard.conftest import Author
from tests.support.desk import Desk, words

REFERRED = {
    "Your name": "A florist", "Your e-mail": "florist@example.com", "Their name": "A caterer",
    "What do they need?": "A bigger kitchen, before the spring.",
}  # fmt: skip


@pytest.fixture
def desk(author: Author) -> Desk:
    return Desk(author.client)


def refers(app: Flask, level: str) -> Desk:
    """A visitor refers somebody and goes on to the page of his own."""
    visitor = Desk(app.test_client(), "/forms/referral")
    visitor.presses("Send your referral", typed={**REFERRED, level: "on"})
    return visitor.follows("a page of your own")


def stands_at(visitor: Desk) -> str:
    """What the referrer's page says now. It never speaks of money, gifts or addresses."""
    visitor.opens(visitor.path)
    assert not [each for each in ("gift", "card", "$", "@", "kitchen") if each in visitor.text.replace("card on", "")]
    (here,) = visitor.page.xpath("//*[@aria-current='step']")
    return words(here)


def group(desk: Desk, heading: str) -> str:
    desk.opens("/dashboard/")
    return " ".join(words(each) for each in desk.page.iter("section") if words(each.find("h2")).startswith(heading))


def record(desk: Desk, to: str) -> Desk:
    return desk.opens("/dashboard/referrals/1").presses("Record it", typed={"Record": to})


def test_one_referral_followed_with_pages_only(app: Flask, desk: Desk, at_now, now):
    visitor = refers(app, "I have someone in mind")
    assert stands_at(visitor) == "Received"
    assert "the next step is yours: introduce us to each other" in visitor.text

    assert "Referred A caterer to you" in group(desk, "Thank")
    desk.presses("Wrote", "Referred A caterer to you")
    assert "A florist" not in group(desk, "Thank")
    assert "Would you ask them" in words(desk.opens("/dashboard/referrals/1").page.find(".//textarea"))
    record(desk, "waiting")
    assert stands_at(visitor) == "Received"

    at_now.move_to(now + timedelta(days=2))
    visitor.presses("Send me a reminder")
    assert "Thank you for asking." in visitor.text
    assert "Reminds you of A caterer" in group(desk, "Reply")
    desk.presses("I answered", "Reminds you of A caterer")
    assert "Reminds you" not in group(desk, "Reply")

    at_now.move_to(now + timedelta(days=3))
    desk.opens("/dashboard/referrals/1").presses("Confirm", typed={"As you know it": "L3"})
    assert "A florist introduces them to you" in group(desk, "Reply")
    desk.presses("I was in touch", "A florist introduces them to you")
    assert stands_at(visitor) == "In touch"
    desk.opens("/dashboard/referrals/1").presses("Take A caterer into your list")

    at_now.move_to(now + timedelta(days=5))
    record(desk, "met")
    assert stands_at(visitor) == "Met"

    ended = now + timedelta(days=8)
    at_now.move_to(ended)
    record(desk, "customer")
    assert stands_at(visitor) == "Helped"
    visitor.presses("Did it help?")
    assert "Asks whether it helped A caterer" in group(desk, "Reply")
    assert "Through them, A caterer became a customer. Thank them again" in group(desk, "Thank")
    desk.presses("Sent a card", "Through them, A caterer became a customer")
    assert "Wants to know what came of A caterer: became a customer" in group(desk, "Promises")
    desk.presses("I told them", "Wants to know what came of A caterer")
    assert "A caterer You met them." in group(desk, "Thank"), "what befell the referral befell the person"
    desk.presses("Wrote", "You met them")
    desk.presses("Sent a card", "They bought from you")
    assert [group(desk, each) for each in ("Reply", "Thank", "Promises")] == ["", "", ""], (
        "nothing is owed but a reward"
    )

    at_now.move_to(ended + timedelta(days=14, minutes=-1))
    assert "A caterer became" not in group(desk, "Thank")
    at_now.move_to(ended + timedelta(days=14, minutes=1))
    assert "A caterer became a customer through them. Fitting: card and gift A" in group(desk, "Thank")
    desk.presses("Gave a gift", "A caterer became a customer through them")
    assert "A caterer" not in group(desk, "Thank")
    assert stands_at(visitor) == "Helped"
    told = [words(each) for each in desk.opens("/dashboard/referrals/1").page.xpath("//ol[@class='timeline']/li")]
    for way in ("wrote an e-mail", "sent a card", "gave a gift"):
        assert len([each for each in told if f"You thanked them: {way}" in each]) == 1, way


def test_one_who_says_no_is_left_in_peace(app: Flask, desk: Desk, at_now, now):
    """From "they agreed" over the first message to one press of whoever got it."""
    visitor = refers(app, "I told them, and they agreed")
    letter = words(desk.opens("/dashboard/referrals/1").page.find(".//textarea"))
    desk.presses("I sent it")
    assert stands_at(visitor) == "In touch"
    (link,) = [each for each in letter.split() if "/links/" in each]
    caterer = Desk(app.test_client(), link.removeprefix("http://localhost"))
    caterer.presses("Please don’t contact me")
    assert "I leave you in peace" in caterer.text
    assert "There is nothing more to show on this page." in visitor.opens(visitor.path).text
    assert "Referred A caterer to you" in group(desk, "Thank"), "whatever comes of it"
    at_now.move_to(now + timedelta(days=20))
    assert group(desk, "Promises") == group(desk, "Reply") == ""

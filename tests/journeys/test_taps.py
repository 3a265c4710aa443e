"""Taps on a phone, counted: a touch logged from any list in two at most, ten rows of Today cleared in fifteen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from forms_service.db import Database, make_engine
from forms_service.models import Kind
from forms_service.people import changes
from tests.support import network, received
from tests.support.project import Served

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "java_script_enabled": False}
#: What a thumb hits.
LEAST = 44


class Thumb:
    """Taps and counts them."""

    def __init__(self, tab: Page) -> None:
        self.tab, self.taps = tab, 0

    def tap(self, target: Locator) -> None:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= LEAST, (target, box)
        assert box["x"] >= 0, (target, box)
        assert box["x"] + box["width"] <= PHONE["viewport"]["width"], (target, box)
        target.tap()
        self.taps += 1


@contextmanager
def books(served: Served) -> Iterator[Database]:
    """The database of the running service."""
    engine = make_engine(f"sqlite:///{served.project / 'var' / 'gratitude.sqlite3'}")
    yield Database(engine)
    engine.dispose()


@pytest.fixture(scope="module")
def phone(browser: Browser, served: Served) -> Iterator[Page]:
    """The author's phone, signed in."""
    context = browser.new_context(**PHONE)
    tab = context.new_page()
    tab.goto(served.sign_in_link)
    tab.get_by_role("button", name="Sign in").click()
    yield tab
    context.close()


def fill_the_lists(served: Served) -> None:
    """A thatcher in every list: one wrote, one commented, one referred, one needs something and drifts away."""
    now = datetime.now(UTC)
    with books(served) as database, database.write() as session:
        received.contact(session, now, name="A thatcher")
        received.comment(session, now, name="A thatcher")
        received.referral(session, now, name="A thatcher")
        number = network.person(session, "A thatcher", now)
        network.need(session, number, "thatcher", now)
        changes.log_act(session, number, Kind.CALLED, now, at=now - timedelta(days=3000))


LISTS = {
    "Today": ("/dashboard/", [r"^I called \(A thatcher\)"]),
    "people": ("/dashboard/people?q=thatcher", [r"^Called A thatcher"]),
    "inbox": ("/dashboard/inbox?show=waiting", [r"^I answered A thatcher"]),
    "inbox, answered": ("/dashboard/inbox?show=all", [r"^Their page \(A thatcher\)", r"^Called"]),
    "comments": ("/dashboard/comments", [r"^Their page \(A thatcher\)", r"^Called"]),
    "referrals": ("/dashboard/referrals", [r"^A thatcher", r"^Called"]),
    "thanks": ("/dashboard/thanks", [r"^Said it \(A thatcher\)"]),
    "needs": ("/dashboard/needs/", [r"^A thatcher", r"^Called"]),
}


def test_a_touch_is_logged_from_any_list_in_two_taps(phone: Page, served: Served, record_property):
    fill_the_lists(served)
    for listed, (path, way) in LISTS.items():
        phone.goto(f"{served.url}{path}")
        thumb = Thumb(phone)
        for label in map(re.compile, way):
            thumb.tap(phone.get_by_role("button", name=label).or_(phone.get_by_role("link", name=label)).first)
        expect(phone.locator(".said")).to_contain_text(
            re.compile("You called|answered|thanks are noted|logged already")
        )
        print(f"\ntaps for a touch from {listed}: {thumb.taps}", end="")
        record_property(f"taps from {listed}", thumb.taps)
        assert thumb.taps <= 2


def test_ten_rows_of_today_are_cleared_in_fifteen_taps(phone: Page, served: Served, record_property):
    now = datetime.now(UTC)
    with books(served) as database, database.write() as session:
        people = [network.person(session, f"Tapped {number}", now) for number in range(10)]
        for number in people[:4]:
            changes.log_act(session, number, Kind.MET, now, at=now - timedelta(days=2000))
        for number in people[4:7]:
            changes.log_act(session, number, Kind.PROMISE_MADE, now, day=now - timedelta(days=2000), note="a card")
        for number in people[7:9]:
            changes.log_act(session, number, Kind.CALLED, now, at=now - timedelta(days=2500))
        changes.log_act(session, people[9], Kind.ONE_TO_ONE_BOOKED, now, day=now - timedelta(days=2000))
    phone.goto(f"{served.url}/dashboard/")
    thumb, rows = Thumb(phone), phone.locator("li.entry").filter(has=phone.get_by_text(re.compile("^Tapped ")))
    there = rows.count()
    assert there >= 10
    while rows.count() > there - 10:
        thumb.tap(rows.first.get_by_role("button").first)
        expect(phone.locator(".said")).to_be_visible()
    print(f"\ntaps for ten rows of Today: {thumb.taps}", end="")
    record_property("taps", thumb.taps)
    assert thumb.taps <= 15

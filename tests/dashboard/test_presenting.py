"""How times and browsers are put into words."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from forms_service.app import create_app
from forms_service.dashboard.browser_words import browser_words
from forms_service.dashboard.presenting import excerpt, when
from tests.dashboard.conftest import OWN, fresh_link

ZONE = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 18, 0, 5, tzinfo=ZONE), "today, 12:05 AM"),
        (datetime(2026, 11, 17, 13, 0, tzinfo=ZONE), "yesterday, 1:00 PM"),
        (datetime(2026, 11, 19, 10, 30, tzinfo=ZONE), "tomorrow, 10:30 AM"),
        (datetime(2026, 11, 8, 10, 30, tzinfo=ZONE), "Sun, Nov 8, 10:30 AM"),
        (datetime(2025, 11, 9, 22, 0, tzinfo=ZONE), "Sun, Nov 9, 2025, 10:00 PM"),
    ],
)
def test_a_moment_is_said_as_one_would(moment: datetime, words: str):
    assert when(moment, datetime(2026, 11, 18, 15, 0, tzinfo=ZONE)) == words


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on an iPhone"),
        ("curl/8.5.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_named(user_agent: str, words: str):
    assert browser_words(user_agent) == words


def test_a_site_below_a_path_keeps_its_dashboard_there(config, database, post):
    below = replace(config, identity=replace(config.identity, url="http://localhost/letters"))
    client = create_app(below, database).test_client()
    assert client.get("/dashboard/inbox").location == "/letters/dashboard/sign-in"
    link = fresh_link(below, database).removeprefix("/letters")
    answer = client.post(link, data={"press": "1"}, headers=OWN)
    assert answer.location == "/letters/dashboard/"
    assert "Path=/letters/dashboard" in answer.headers["Set-Cookie"]


def test_an_excerpt_ends_behind_a_word():
    assert excerpt("Give thanks to the miller.", 21) == "Give thanks to the…"
    assert excerpt("Give thanks.", 19) == "Give thanks."


@pytest.mark.parametrize("whole", ["👩‍👩‍👧", "e\u0301\u0323", "👋🏽", "❤️"])
def test_an_excerpt_tears_no_character(whole: str):
    for longest in range(1, 30):
        shown = excerpt(whole * 20, longest)
        assert shown == "…" or not shown.removesuffix("…").replace(whole, "")
        assert len(shown) <= longest

"""The calendar reads back as it was meant: valid, stable, right over changes of the clocks, whatever was typed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bridge.identity import Identity
from forms_service.calendar.entries import Entry, entries
from forms_service.calendar.feed import feed
from forms_service.db import Database
from forms_service.models import Kind
from forms_service.outbox.plain import one_line
from forms_service.people import changes
from forms_service.people.days import day_of, on_day
from forms_service.people.queries.dated import Dated, dated
from forms_service.people.today_words import Group, Row
from tests.support import network

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)


def entry(summary: str = "A day", **more: object) -> Entry:
    given = {"starts": date(2026, 11, 20), "ends": date(2026, 11, 21), "url": "https://example.com/dashboard/", **more}
    return Entry("a-1@example.com", summary, **given)  # type: ignore[arg-type]


def read_back(*listed: Entry) -> list[dict[str, object]]:
    text = feed(listed, "Today", "America/New_York", NOW)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert b"\n" not in text.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(text)
    assert calendar.errors == []
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", *("VEVENT" for _ in listed)]
    return [dict(event) for event in calendar.walk("VEVENT")]


def test_a_calendar_without_entries_is_one_all_the_same():
    assert read_back() == []


@given(summary=st.text(max_size=120), description=st.text(max_size=200))
def test_whatever_was_typed_reads_back_as_one_entry(summary: str, description: str):
    said, about = one_line(summary), one_line(description)
    (event,) = read_back(entry(said, description=about))
    assert event["SUMMARY"] == said
    assert event.get("DESCRIPTION", "") == about


@pytest.mark.parametrize(
    ("day", "hour_in_utc"),
    [(date(2026, 3, 7), 14), (date(2026, 3, 9), 13), (date(2026, 10, 31), 13), (date(2026, 11, 2), 14)],
)
def test_half_past_nine_is_half_past_nine_on_both_sides_of_a_change(day: date, hour_in_utc: int):
    starts = datetime(day.year, day.month, day.day, 9, 30, tzinfo=NEW_YORK)
    (event,) = read_back(entry(starts=starts, ends=starts + timedelta(hours=1)))
    read = event["DTSTART"].dt  # type: ignore[attr-defined]
    assert (read.hour, read.minute) == (9, 30)
    assert read.astimezone(UTC) == datetime(day.year, day.month, day.day, hour_in_utc, 30, tzinfo=UTC)


def test_all_that_has_a_day_stands_there_under_names_that_stay(database: Database, identity: Identity):
    with database.write() as session:
        weaver = network.person(session, "A weaver; and, son", NOW)
        hour = on_day(NOW + timedelta(days=1), time(9, 30), NEW_YORK)
        changes.log_act(session, weaver, Kind.ONE_TO_ONE_BOOKED, NOW, day=hour, is_timed=True)
        changes.log_act(session, weaver, Kind.PURCHASED, NOW, day=NOW + timedelta(days=40))
        promise = changes.log_act(
            session, weaver, Kind.PROMISE_MADE, NOW, day=NOW + timedelta(days=2), note="a recipe\nfor two"
        )
        kept = changes.log_act(session, weaver, Kind.PROMISE_MADE, NOW, day=NOW + timedelta(days=3), choice="person")
        changes.keep_promise(session, weaver, kept.id, NOW)
        met = network.person(session, "A potter", NOW)
        changes.log_act(session, met, Kind.ONE_TO_ONE_BOOKED, NOW, day=NOW + timedelta(days=5))
        later = changes.log_act(session, met, Kind.FOLLOW_UP_SET, NOW, day=NOW + timedelta(days=9))
        quiet = network.person(session, "A hermit", NOW)
        changes.log_act(session, quiet, Kind.FOLLOW_UP_SET, NOW, day=NOW + timedelta(days=9))
        changes.log_act(session, quiet, Kind.DO_NOT_CONTACT, NOW)
        promised, set_for = promise.id, later.id
    groups = [Group("thank", "Thank", (Row("r", "A plumber", None, "They bought from you"),))]

    def listed() -> list[Entry]:
        with database.read() as session:
            return entries(dated(session, day_of(NOW, NEW_YORK)), groups, NOW, identity)

    assert [(each.uid.removesuffix("@example.com"), each.summary, each.starts) for each in listed()] == [
        ("today-2026-11-18", "Today: 1 to thank", date(2026, 11, 18)),
        (f"meeting-{weaver}", "One-to-one with A weaver; and, son", datetime(2026, 11, 19, 9, 30, tzinfo=NEW_YORK)),
        (f"meeting-{met}", "One-to-one with A potter", date(2026, 11, 23)),
        (f"duty-{promised}", "You promised A weaver; and, son: a recipe for two", date(2026, 11, 20)),
        (f"duty-{set_for}", "Be in touch with A potter", date(2026, 11, 27)),
        (f"term-{weaver}-20261228", "The term of A weaver; and, son ends", date(2026, 12, 28)),
    ]
    read = read_back(*listed())
    assert len({event["UID"] for event in read}) == len(read)
    assert read[0]["DESCRIPTION"] == "Thank: A plumber. They bought from you."
    assert [each.uid for each in listed()] == [each.uid for each in listed()]


def test_a_day_that_asks_nothing_has_no_entry(identity: Identity):
    assert entries(Dated([], [], []), [], NOW, identity) == []


def test_a_group_that_holds_more_than_it_shows_says_so_as_the_page_does(identity: Identity):
    rows = (Row("r", "A plumber", None, "They bought from you"),)
    groups = [[Group("thank", "Thank", rows, more)] for more in (True, False)]
    full, whole = (entries(Dated([], [], []), each, NOW, identity) for each in groups)
    assert full[0].description == whole[0].description + "\nThank: more wait behind these."

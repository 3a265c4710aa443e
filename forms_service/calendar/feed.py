"""Entries as RFC 5545 writes them; every calendar program reads it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, Timezone

from forms_service.calendar.entries import Entry

PRODUCT = "-//Gratitude Marketing//Today//EN"
#: How often a calendar program should look again.
REFRESH = timedelta(hours=1)


def feed(entries: Sequence[Entry], name: str, zone: str, now: datetime) -> bytes:
    """The whole calendar, called `name`, with the clocks of `zone` explained."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(
        Timezone.from_tzid(zone, first_date=date(now.year - 1, 1, 1), last_date=date(now.year + 3, 1, 1))
    )
    for entry in entries:
        calendar.add_component(_event(entry, now))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("summary", entry.summary)
    if entry.description:
        event.add("description", entry.description)
    event.add("url", entry.url)
    # What lasts the whole day leaves the hours free.
    event.add("transp", "OPAQUE" if isinstance(entry.starts, datetime) else "TRANSPARENT")
    return event

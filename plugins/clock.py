"""What "now" is for a build: one moment, from which every rule about today and the future is read. Pure."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def moment(given: str | date | None, zone: ZoneInfo, now: datetime) -> datetime:
    """The setting BUILD_DATE as a moment: `now` where it is silent; a day without an hour counts to its end."""
    if given is None or given == "":
        return now.astimezone(zone)
    if isinstance(given, str):
        given = date.fromisoformat(given) if len(given) <= len("2026-11-22") else datetime.fromisoformat(given)
    if not isinstance(given, datetime):
        return datetime.combine(given, time.max, zone)
    return given.replace(tzinfo=zone) if given.tzinfo is None else given.astimezone(zone)

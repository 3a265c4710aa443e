"""Puts every date into the site's own time zone, whatever offset an essay's front matter gives.

An essay sent at 23:30 on the 31st belongs to the month the author's calendar shows, and so does its address.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from pelican import signals


def into_site_zone(content: Any) -> None:
    zone = ZoneInfo(content.settings["TIMEZONE"])
    for name in ("date", "modified"):
        if hasattr(content, name):
            setattr(content, name, getattr(content, name).astimezone(zone))


def register() -> None:
    signals.content_object_init.connect(into_site_zone)

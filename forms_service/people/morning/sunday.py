"""What a Sunday asks for: this week's essay. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from bridge.dates import short_date
from forms_service.people.morning.telling import Telling

NEW_ESSAY_AFTER = timedelta(days=6)


def essay_due(newest: datetime | None, told: Telling) -> str:
    """On a Sunday without a new essay: since when the newest has stood; "" otherwise."""
    local = told.moment.astimezone(told.who.zone)
    if local.weekday() != 6 or newest is None or told.moment - newest < NEW_ESSAY_AFTER:
        return ""
    return f"The newest essay is from {short_date(newest.astimezone(told.who.zone))}. This Sunday’s is not out yet."

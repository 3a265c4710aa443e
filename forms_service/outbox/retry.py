"""When to try a mail again, and when to stop trying. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

#: The waits after the first failures. A mail server that only blinked is tried again soon …
FIRST_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 39))
#: … one that stays away, every hour: 24 hours in all, then the mail is given up, visibly.
LATER_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = len(FIRST_WAITS) + 23 + 1


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after `attempts` have failed, the last one at `now`; None once a day was spent trying."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return now + (FIRST_WAITS[attempts - 1] if 1 <= attempts <= len(FIRST_WAITS) else LATER_WAIT)

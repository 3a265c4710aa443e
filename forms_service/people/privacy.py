"""How long the details of somebody who has not agreed may be kept, and whose those are. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from forms_service.models.event import Actor, Event, Kind
from forms_service.models.referral import BEFORE_CONTACT

PRIVACY_LIMIT = timedelta(days=30)
#: So many days before, the author is reminded.
PRIVACY_NOTICE = timedelta(days=10)
#: Nobody has said yes: not the person, and not the referrer on their behalf.
WITHOUT_A_YES = ("L0", "L1")
#: A referral by which nobody was met: it was never followed, or they could not be reached.
UNFOLLOWED = (*BEFORE_CONTACT, "duplicate", "unreachable")
#: After an act of the author's that took a yes or a contact away, so long nothing goes: it may have been a slip.
SECOND_THOUGHTS = timedelta(days=1)
LOWERING = (Kind.LEVEL_CONFIRMED, Kind.OWN_YES_SET, Kind.UNDONE)
#: An address, or a number that one could call.
CONTACT = re.compile(r"\S@\S|(?:\d[\s()./-]{0,3}){7}")
#: A day, with or without an hour, is no number to call.
DAY = re.compile(r"(?<![\d./-])(?:\d{4}-\d\d?-\d\d?|\d\d?([./])\d\d?\1(?:19|20)\d\d)(?:,? \d\d?[:.]\d\d)?(?![./-]?\d)")


def names_somebody(name: str, need: str) -> bool:
    """Whether these words of a referrer can lead to a person. A mere situation leads to nobody."""
    return bool(name.strip() or CONTACT.search(DAY.sub("~", need)))


def were_in_touch(events: Iterable[Event]) -> bool:
    """Whether contact ever came, by the standing events of one referral, whatever was recorded later."""
    return any(
        event.kind == Kind.FIRST_MESSAGE_SENT
        or (event.kind == Kind.REFERRAL_MOVED and event.data["to"] not in (*UNFOLLOWED, "expired"))
        for event in events
    )


def may_be_a_slip(events: Iterable[Event], now: datetime) -> bool:
    """Whether the author, by any event of one referral, lowered its level or took something back only now.

    What he was given only now he may not have read yet.
    """
    return any(
        event.at > now - SECOND_THOUGHTS
        and (event.kind == Kind.CONTACT_DETAILS_GIVEN or (event.actor == Actor.AUTHOR and event.kind in LOWERING))
        for event in events
    )

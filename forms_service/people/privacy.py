"""How long the details of somebody who has not agreed may be kept, and whose those are. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from forms_service.models.event import Event, Kind
from forms_service.models.referral import BEFORE_CONTACT

PRIVACY_LIMIT = timedelta(days=30)
#: So many days before, the author is reminded.
PRIVACY_NOTICE = timedelta(days=10)
#: Nobody has said yes: not the person, and not the referrer on their behalf.
WITHOUT_A_YES = ("L0", "L1")
#: A referral that was never followed: nobody else will ask for its details.
UNFOLLOWED = (*BEFORE_CONTACT, "duplicate")
#: An address, or a number that one could call.
CONTACT = re.compile(r"\S@\S|(?:\d[\s()./-]{0,3}){7}")


def names_somebody(name: str, need: str) -> bool:
    """Whether these words of a referrer can lead to a person. A mere situation leads to nobody."""
    return bool(name.strip() or CONTACT.search(need))


def were_in_touch(events: Iterable[Event]) -> bool:
    """Whether contact ever came, by the standing events of one referral, whatever was recorded later."""
    return any(
        event.kind == Kind.FIRST_MESSAGE_SENT
        or (event.kind == Kind.REFERRAL_MOVED and event.data["to"] not in (*UNFOLLOWED, "expired"))
        for event in events
    )

"""What a referrer sees of his own referral, in coarse words, and what he may ask there. Pure.

No money, no dates but his own, nothing about the person referred but the name he typed himself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from forms_service.models.referral import BEFORE_CONTACT
from forms_service.people.duties import ENDS

#: The coarse word of each status; who does not want to be contacted is not spoken of at all.
STATION_OF = {
    "received": "received", "acknowledged": "received", "waiting": "received", "contacted": "in_touch", "met": "met",
    "customer": "helped", "partner": "helped", "helped_elsewhere": "helped", "not_now": "no_fit", "no": "no_fit",
    "unreachable": "no_fit", "expired": "no_fit",
    "duplicate": "received",  # what came of it stands on the page of the other, which is not this referrer's business
}  # fmt: skip
STATION_WORDS = {
    "received": "Received", "in_touch": "In touch", "met": "Met", "helped": "Helped", "no_fit": "Not a fit now",
}  # fmt: skip
SENTENCES = {
    "received": "Your referral has arrived, and I have it in mind.",
    "in_touch": "We are in touch.",
    "met": "We have met.",
    "helped": "It helped. Thank you once more for thinking of us both.",
    "no_fit": "It is not a fit now. Your thought counts just the same, and another time it may be one.",
}
#: To nobody who does not know of it does the author write first.
NOT_ASKED = "I write to nobody who has not been asked, so the next step is yours: introduce us to each other."
WAY, ENDINGS = ("received", "in_touch", "met"), ("helped", "no_fit")
OWN_YES = (
    "Where they live I may write only to somebody who has told me so themselves, so the next step is yours: "
    "introduce us to each other."
)
#: What may be asked.
ASKS = ("remind", "helped")
ONCE_IN = timedelta(days=1)


@dataclass(frozen=True)
class Station:
    words: str
    is_here: bool


def stations(status: str) -> list[Station]:
    """The way of a referral as its referrer sees it. Once it has come to no fit, the way is cut short."""
    here = STATION_OF[status]
    way = ("received", "no_fit") if here == "no_fit" else (*WAY, "helped")
    return [Station(STATION_WORDS[each], each == here) for each in way]


def sentences(status: str, level: str, needs_own_yes: bool = False) -> list[str]:
    """Where it stands, and whose turn it is. `level`: as the author or else the referrer says.

    `needs_own_yes`: where the person lives, what the referrer says of their consent does not count.
    """
    turn = {"L1": NOT_ASKED, "L2": OWN_YES if needs_own_yes else ""}.get(level, "")
    return [SENTENCES[STATION_OF[status]], *([turn] if turn and status in BEFORE_CONTACT else [])]


def may_ask(status: str, asked_last: datetime | None, now: datetime) -> Sequence[str]:
    """What the buttons offer: a reminder on the way, and from "in touch" on whether it helped; once a day in all."""
    if asked_last is not None and now < asked_last + ONCE_IN:
        return ()
    offered = [] if status in ENDS else ["remind"]
    return [*offered, *(["helped"] if STATION_OF[status] != "received" else [])]

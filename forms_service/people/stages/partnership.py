"""The partner axis, which has nothing to do with buying: getting to know, partner, resting. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from forms_service.models.event import Event, Kind
from forms_service.people.stages.moments import happened
from forms_service.people.stages.partner import has_helped, is_partner
from forms_service.people.stages.touch import interval, last_touch, next_meeting


@dataclass(frozen=True)
class Partnership:
    """`stage` is "", "getting to know", "partner" or "resting"."""

    stage: str
    reason: str
    is_suggested: bool = False


def partnership(events: Sequence[Event], now: datetime) -> Partnership:
    """The stage on the partner axis, which has nothing to do with buying."""
    kinds = {event.kind for event in events}
    if is_partner(events):
        heard, longest = _last_heard(events), timedelta(days=interval(events).maximum)
        if now - heard > longest:
            return Partnership("resting", f"a partner, silent for more than {longest.days} days")
        word = "you said so" if Kind.PARTNER_CONFIRMED in kinds else "you sat down together, and one helped the other"
        return Partnership("partner", word)
    helped = has_helped(events)
    if Kind.ONE_TO_ONE_HELD in kinds or next_meeting(events) is not None:
        return Partnership("getting to know", "a one-to-one is booked or held", helped)
    return Partnership("", "no one-to-one yet", helped)


def _last_heard(events: Sequence[Event]) -> datetime:
    """The last touch; where none was noted, the day on which the author called them a partner."""
    said = (happened(event) for event in events if event.kind == Kind.PARTNER_CONFIRMED)
    return last_touch(events) or max(said)

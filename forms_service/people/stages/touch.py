"""When the author and a person were last in touch, how long a silence is good, and when they meet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from forms_service.models.event import Event, Kind
from forms_service.people.stages.moments import BUYS, happened, moment
from forms_service.people.stages.partner import is_partner

#: What counts as being in touch, always the author's own act: no mail of a machine's does.
TOUCHES = (
    Kind.MET, Kind.ONE_TO_ONE_HELD, Kind.CALLED, Kind.E_MAILED, Kind.IN_TOUCH, Kind.CARD_SENT, Kind.ANSWERED,
    Kind.THANKED, Kind.TERM_SPOKEN_OF, Kind.OUTCOME_TOLD, Kind.OUTBOUND_ASKED,
)  # fmt: skip
#: In days: how often is good, and how long is too long.
ROLES = {
    "family": (30, 60), "employee": (30, 60), "friend": (45, 90), "neighbour": (90, 180), "vendor": (120, 240),
}  # fmt: skip
#: May be thanked with words and cards only.
REGULATED = "regulated"
PARTNERS, BUYERS, OTHERS = (30, 60), (60, 120), (90, 180)


@dataclass(frozen=True)
class Interval:
    """How many days of silence are good, and how many at most."""

    ideal: int
    maximum: int


#: Thanks that speak to somebody else are no touch of theirs.
TO_OTHERS = ("told_boss", "mention")


def last_touch(events: Iterable[Event]) -> datetime | None:
    """The last time the author and the person were in touch; a mail the machine sent is none."""
    touches = [happened(event) for event in events if event.kind in TOUCHES and event.data.get("how") not in TO_OTHERS]
    return max(touches, default=None)


def roles(events: Iterable[Event]) -> tuple[str, ...]:
    said = [event for event in events if event.kind == Kind.ROLES_SET]
    return tuple(said[-1].data["roles"]) if said else ()


def interval(events: Sequence[Event]) -> Interval:
    """What the author said for this person; else the closest of what they are to him."""
    said = [event for event in events if event.kind == Kind.INTERVAL_SET]
    if said and said[-1].data:
        return Interval(said[-1].data["ideal"], said[-1].data["maximum"])
    fitting = [ROLES[role] for role in roles(events) if role in ROLES]
    if is_partner(events):
        fitting.append(PARTNERS)
    if any(event.kind in BUYS for event in events):
        fitting.append(BUYERS)
    return Interval(*min(fitting, default=OTHERS))


def next_meeting(events: Iterable[Event]) -> datetime | None:
    """The one-to-one that is booked and neither held nor overtaken by a later booking."""
    booked: datetime | None = None
    for event in events:
        if event.kind == Kind.ONE_TO_ONE_BOOKED:
            booked = moment(event, "for")
        elif event.kind in (Kind.ONE_TO_ONE_HELD, Kind.MEETING_DECLINED):
            booked = None
    return booked

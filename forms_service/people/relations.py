"""How far the author would put his name to somebody, from the standing events. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from forms_service.models.event import Event, Kind
from forms_service.people.known import Depth

#: His own word, shown to nobody else.
VOUCHES = {"yes": "I vouch for them", "not_yet": "Not yet", "no": "Rather not"}
#: The events that the functions here read.
KINDS = (Kind.ONE_TO_ONE_HELD, Kind.VOUCHED)
REFERENCE_KINDS = (Kind.REFERENCE_ALLOWED, Kind.REFERENCE_ENDED)


def vouch_in(events: Iterable[Event]) -> str:
    """The author's last word, else "not_yet"."""
    said = [event.data["as"] for event in events if event.kind == Kind.VOUCHED]
    return str(said[-1]) if said else "not_yet"


def reference_since(events: Iterable[Event]) -> datetime | None:
    """Since when they may name the author as a reference without asking; None where they ask."""
    said = sorted((e for e in events if e.kind in REFERENCE_KINDS), key=lambda event: event.id)
    return said[-1].at if said and said[-1].kind == Kind.REFERENCE_ALLOWED else None


def depth_in(events: Sequence[Event]) -> Depth:
    """Trusted who is vouched for, known whom he sat down with."""
    if vouch_in(events) == "yes":
        return Depth.TRUST
    return Depth.KNOW if any(event.kind == Kind.ONE_TO_ONE_HELD for event in events) else Depth.MET

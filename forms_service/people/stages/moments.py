"""When what an event says happened, and until when it holds. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from forms_service.models.event import Event, Kind

BUYS = (Kind.PURCHASED, Kind.RENEWED)


def moment(event: Event, name: str) -> datetime | None:
    """The moment that the event's data names, in UTC."""
    said = event.data.get(name) if event.data else None
    return datetime.fromisoformat(said).astimezone(UTC) if said else None


def happened(event: Event) -> datetime:
    """When it happened, which may be before it was recorded."""
    return moment(event, "at") or event.at

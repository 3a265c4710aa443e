"""Who is a partner, whatever they bought, and however long they have been silent. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from forms_service.models.event import Event, Kind


def has_helped(events: Iterable[Event]) -> bool:
    """A referral, an introduction or advice, whichever way it went."""
    return any(
        event.referral_id is not None or event.outbound_id is not None or event.kind == Kind.FAVOUR_DONE
        for event in events
    )


def is_partner(events: Sequence[Event]) -> bool:
    """By the author's word; or a one-to-one was held, and one has helped the other."""
    kinds = {event.kind for event in events}
    return Kind.PARTNER_CONFIRMED in kinds or (Kind.ONE_TO_ONE_HELD in kinds and has_helped(events))

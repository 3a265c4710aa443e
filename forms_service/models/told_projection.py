"""How needs, offers, acquaintances and outbound referrals follow from their events; called by `projection` alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from forms_service.models.event import Event, Kind
from forms_service.models.outbound import SIDES, OutboundReferral
from forms_service.models.told import Hint, Knows, Need, Offer

TOLD = (Kind.OFFER_TOLD, Kind.KNOWS_TOLD, Kind.HINT_TOLD)
OVER = (Kind.OFFER_ENDED, Kind.KNOWS_REPLACED)


def project_need(need: Need, events: Sequence[Event]) -> None:
    need.state, need.asked_at = "taken_back", need.told_at
    for event in events:
        if event.kind in (Kind.NEED_TOLD, Kind.NEED_RENEWED):
            need.state, need.asked_at = "open", event.at
        elif event.kind == Kind.NEED_WITHDRAWN:
            need.state = "withdrawn"
        elif event.kind == Kind.NEED_ANSWERED or (event.kind == Kind.OUTBOUND_MOVED and event.data["to"] == "helped"):
            need.state = "answered"


def project_told(row: Offer | Knows | Hint, events: Sequence[Event]) -> None:
    kinds = [event.kind for event in events]
    row.stands = any(kind in TOLD for kind in kinds) and not any(kind in OVER for kind in kinds)


def project_outbound(row: OutboundReferral, events: Sequence[Event]) -> None:
    row.helper_id, row.introduced_at, row.ended_at, row.status = None, None, None, "taken_back"
    asked: dict[str, datetime] = {}
    agreed: dict[str, datetime] = {}
    for event in events:
        if event.kind == Kind.OUTBOUND_DRAFTED:
            row.helper_id, row.status = event.data["helper_id"], "drafted"
            agreed |= dict.fromkeys(event.data["agreed"], event.at)
        elif event.kind == Kind.HELPER_NAMED:
            row.helper_id = event.data["helper_id"]
        elif event.kind == Kind.OUTBOUND_ASKED:
            asked[event.data["side"]] = event.at
        elif event.kind == Kind.OUTBOUND_AGREED:
            agreed[event.data["side"]] = event.at
        elif event.kind == Kind.OUTBOUND_MOVED:
            _move(row, event)
    row.asker_asked_at, row.helper_asked_at = asked.get("asker"), asked.get("helper")
    row.asker_agreed_at, row.helper_agreed_at = agreed.get("asker"), agreed.get("helper")
    if row.status == "drafted":
        row.status = _before(set(asked), set(agreed))


def _move(row: OutboundReferral, event: Event) -> None:
    row.status = event.data["to"]
    if row.status == "introduced":
        row.introduced_at, row.ended_at = event.at, None
    else:
        row.ended_at = event.at


def _before(asked: set[str], agreed: set[str]) -> str:
    """Where it stands before anybody is introduced."""
    if agreed >= set(SIDES):
        return "agreed"
    return "asked" if asked | agreed >= set(SIDES) else "drafted"

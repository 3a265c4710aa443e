"""The author's own acts, as his timeline and his morning tell them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bridge.dates import day_in_words, time_of_day
from forms_service.people.duties import WAYS

ACTS = {
    "met": "You met",
    "one_to_one_held": "You sat down together",
    "called": "You called",
    "e_mailed": "You wrote an e-mail",
    "in_touch": "You were in touch",
    "card_sent": "You sent a card",
    "upgraded": "They upgraded by themselves",
    "expired": "Their term ended",
    "term_spoken_of": "You spoke with them about their term",
    "interest_opened": "You opened the interest: a prospect",
    "client_confirmed": "You know them as a client",
    "partner_confirmed": "You know them as a partner",
    "meeting_declined": "They do not want to meet",
    "do_not_contact": "They do not want to be contacted",
    "outcome_told": "You told them how the referral ended",
    "promise_kept": "It was done as promised",
}
CLOSED = {
    "bought": "You closed the interest: they bought", "not_now": "You closed the interest: not now",
    "no": "They said no, and you honour it",
}  # fmt: skip


def act_words(kind: str, data: Mapping[str, Any], zone: ZoneInfo) -> str:
    """What the act says, without a full stop; "" for an act that is not the author's own; by the clocks of `zone`."""
    if kind in ACTS:
        return ACTS[kind]
    if kind == "favour_done":
        return "A favour was done, by introduction" if data.get("introducer_id") else "A favour was done"
    if kind == "interest_closed":
        return CLOSED[data["as"]]
    if kind == "thanked":
        return f"You thanked them: {WAYS[data['how']]}"
    if kind == "contact_lifted":
        return "They want to hear from you again" if data["by"] == "person" else "You are free to be in touch again"
    if kind == "roles_set":
        return f"You noted what they are: {', '.join(data['roles']) or 'nothing special'}"
    if kind == "interval_set":
        said = f"every {data['ideal']} days, at the latest after {data['maximum']}" if data else "as suggested"
        return f"You want to be in touch {said}"
    return _dated(kind, data, zone)


def _dated(kind: str, data: Mapping[str, Any], zone: ZoneInfo) -> str:
    if kind in ("purchased", "renewed"):
        done = "They bought" if kind == "purchased" else "They renewed"
        return f"{done}, until {_day(data['until'], zone)}" if data.get("until") else done
    if kind == "one_to_one_booked":
        return f"You booked a one-to-one for {_day(data['for'], zone)}{_hour(data, zone)}"
    if kind == "paused":
        return f"You leave them in peace until {_day(data['until'], zone)}"
    if kind == "promise_made":
        whose = "You promised" if data["by"] == "author" else "They promised"
        return f"{whose}, by {_day(data['due'], zone)}"
    if kind == "follow_up_set":
        return f"To be in touch on {_day(data['due'], zone)}"
    if kind == "put_off":
        return f"Put off until {_day(data['until'], zone)}" if data.get("until") else "Taken off Today"
    return ""


def _hour(data: Mapping[str, Any], zone: ZoneInfo) -> str:
    at = datetime.fromisoformat(data["for"])
    return f", {time_of_day(at.astimezone(zone))}" if data.get("timed") else ""


def _day(spelled: str, zone: ZoneInfo) -> str:
    at = datetime.fromisoformat(spelled)
    return day_in_words(at.astimezone(zone).date())

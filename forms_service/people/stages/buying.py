"""The buying axis: acquaintance, prospect, customer, client, former. Pure.

A stage falls back by itself when the term that held it up has ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from forms_service.models.event import Event, Kind
from forms_service.people.stages.moments import BUYS, happened, moment

GRACE = timedelta(days=30)
ONE_OFF = timedelta(days=365)


@dataclass(frozen=True)
class Buying:
    """`stage` with its reason in words; `suggested`: what the author may confirm, or ""."""

    stage: str
    reason: str
    suggested: str = ""


@dataclass(frozen=True)
class Cover:
    """From a purchase to the end of its term, and to the end of its grace."""

    start: datetime
    ends: datetime
    lasts: datetime


def covers(events: Iterable[Event]) -> list[Cover]:
    """The terms, oldest first. An expiry ends whatever still ran, at once and without grace."""
    found: list[Cover] = []
    for event in events:
        at = happened(event)
        if event.kind in BUYS:
            until = moment(event, "until")
            found.append(Cover(at, until, until + GRACE) if until else Cover(at, at + ONE_OFF, at + ONE_OFF))
        elif event.kind == Kind.EXPIRED:
            found = [Cover(each.start, min(each.ends, at), min(each.lasts, at)) for each in found]
    return sorted(found, key=lambda each: each.start)


def term_ends(events: Iterable[Event]) -> datetime | None:
    """When the last term ends that was agreed; what was bought once has a year, and no end that anybody waits for."""
    return max((each.ends for each in covers(events) if each.lasts > each.ends), default=None)


def run_began(listed: Sequence[Cover], now: datetime) -> datetime | None:
    """Since when they have been a customer without a gap; None when they are none now."""
    began: datetime | None = None
    lasts: datetime | None = None
    for each in listed:
        if each.start > now:
            break
        if lasts is None or each.start >= lasts:
            began, lasts = each.start, each.lasts
        else:
            lasts = max(lasts, each.lasts)
    return began if lasts is not None and lasts > now else None


def buying(events: Sequence[Event], known_by_name: bool, now: datetime) -> Buying:
    """The stage on the buying axis at `now`. A client was confirmed in this run of terms and still shows the signs."""
    listed = covers(events)
    since = run_began(listed, now)
    if since is not None:
        return _customer(events, since, known_by_name)
    if any(each.start <= now for each in listed):
        return Buying("former", "a term has ended, and none has begun since")
    if _is_prospect(events):
        return Buying("prospect", "the interest is open")
    return Buying("acquaintance", "nothing has been bought, and no interest is open")


def _customer(events: Sequence[Event], since: datetime, known_by_name: bool) -> Buying:
    run = [event for event in events if happened(event) >= since]
    signs = client_signs(run, known_by_name)
    if len(signs) < 2:
        return Buying("customer", "a term is running")
    said = f"{' and '.join(signs)}, while a term is running"
    if any(event.kind == Kind.CLIENT_CONFIRMED for event in run):
        return Buying("client", said)
    return Buying("customer", "a term is running", suggested=said)


def client_signs(run: Sequence[Event], known_by_name: bool) -> list[str]:
    """What tells a client from a customer, among the events of one run of terms."""
    renewed = [event for event in run if event.kind == Kind.RENEWED]
    signs = []
    if any(event.data.get("automatic") for event in renewed) or len(renewed) > 1:
        signs.append("renews")
    if any(event.kind == Kind.UPGRADED for event in run):
        signs.append("upgraded by themselves")
    if known_by_name:
        signs.append("is known by name")
    return signs


def _is_prospect(events: Iterable[Event]) -> bool:
    is_open = False
    for event in events:
        # Being taken up from a referral stands on their own timeline without the referrer's submission.
        taken_up = event.kind == Kind.REFERRED_TAKEN_UP and event.submission_id is None
        if event.kind == Kind.INTEREST_OPENED or taken_up:
            is_open = True
        elif event.kind == Kind.INTEREST_CLOSED:
            is_open = False
    return is_open

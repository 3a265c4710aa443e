"""Where somebody stands: buying, partnership, whether they may be contacted, and when to be in touch. Pure.

Everything follows from the standing events about one person, oldest first; nothing is typed in, so a stage
falls back by itself when what held it up has ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from forms_service.models.event import Event, Kind

GRACE = timedelta(days=30)
ONE_OFF = timedelta(days=365)
TOUCHES = (
    Kind.MET, Kind.ONE_TO_ONE_HELD, Kind.CALLED, Kind.E_MAILED, Kind.CARD_SENT, Kind.ANSWERED, Kind.THANKED,
    Kind.TERM_SPOKEN_OF,
)  # fmt: skip
#: In days: how often is good, and how long is too long.
ROLES = {
    "family": (30, 60), "employee": (30, 60), "friend": (45, 90), "neighbour": (90, 180), "vendor": (120, 240),
}  # fmt: skip
#: May be thanked with words and cards only.
REGULATED = "regulated"
PARTNERS, BUYERS, OTHERS = (30, 60), (60, 120), (90, 180)
BUYS = (Kind.PURCHASED, Kind.RENEWED)


@dataclass(frozen=True)
class Buying:
    """`stage` with its reason in words; `suggested`: what the author may confirm, or ""."""

    stage: str
    reason: str
    suggested: str = ""


@dataclass(frozen=True)
class Partnership:
    """`stage` is "", "getting to know", "partner" or "resting"."""

    stage: str
    reason: str
    is_suggested: bool = False


@dataclass(frozen=True)
class Contact:
    """`status` is free, paused, declined or do_not_contact."""

    status: str
    until: datetime | None = None

    def allows(self, now: datetime) -> bool:
        return self.status == "free" or (self.until is not None and self.until <= now)


@dataclass(frozen=True)
class Interval:
    """How many days of silence are good, and how many at most."""

    ideal: int
    maximum: int


def moment(event: Event, name: str) -> datetime | None:
    """The moment that the event's data names, in UTC."""
    said = event.data.get(name) if event.data else None
    return datetime.fromisoformat(said).astimezone(UTC) if said else None


def happened(event: Event) -> datetime:
    """When it happened, which may be before it was recorded."""
    return moment(event, "at") or event.at


# The last touch, and when the next is due


def last_touch(events: Iterable[Event]) -> datetime | None:
    """The last time the author and the person were in touch; a mail the machine sent is none."""
    touches = [happened(event) for event in events if event.kind in TOUCHES and event.data.get("how") != "told_boss"]
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


# Buying


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
    return max((each.ends for each in covers(events)), default=None)


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


# Partnership


def has_helped(events: Iterable[Event]) -> bool:
    """A referral, an introduction or advice, whichever way it went."""
    return any(
        event.referral_id is not None or event.outbound_id is not None or event.kind == Kind.FAVOUR_DONE
        for event in events
    )


def is_partner(events: Sequence[Event]) -> bool:
    kinds = {event.kind for event in events}
    return Kind.PARTNER_CONFIRMED in kinds or (Kind.ONE_TO_ONE_HELD in kinds and has_helped(events))


def partnership(events: Sequence[Event], now: datetime) -> Partnership:
    """The stage on the partner axis, which has nothing to do with buying."""
    kinds = {event.kind for event in events}
    if is_partner(events):
        touched, longest = last_touch(events), timedelta(days=interval(events).maximum)
        if touched is not None and now - touched > longest:
            return Partnership("resting", f"a partner, silent for more than {longest.days} days")
        word = "you said so" if Kind.PARTNER_CONFIRMED in kinds else "you sat down together, and one helped the other"
        return Partnership("partner", word)
    helped = has_helped(events)
    if kinds & {Kind.ONE_TO_ONE_BOOKED, Kind.ONE_TO_ONE_HELD}:
        return Partnership("getting to know", "a one-to-one is booked or held", helped)
    return Partnership("", "no one-to-one yet", helped)


def next_meeting(events: Iterable[Event]) -> datetime | None:
    """The one-to-one that is booked and neither held nor overtaken by a later booking."""
    booked: datetime | None = None
    for event in events:
        if event.kind == Kind.ONE_TO_ONE_BOOKED:
            booked = moment(event, "for")
        elif event.kind in (Kind.ONE_TO_ONE_HELD, Kind.MEETING_DECLINED):
            booked = None
    return booked


# Contact


def contact(events: Iterable[Event]) -> Contact:
    """The last word counts, but for one: only the person lifts "do not contact"."""
    said = Contact("free")
    for event in events:
        if event.kind == Kind.DO_NOT_CONTACT:
            said = Contact("do_not_contact")
        elif event.kind == Kind.CONTACT_LIFTED and (said.status != "do_not_contact" or event.data["by"] == "person"):
            said = Contact("free")
        elif said.status != "do_not_contact" and event.kind == Kind.PAUSED:
            said = Contact("paused", moment(event, "until"))
        elif said.status != "do_not_contact" and event.kind == Kind.MEETING_DECLINED:
            said = Contact("declined")
    return said

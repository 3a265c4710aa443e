"""What is owed for what happened: exactly these rows, and which of them are done. Pure.

Every row has a cause, and is done by an act that names it. Taking the cause or the act back takes back its effect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from forms_service.models.event import Event, Kind
from forms_service.people.referral_words import OUTCOMES
from forms_service.people.stages import TOUCHES, happened, moment

#: How thanks are given.
WAYS = {
    "spoken": "said it", "call": "called", "e_mail": "wrote an e-mail", "card": "sent a card", "gift": "gave a gift",
    "credit": "gave a credit", "mention": "named them in public", "told_boss": "told their boss",
}  # fmt: skip
TELL_WITHIN = timedelta(days=7)
HOLD = timedelta(days=14)
#: Which duty of the author's each event is the cause of.
CAUSES = {
    Kind.MET: "note", Kind.ONE_TO_ONE_HELD: "note", Kind.PURCHASED: "thanks", Kind.RENEWED: "thanks",
    Kind.UPGRADED: "thanks", Kind.FAVOUR_DONE: "favour", Kind.PROMISE_MADE: "promise",
    Kind.FOLLOW_UP_SET: "follow_up",
}  # fmt: skip
RULES = ("note", "thanks", "favour", "reply", "promise", "follow_up")
TO_A_REFERRER = ("receipt", "tell", "outcome", "reward")
BY_THANKS = ("note", "thanks", "favour", "reply")
#: What takes the place of an earlier word on the same comment.
DECISIONS = (Kind.COMMENT_APPROVED, Kind.COMMENT_REJECTED, Kind.MARKED_SPAM, Kind.ERASED)
REWARDED = ("customer", "partner")
#: How a referral ends, by the author's word or by the clock; and the end of which nobody is told.
ENDS = (*OUTCOMES, "expired")
SILENT = ("do_not_contact",)


@dataclass(frozen=True)
class Owed:
    """One row: the event that caused it (its number), the rule, from when on it stands there, and when it was done."""

    event_id: int
    rule: str
    since: datetime
    done_at: datetime | None = None


def owed(events: Sequence[Event]) -> list[Owed]:
    """The rows that the standing events about one person cause; what he is owed as a referrer is `to_referrer`."""
    return [
        Owed(event.id, rule, _since(event, rule), _done_at(event, rule, events))
        for event in events
        if (rule := _rule(event, events)) is not None
    ]


def _rule(event: Event, events: Sequence[Event]) -> str | None:
    if event.kind == Kind.INTEREST_CLOSED:
        return "thanks" if event.data["as"] == "no" else None
    if event.kind == Kind.COMMENT_APPROVED:
        return "reply" if event.data.get("substantial") and _is_last_word(event, events) else None
    return CAUSES.get(Kind(event.kind))


def _is_last_word(decision: Event, events: Sequence[Event]) -> bool:
    """The author has not decided otherwise about the same comment since."""
    return not any(
        event.id > decision.id and event.comment_id == decision.comment_id and event.kind in DECISIONS
        for event in events
    )


def _since(event: Event, rule: str) -> datetime:
    return moment(event, "due") or happened(event) if rule in ("promise", "follow_up") else happened(event)


def _done_at(cause: Event, rule: str, events: Sequence[Event]) -> datetime | None:
    done = [happened(event) for event in events if _does(event, cause, rule)]
    return done[0] if done else None


def _does(event: Event, cause: Event, rule: str) -> bool:
    if rule == "reply" and event.kind == Kind.COMMENT_REPLIED and event.comment_id == cause.comment_id:
        return True  # also one from before the comment was taken off the page and put there again
    if event.id < cause.id:
        return False
    if rule in BY_THANKS:
        return event.kind == Kind.THANKED and event.data["duty"] == str(cause.id)
    if event.kind == Kind.PROMISE_KEPT:
        return bool(event.data["promise"] == cause.id)
    # Being in touch on the day is what a date was set for; what was promised is kept only by keeping it.
    due = moment(cause, "due")
    return (
        rule == "follow_up" and event.kind in TOUCHES and due is not None and happened(event) > due - timedelta(days=1)
    )


@dataclass(frozen=True)
class Done:
    """What was done for a referrer about one referral; each None until then."""

    outcome_at: datetime | None = None
    thanked_at: datetime | None = None
    told_at: datetime | None = None
    outcome_thanked_at: datetime | None = None
    rewarded_at: datetime | None = None


def done_for_referrer(events: Sequence[Event]) -> Done:
    """What the standing events of one referral have done. A new outcome is owed word and thanks of its own."""
    ended: datetime | None = None
    thanked: datetime | None = None
    for_outcome: dict[str, datetime | None] = {}
    for event in events:
        if event.kind == Kind.REFERRAL_MOVED:
            ended, for_outcome = (event.at if event.data["to"] in ENDS else None), {}
            thanked = thanked or (event.at if event.data["to"] == "acknowledged" else None)
        elif event.kind == Kind.DO_NOT_CONTACT:
            ended = ended or event.at
        elif event.kind == Kind.OUTCOME_TOLD:
            for_outcome.setdefault("tell", happened(event))
        elif event.kind == Kind.THANKED and event.data["duty"] in ("", "receipt"):
            thanked = thanked or happened(event)
        elif event.kind == Kind.THANKED:
            for_outcome.setdefault(event.data["duty"], happened(event))
    return Done(ended, thanked, for_outcome.get("tell"), for_outcome.get("outcome"), for_outcome.get("reward"))


def asked_by_referrer(events: Sequence[Event]) -> tuple[str, datetime | None]:
    """What the referrer asks on the page of his referral, and since when, until the author is in touch with him."""
    what, since = "", None
    for event in events:
        if event.kind == Kind.REFERRER_ASKED:
            what, since = event.data["what"], event.at
        elif event.kind in (Kind.ANSWERED, Kind.THANKED, Kind.OUTCOME_TOLD, Kind.DO_NOT_CONTACT):
            what, since = "", None
    return what, since


def to_referrer(
    referral_id: int, received_at: datetime, status: str, done: Done, *, objected: bool = False
) -> list[Owed]:  # fmt: skip
    """The duties of one inbound referral: thanks whatever comes of it; word of the outcome; thanks again, a reward.

    Of whom wants no contact there is nothing to tell, whatever came of it before they said so (`objected`).
    """
    rows = [Owed(referral_id, "receipt", received_at, done.thanked_at)]
    if done.outcome_at is not None and status not in SILENT:
        if not objected:
            rows.append(Owed(referral_id, "tell", done.outcome_at, done.told_at))
        if status in REWARDED:
            rows.append(Owed(referral_id, "outcome", done.outcome_at, done.outcome_thanked_at))
            rows.append(Owed(referral_id, "reward", done.outcome_at + HOLD, done.rewarded_at))
    return rows


@dataclass(frozen=True)
class Thanks:
    """What to give for one level: on receipt, and when a customer or a partner has come of it."""

    receipt: tuple[str, ...]
    outcome: tuple[str, ...]


#: Until the author writes his own into thanks.toml.
THANKS: Mapping[str, Thanks] = {
    "L0": Thanks(("e-mail or spoken",), ("card",)),
    "L1": Thanks(("e-mail",), ("card",)),
    "L2": Thanks(("card",), ("card", "call")),
    "L3": Thanks(("card",), ("card", "gift A")),
    "L4": Thanks(("card", "call"), ("card", "gift B")),
}
WORDS_ONLY = ("card", "call", "e-mail", "e-mail or spoken", "spoken")


def fitting(table: Mapping[str, Thanks], level: str, moment: str, is_regulated: bool) -> tuple[str, ...]:
    """What to give at `moment` ("receipt" or "outcome"); whose profession is regulated gets words and cards only."""
    given = getattr(table[level], moment)
    return tuple(each for each in given if each in WORDS_ONLY) or ("card",) if is_regulated else tuple(given)

"""Thanks in words: what they are for, the facts beside the empty box, and the author's own words as an e-mail. Pure.

Nothing here writes thanks: facts are said as facts, and the box is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bridge.dates import long_date
from forms_service.models import Event, Kind, Person, Referral
from forms_service.people.act_words import act_words
from forms_service.people.duties import WAYS, fitting
from forms_service.people.duties import Thanks as Table
from forms_service.people.queries.thanks import Favour, Given, Thanks
from forms_service.people.referral_words import LEVEL_WORDS, STATUS_WORDS
from forms_service.people.stages import happened
from forms_service.people.today_words import OUTCOME_WORDS, THANKS_FOR

#: What the button says, by the way in which thanks are given.
WAY_LABELS = {
    "spoken": "I said it", "call": "I called", "e_mail": "I wrote an e-mail", "card": "I sent a card",
    "gift": "I gave a gift", "credit": "I gave a credit", "mention": "I named them in public",
    "told_boss": "I told their boss",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A label and what it says, neither with a full stop; names and words are as typed, still to be escaped."""

    label: str
    words: str


@dataclass(frozen=True)
class Telling:
    """What all facts are told by: the clocks of the author, and how he thanks, by level."""

    zone: ZoneInfo
    table: Mapping[str, Table]

    def day(self, at: datetime) -> str:
        return long_date(at.astimezone(self.zone))


def heading(thanks: Thanks) -> str:
    """What the author is about to do."""
    name = thanks.person.name
    if thanks.rule == "tell":
        return f"Tell {name} how it ended"
    return f"Thank {name} again" if thanks.rule in ("outcome", "reward") else f"Thank {name}"


def for_what(rule: str, event: Event | None, referral: Referral | None) -> str:
    """Why thanks are owed or were given, in a few words."""
    if referral is not None:
        whom = referral.referred_name or "a situation"
        became = OUTCOME_WORDS.get(referral.status, "somebody helped")
        return {
            "receipt": f"Referred {whom} to you", "tell": f"Wants to know what came of {whom}",
            "outcome": f"Through them, {whom} became {became}", "reward": f"Two weeks ago {whom} became {became}",
        }.get(rule, f"Referred {whom} to you")  # fmt: skip
    if event is not None:
        return THANKS_FOR.get(event.kind, "Something they did for you")
    return "For nothing in particular"


def facts(thanks: Thanks, told: Telling) -> list[Fact]:
    """Who, what, when, and what came of it; then what is known of the person."""
    if thanks.referral is not None:
        about = _of_referral(thanks, thanks.referral, told)
    elif thanks.favour is not None:
        about = _of_favour(thanks.favour, thanks.person, told)
    else:
        about = _of_act(thanks, told)
    return [fact for fact in (*about, *_of_person(thanks, told)) if fact.words]


def _of_referral(thanks: Thanks, referral: Referral, told: Telling) -> Sequence[Fact]:
    level = referral.confirmed_level or referral.claimed_level
    whose = "as you confirmed it" if referral.confirmed_level else "as they say"
    when = {"receipt": "receipt", "reward": "outcome"}.get(thanks.rule)
    suits = fitting(told.table, referral.confirmed_level or "L0", when, thanks.is_regulated) if when else ()
    ended = f", {told.day(referral.outcome_at)}" if referral.outcome_at else ""
    return (
        Fact("What they did", f"Referred {referral.referred_name or 'a situation'} to you"),
        Fact("When", told.day(referral.received_at)),
        Fact("What was needed", referral.need),
        Fact("How far they went", f"{LEVEL_WORDS[level]}, {whose}"),
        Fact("What came of it", STATUS_WORDS[referral.status] + ended),
        Fact("What suits", _upper(" and ".join(suits))),
    )


def _of_favour(favour: Favour, person: Person, told: Telling) -> Sequence[Fact]:
    """Both ends see the whole of it: who asked, who named whom, who did it."""
    is_provider = favour.provider is not None and favour.provider.id == person.id
    whom = favour.asker.name if favour.asker else "you"
    provider = favour.provider.name if favour.provider else "somebody"
    did = f"Helped {whom}" if is_provider else f"Named {provider}, who helped {whom}"
    ended = favour.row.ended_at
    return (
        Fact("What they did", did),
        Fact("What was needed", favour.need.text),
        Fact("When", told.day(ended) if ended else ""),
        Fact("Who named them", favour.introducer.name if is_provider and favour.introducer else ""),
        Fact("What came of it", "It helped" if favour.row.status == "helped" else ""),
    )


def _of_act(thanks: Thanks, told: Telling) -> Sequence[Fact]:
    if thanks.event is None:
        return ()
    return (
        Fact("What happened", act_words(thanks.event.kind, thanks.event.data, told.zone)),
        Fact("What they wrote", thanks.comment.text if thanks.comment else ""),
        Fact("When", told.day(thanks.comment.written_at if thanks.comment else thanks.since or thanks.event.at)),
        Fact("Your note of it", thanks.note),
    )


def _of_person(thanks: Thanks, told: Telling) -> Sequence[Fact]:
    return (
        Fact("You call them", thanks.person.preferred_name),
        Fact("Small facts", thanks.person.usual),
        Fact("Last thanked", given_words(thanks.last, told) if thanks.last else ""),
        Fact("Their profession", "May take words and cards only" if thanks.is_regulated else ""),
    )


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def given_words(given: Given, told: Telling) -> str:
    """How, and on which day."""
    others = {Kind.OUTCOME_TOLD: "told them", Kind.COMMENT_REPLIED: "answered below it"}
    other = others.get(Kind(given.event.kind), "noted that they were thanked")
    how = WAYS.get(str(given.event.data.get("how", "")), other)
    cost = f"; it cost {given.event.data['cost']}" if given.event.data.get("cost") else ""
    return f"You {how}, {told.day(happened(given.event))}{cost}"


def mailto(address: str, words: str) -> str:
    """An address that opens the author's own words in his mail program; without `address` he fills it in there."""
    lines = words.replace("\r\n", "\n").replace("\n", "\r\n")
    return f"mailto:{quote(address, safe='@')}?body={quote(lines, safe='')}"

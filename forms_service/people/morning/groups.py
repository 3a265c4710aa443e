"""The groups of the morning, in their order. Pure; on a day off, what can wait is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forms_service.models import Need, OutboundReferral
from forms_service.people.duties import BY_THANKS
from forms_service.people.morning import in_touch, promised, sent_in
from forms_service.people.morning.telling import Telling
from forms_service.people.queries.needs import NeedRow
from forms_service.people.queries.today import CAP, MOST_DRIFTING, Morning
from forms_service.people.today_words import Group, group


@dataclass(frozen=True)
class Found:
    """All that the morning is told from: what the database holds, and when the newest essay came out."""

    people: Morning
    needs: Sequence[NeedRow] = ()
    introduced: Sequence[tuple[OutboundReferral, Need]] = ()
    newest_essay: datetime | None = None


def groups(found: Found, told: Telling) -> list[Group]:
    """Those that have rows."""
    listed = [*_due(found, told), *([] if told.is_day_off else _can_wait(found, told)), *_kept(found, told)]
    order = ("reply", "thank", "someone", "meet", "promised", "drift", "needs", "terms", "privacy", "check")
    return sorted((each for each in listed if each.rows), key=lambda each: order.index(each.key))


def _due(found: Found, told: Telling) -> list[Group]:
    """Somebody waits for these, day off or not."""
    morning = found.people
    thanks = [sent_in.for_referral(row, told) for row in morning.referrals if row.owed.rule != "tell"]
    thanks += [promised.for_act(row, told) for row in morning.acts if row.duty.rule in BY_THANKS]
    to_keep = [sent_in.for_referral(row, told) for row in morning.referrals if row.owed.rule == "tell"]
    to_keep += [promised.promise(row, told) for row in morning.acts if row.duty.rule not in BY_THANKS]
    return [
        group("reply", "Reply", [sent_in.reply(row, told) for row in morning.replies], CAP),
        group("thank", "Thank", thanks, CAP),
        group("meet", "Meetings", [in_touch.meeting(person, told) for person in morning.meetings], CAP),
        group("promised", "Promised", to_keep, CAP),
    ]


def _can_wait(found: Found, told: Telling) -> list[Group]:
    morning = found.people
    longest = [in_touch.unthanked(morning.unthanked, told)] if morning.unthanked else []
    drifting = [in_touch.drifting(person, told) for person in morning.drifting]
    return [
        group("someone", "Thank somebody for nothing in particular", longest, 1),
        group("drift", "Drifting away", drifting, MOST_DRIFTING),
        group("needs", "You know who can help", [promised.need(row) for row in found.needs], CAP),
        group("terms", "Terms that end", [in_touch.term(person, told) for person in morning.terms], CAP),
    ]


def _kept(found: Found, told: Telling) -> list[Group]:
    checks = [promised.check_back(row, need) for row, need in found.introduced]
    private = [sent_in.privacy(row, told) for row in found.people.privacy]
    return [
        group("privacy", "Details you may not keep for long", private, CAP),
        group("check", "Did it help?", checks, CAP),
    ]

"""The nine groups of the morning, in their order. Pure; on a day off, what can wait is left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forms_service.people.morning import helping, in_touch, promised, sent_in, sunday
from forms_service.people.morning.telling import Telling
from forms_service.people.queries.today import CanWait, Due
from forms_service.people.queries.today_basis import CAP, MOST_DRIFTING
from forms_service.people.today_words import Group, Row, group


@dataclass(frozen=True)
class Found:
    """All that the morning is told from: what the database holds, and when the newest essay came out."""

    due: Due
    can_wait: CanWait
    newest_essay: datetime | None = None


def groups(found: Found, told: Telling) -> list[Group]:
    """Those that have rows."""
    due, can_wait = found.due, found.can_wait
    unthanked = [in_touch.unthanked(can_wait.unthanked, told)] if can_wait.unthanked else []
    listed = [
        group("reply", "Reply", _replies(due, told), CAP),
        group("thank", "Thank", _thanks(due, told), CAP),
        group("someone", "Thank somebody for nothing in particular", unthanked, 1),
        group("meet", "Meetings", [in_touch.meeting(row, told) for row in due.meetings], CAP),
        group("promised", "Promises, and asking how it went", _promises(due, told), CAP),
        group("drift", "Drifting away", [in_touch.drifting(row, told) for row in can_wait.drifting], MOST_DRIFTING),
        group("needs", "You know who can help", [helping.need(row) for row in can_wait.matched], CAP),
        group("terms", "Terms that end", [in_touch.term(row, told) for row in can_wait.terms], CAP),
        group("privacy", "Details you may not keep for long", [
            sent_in.privacy(referral, referrer, told) for referral, referrer in due.privacy
        ], CAP),
        group("sunday", "Sunday", [
            *sunday.essay_due(found.newest_essay, told),
            *(sent_in.comment(row, person_id) for row, person_id in can_wait.comments),
        ], CAP),
    ]  # fmt: skip
    return [each for each in listed if each.rows]


def _replies(due: Due, told: Telling) -> list[Row]:
    """The longest waiting first, whether they wrote, were introduced, or ask what becomes of their referral."""
    rows = [(each.row.received_at, sent_in.reply(each, told)) for each in due.replies]
    rows += [(row.since, sent_in.introduction(row, told)) for row in due.introductions]
    asking = [(referral.asked_at, sent_in.asking(referral, who, told)) for referral, who in due.asking]
    rows += [(at, row) for at, row in asking if at is not None]
    return _oldest_first(rows)


def _thanks(due: Due, told: Telling) -> list[Row]:
    rows = [(row.owed.since, sent_in.for_referral(row, told)) for row in due.referrals if row.owed.rule != "tell"]
    return _oldest_first(rows + [(row.duty.since, promised.for_act(row, told)) for row in due.thanks])


def _promises(due: Due, told: Telling) -> list[Row]:
    rows = [(row.owed.since, sent_in.for_referral(row, told)) for row in due.referrals if row.owed.rule == "tell"]
    rows += [(row.duty.since, promised.promise(row, told)) for row in due.promises]
    rows += [(row.row.introduced_at or row.row.drafted_at, helping.between(row)) for row in due.between]
    return _oldest_first(rows)


def _oldest_first(rows: list[tuple[datetime, Row]]) -> list[Row]:
    return [row for _, row in sorted(rows, key=lambda each: each[0])]

"""The rows of Today in words: who, why, and what a press of a button does. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bridge.dates import WEEKDAYS, day_in_words, short_date, time_of_day

#: Which part somebody had in a favour.
HELPED, NAMED = "They helped", "They named somebody who helped"
#: What came in, by its form.
ROW_WORDS = {
    "comment": "Comment", "contact": "Message", "referral": "Referral", "referral_contact": "How to reach someone",
}  # fmt: skip
#: Why thanks are owed, by what happened.
THANKS_FOR = {
    "met": "You met them. A line of thanks, while they remember your face",
    "one_to_one_held": "You sat down together. Thank them for their time",
    "purchased": "They bought from you",
    "renewed": "They renewed",
    "upgraded": "They upgraded by themselves",
    "interest_closed": "They said no, and deserve thanks for an honest answer",
    "favour_done": "A favour came about through them",
    "comment_approved": "They wrote a comment of substance. Answer below it, or thank them",
}
OUTCOME_WORDS = {"customer": "a customer", "partner": "a partner"}


#: An endpoint of the dashboard with its values; `_anchor` names a place on its page.
Page = tuple[str, Mapping[str, int | str]]


@dataclass(frozen=True)
class Press:
    """A button: what it says, which of the dashboard's addresses it posts to, and with which fields.

    `asks_day`: beside it stands a field for a day, which goes along as `day`.
    """

    label: str
    endpoint: str
    values: Mapping[str, int]
    fields: Mapping[str, str] = field(default_factory=dict)
    asks_day: bool = False


@dataclass(frozen=True)
class Row:
    """One row of Today. `urgency` is "", "soon" or "overdue"; `page` is an endpoint with its values, where it has one.

    `reason` ends without a full stop. `words` are somebody's own, or say more; `is_long` if more of them should stand
    there than their beginning. `write`: where thanks get the author's own words.
    """

    key: str
    who: str
    page: Page | None
    reason: str
    due: str = ""
    urgency: str = ""
    words: str = ""
    acts: tuple[Press, ...] = ()
    more: tuple[Press, ...] = ()
    write: Page | None = None
    is_long: bool = False

    @property
    def sentence(self) -> str:
        """The reason as it is read: a question keeps its mark."""
        return self.reason if self.reason.endswith(("?", "!")) else f"{self.reason}."


@dataclass(frozen=True)
class Group:
    """A heading with its rows. `has_more`: others stand behind the last one shown."""

    key: str
    heading: str
    rows: tuple[Row, ...]
    has_more: bool = False


def group(key: str, heading: str, rows: list[Row], cap: int) -> Group:
    return Group(key, heading, tuple(rows[:cap]), len(rows) > cap)


def day_words(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """today, tomorrow, yesterday, or the day itself, by the clocks of `zone`."""
    there, here = at.astimezone(zone).date(), now.astimezone(zone).date()
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((there - here).days)
    if near:
        return near
    return f"{WEEKDAYS[there.weekday()]}, {short_date(there)}" if there.year == here.year else day_in_words(there)


def silent_for(touched: datetime, now: datetime) -> str:
    """How long nothing was heard, in the largest unit that is honest."""
    days = (now - touched) // timedelta(days=1)
    if days < 14:
        return "1 day" if days == 1 else f"{days} days"
    return f"{days // 7} weeks" if days < 120 else f"{days // 30} months"


def meeting_words(at: datetime, is_timed: bool, now: datetime, zone: ZoneInfo) -> str:
    """When it is. One that has no hour stands at noon for its whole day."""
    day = day_words(at, now, zone)
    said = f"{day}, {time_of_day(at.astimezone(zone))}" if is_timed else day
    is_over = at < now - timedelta(hours=2) if is_timed else at.astimezone(zone).date() < now.astimezone(zone).date()
    return f"Booked for {said}. Did you sit down together?" if is_over else f"One-to-one {said}"


def touch_buttons(person_id: int, more: bool = False) -> tuple[Press, ...]:
    """One press logs the touch."""
    kinds = (("card_sent", "I sent a card"), ("met", "We met")) if more else (
        ("called", "I called"), ("e_mailed", "I wrote"),
    )  # fmt: skip
    return tuple(Press(label, "log_act", {"person_id": person_id}, {"kind": kind}) for kind, label in kinds)


def thanks_buttons(person_id: int, ways: Mapping[str, str], fields: Mapping[str, str]) -> tuple[Press, ...]:
    return tuple(Press(label, "thank", {"person_id": person_id}, {"how": how, **fields}) for how, label in ways.items())


def off_buttons(
    person_id: int, row: str, days: int = 1, never: str = "Not this person", never_row: str = ""
) -> tuple[Press, ...]:
    """Later, on a day of his own choice, and never: for this row and this person only.

    `never_row`: what "never" covers, where that is more than the row.
    """
    later = "Tomorrow" if days == 1 else "In a week" if days == 7 else f"In {days} days"
    where = {"person_id": person_id}
    return (
        Press(later, "put_off", where, {"row": row, "days": str(days)}),
        Press("On that day", "put_off", where, {"row": row}, asks_day=True),
        Press(never, "put_off", where, {"row": never_row or row, "days": ""}),
    )


def empty_words(is_day_off: bool) -> str:
    if is_day_off:
        return "It is your day off, and nothing here needs you. Enjoy it."
    return "Nothing is owed to anybody today. Nobody waits, nobody is forgotten, and the day is yours."

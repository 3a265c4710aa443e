"""What all rows of the morning are told by: the moment, the author, how he thanks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bridge.identity import Identity
from forms_service.models import Person
from forms_service.people.days import is_day_off
from forms_service.people.deadlines import SOON, due_at, in_words, time_left
from forms_service.people.duties import Thanks
from forms_service.people.today_words import Page, day_words

SAID = {"spoken": "Said it", "e_mail": "Wrote", "card": "Sent a card"}
SAID_TOO = {
    "call": "Called", "gift": "Gave a gift", "mention": "Named them in public", "told_boss": "Told their boss",
}  # fmt: skip


@dataclass(frozen=True)
class Telling:
    """`table`: how he thanks, by level. By number: `regulated`, whom he may thank with words and cards only, and
    `clients`, who want no offers."""

    moment: datetime
    who: Identity
    table: Mapping[str, Thanks]
    regulated: frozenset[int] = frozenset()
    clients: frozenset[int] = frozenset()

    @property
    def is_day_off(self) -> bool:
        return is_day_off(self.moment, self.who.days_off, self.who.zone)

    def due(self, since: datetime) -> tuple[str, str]:
        """The hours left to answer what came `since`, and how urgent that is: "", "soon" or "overdue"."""
        who = self.who
        left = time_left(self.moment, due_at(since, who.answer_hours, who.days_off, who.zone), who.days_off, who.zone)
        return in_words(left), "overdue" if left < timedelta(0) else "soon" if left < SOON else ""

    def since(self, day: datetime) -> tuple[str, str]:
        """A day by which something was to be done, in words, and "overdue" once the author's clocks are past it."""
        is_over = day.astimezone(self.who.zone).date() < self.moment.astimezone(self.who.zone).date()
        return (f"overdue since {self.day(day)}", "overdue") if is_over else (self.day(day), "")

    def day(self, at: datetime) -> str:
        return day_words(at, self.moment, self.who.zone)


def page_of(person: Person) -> Page:
    """Where a row about `person` leads."""
    return "person", {"person_id": person.id}

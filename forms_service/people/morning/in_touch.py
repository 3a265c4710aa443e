"""The rows of staying in touch: thanks for nothing in particular, meetings, who drifts, whose term ends. Pure."""

from __future__ import annotations

from forms_service.models import Person
from forms_service.people.morning.telling import SAID, SAID_TOO, Telling, page_of
from forms_service.people.queries.today import term_mark
from forms_service.people.today_words import (
    Press,
    Row,
    meeting_words,
    off_buttons,
    silent_for,
    thanks_buttons,
    touch_buttons,
)


def unthanked(person: Person, told: Telling) -> Row:
    """Who was longest without thanks."""
    said = f"You last thanked them {told.day(person.thanked_at)}" if person.thanked_at else "You never thanked them"
    more = (*thanks_buttons(person.id, SAID_TOO, {"duty": ""}), *off_buttons(person.id, "unthanked", 30))
    reason = f"{said}. Say what they did for you, and sell nothing"
    acts = thanks_buttons(person.id, SAID, {"duty": ""})
    return Row(f"unthanked-{person.id}", person.name, page_of(person), reason, acts=acts, more=more)


def meeting(person: Person, told: Telling) -> Row:
    """A one-to-one of today or tomorrow, or one that is over and not yet said to be held."""
    assert person.meets_at is not None
    held = Press("We sat down", "log_act", {"person_id": person.id}, {"kind": "one_to_one_held"})
    parts = (
        f"They go by {person.preferred_name}" if person.preferred_name else "",
        person.usual,
        f"You were last in touch {told.day(person.touched_at)}" if person.touched_at else "",
    )
    reason = meeting_words(person.meets_at, told.moment, told.who.zone)
    return Row(
        f"meet-{person.id}", person.name, page_of(person), reason, words=". ".join(part for part in parts if part),
        acts=(held,), more=off_buttons(person.id, "meeting"),
    )  # fmt: skip


def drifting(person: Person, told: Telling) -> Row:
    """Past the ideal interval, or past the longest."""
    assert person.touched_at is not None
    assert person.lapses_at is not None
    reason = f"Nothing for {silent_for(person.touched_at, told.moment)}, since {told.day(person.touched_at)}"
    more = (*touch_buttons(person.id, more=True), *off_buttons(person.id, "drift", 7))
    due, urgency = ("too long", "overdue") if person.lapses_at < told.moment else ("longer than you like", "soon")
    acts = touch_buttons(person.id)
    return Row(f"drift-{person.id}", person.name, page_of(person), reason, due, urgency, "", acts, more)


def term(person: Person, told: Telling) -> Row:
    """What they bought ends soon."""
    assert person.term_ends_at is not None
    row = f"term-{term_mark(person.term_ends_at, told.moment)}"
    until = Press("Spoke about it", "spoke_of_term", {"person_id": person.id}, {"row": row})
    reason = f"What they have from you ends {told.day(person.term_ends_at)}"
    return Row(
        f"term-{person.id}", person.name, page_of(person), reason, acts=(until,), more=off_buttons(person.id, row, 7)
    )  # fmt: skip

"""The rows of staying in touch: thanks for nothing in particular, meetings, who drifts, whose term ends. Pure."""

from __future__ import annotations

from forms_service.models import Person
from forms_service.people.morning.telling import SAID, SAID_TOO, Telling, page_of
from forms_service.people.queries.today_people import Meeting, meeting_row, term_mark
from forms_service.people.today_words import (
    Press,
    Row,
    meeting_words,
    off_buttons,
    silent_for,
    thanks_buttons,
    touch_buttons,
)

#: How much of a note stands in a row.
LONGEST_SAID = 120


def unthanked(person: Person, told: Telling) -> Row:
    """Who was longest without thanks."""
    said = f"You last thanked them {told.day(person.thanked_at)}" if person.thanked_at else "You never thanked them"
    more = (*thanks_buttons(person.id, SAID_TOO, {"duty": ""}), *off_buttons(person.id, "unthanked", 30))
    reason = f"{said}. Say what they did for you, and sell nothing"
    acts = thanks_buttons(person.id, SAID, {"duty": ""})
    write = ("thanks_for_nothing", {"person_id": person.id})
    return Row(f"unthanked-{person.id}", person.name, page_of(person), reason, acts=acts, more=more, write=write)


def meeting(found: Meeting, told: Telling) -> Row:
    """A one-to-one of today or tomorrow, with what to know before; or one that is over and not yet said to be held."""
    person = found.person
    assert person.meets_at is not None
    held = Press("We sat down", "log_act", {"person_id": person.id}, {"kind": "one_to_one_held"})
    reason = meeting_words(person.meets_at, person.meets_timed, told.moment, told.who.zone)
    return Row(
        f"meet-{person.id}", person.name, ("brief_page", {"person_id": person.id}), reason,
        words=_brief(found, told), is_long=True, acts=(held,),
        more=off_buttons(person.id, meeting_row(person), never="No meeting"),
    )  # fmt: skip


def _brief(found: Meeting, told: Telling) -> str:
    person = found.person
    parts = [
        f"They go by {person.preferred_name}" if person.preferred_name else "",
        person.usual,
        _short(found.small),
        f"You were last in touch {told.day(person.touched_at)}" if person.touched_at else "",
        f"Of your last talk: {_short(found.said)}" if found.said else "",
        *(f"{'You' if by == 'author' else 'They'} promised: {what}" for by, what in found.promises if what),
        *(f"They look for: {need}" for need in found.needs),
        *(f"Look out for: {whom}" for whom in found.wanted),
    ]
    return " ".join(f"{part.rstrip('. ')}." for part in parts if part.strip())


def _short(text: str) -> str:
    """The page behind the row has all of it."""
    words = " ".join(text.split())
    return (
        words if len(words) <= LONGEST_SAID else f"{words[:LONGEST_SAID].rpartition(' ')[0] or words[:LONGEST_SAID]} …"
    )


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
    """What they bought ends soon. Customers hear one offer at a time, with a touch that sells nothing in between;
    clients renew by themselves, and hear none."""
    assert person.term_ends_at is not None
    ends = f"What they have from you ends {told.day(person.term_ends_at)}"
    spoke = Press("Spoke about it", "spoke_of_term", {"person_id": person.id})
    acts: tuple[Press, ...] = (spoke,)
    if person.id in told.clients:
        reason = f"{ends}. They renew by themselves: confirm it, say what has improved, and offer nothing"
    elif person.offered_at is None:
        reason = f"{ends}. Speak of it once"
    elif person.touched_at is not None and person.touched_at > person.offered_at:
        reason = f"{ends}. You last spoke of it {told.day(person.offered_at)}, and were in touch since"
    else:
        reason = f"{ends}. You spoke of it {told.day(person.offered_at)}: first be in touch, and sell nothing"
        acts = touch_buttons(person.id)
    row = f"term-{term_mark(person.term_ends_at, told.moment)}"
    more = off_buttons(person.id, row, 7, never_row="term")
    return Row(f"term-{person.id}", person.name, page_of(person), reason, acts=acts, more=more)

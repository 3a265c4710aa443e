"""The rows of the author's own acts: thanks for what happened, promises, days he set. Pure."""

from __future__ import annotations

from forms_service.people.morning.telling import SAID, SAID_TOO, Telling, page_of
from forms_service.people.queries.today_owed import OwedForAct
from forms_service.people.today_words import (
    HELPED,
    NAMED,
    THANKS_FOR,
    Page,
    Press,
    Row,
    off_buttons,
    thanks_buttons,
    touch_buttons,
)


def for_act(row: OwedForAct, told: Telling) -> Row:
    """Thanks for a meeting, a purchase, a favour, an honest no, a comment of substance."""
    person, fields = row.person, {"duty": str(row.duty.event_id)}
    key = f"duty-{row.duty.event_id}"
    what = THANKS_FOR[row.event.kind]
    if row.duty.rule == "favour":
        what = HELPED if row.event.data["provider_id"] == person.id else NAMED
    reason = f"{what}: {told.day(row.duty.since)}"
    more = (*thanks_buttons(person.id, SAID_TOO, fields), *off_buttons(person.id, key))
    acts = thanks_buttons(person.id, SAID, fields)
    if row.comment is not None:  # his own words stand below it, where the page has room for them
        page: Page = ("comment", {"comment_id": row.comment.id})
        answer: Page = ("comment", {"comment_id": row.comment.id, "_anchor": "reply"})
        return Row(key, person.name, page, reason, "", "", row.comment.text, acts, more, answer)
    write: Page = ("thanks_for_act", {"event_id": row.duty.event_id})
    return Row(key, person.name, page_of(person), reason, "", "", row.note or row.need, acts, more, write)


def promise(row: OwedForAct, told: Telling) -> Row:
    """What was promised, by either side, or a day that was set for being in touch."""
    person, number = row.person, row.duty.event_id
    if row.duty.rule == "follow_up":
        reason, label = "The day you set for being in touch", "Done"
    elif row.event.data["by"] == "author":
        reason, label = "You promised", "I kept it"
    else:
        reason, label = "They promised you. Ask, if you still need it", "They kept it"
    done = Press(label, "keep_promise", {"person_id": person.id}, {"promise": str(number)})
    due, urgency = told.since(row.duty.since)
    acts = (done, *touch_buttons(person.id)) if row.duty.rule == "follow_up" else (done,)
    return Row(
        f"duty-{number}", person.name, page_of(person), reason, due, urgency, row.note, acts,
        off_buttons(person.id, f"duty-{number}", 1),
    )  # fmt: skip

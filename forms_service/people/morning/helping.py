"""The rows of putting people together: needs with who can help, and introductions that wait for the author. Pure."""

from __future__ import annotations

from forms_service.people.matching import Path
from forms_service.people.outbound_words import next_step
from forms_service.people.queries.today_needs import Between, Matched, person_of
from forms_service.people.today_words import Press, Row, off_buttons


def need(found: Matched) -> Row:
    """A need for which somebody was found. "Not this person" asks for the next way to help."""
    row, path = found.row, found.path
    key, who = f"need-{row.need.id}", row.asker.name if row.asker else "You"
    person = person_of(row, path)
    never = "Not them" if path.turn_to else "Not this person"
    return Row(
        key, who, ("needs", {"_anchor": key}), f"Needed: {row.need.text.rstrip('.')}", words=f"{path.reason}.",
        acts=(_help(row.need.id, path),), more=off_buttons(person, key, 7, never) if person else (),
    )  # fmt: skip


def _help(need_id: int, path: Path) -> Press:
    """What the author can do at once; the drafts stand on the page that follows."""
    if path.turn_to is None:
        return Press("I helped", "end_need", {"need_id": need_id}, {"how": "answered"})
    fields = {
        "hop": path.hop.value, "via": str(path.via.id) if path.via else "",
        "helper": str(path.helper.id) if path.helper else "",
    }  # fmt: skip
    return Press(way_words(path), "draft_outbound", {"need_id": need_id}, fields)


def way_words(path: Path) -> str:
    """What the button says that begins this way to help."""
    if path.via is None:
        return "Put them together"
    return "Ask them to introduce" if path.helper else "Ask whom they know"


def between(found: Between) -> Row:
    """An introduction to make, or to ask after."""
    row, key = found.row, f"between-{found.row.id}"
    page = {"outbound_id": row.id}
    acts: tuple[Press, ...] = ()
    if row.status == "introduced":
        reason = "Two weeks ago you introduced them. Ask how it went"
        if found.asker is None:
            reason = "Two weeks ago you turned to them. Did it help?"
        acts = tuple(
            Press(label, "move_outbound", page, {"to": to})
            for to, label in (("helped", "It helped"), ("not_helped", "It did not"), ("no_answer", "No answer"))
        )
    else:
        if row.status == "agreed" and row.helper_id is not None:
            label = "I introduced them" if found.asker else "I turned to them"
            acts = (Press(label, "move_outbound", page, {"to": "introduced"}),)
        reason = next_step(
            row.status, is_own=found.asker is None, has_via=row.via_id is not None, has_helper=row.helper_id is not None
        ).rstrip(".")
        if row.status == "asked":
            reason = "You asked days ago, and not everybody has answered. Ask again"
    more = off_buttons(found.helper.id, key, 1, "Not here") if found.helper else ()
    return Row(key, found.need.text, ("outbound", page), reason, words=_sides(found), acts=acts, more=more)


def _sides(found: Between) -> str:
    asker = f"For {found.asker.name}" if found.asker else "For yourself"
    return f"{asker}, {'through' if found.row.via_id else 'with'} {found.helper.name}." if found.helper else f"{asker}."

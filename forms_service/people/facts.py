"""What the author knows of a person by heart: names, habits, origins; by whom each was said. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from forms_service.models.event import Event, Kind

#: Known by name is who has both.
NAMES = {"preferred_name": "What you call them", "usual": "Their usual"}
#: What a one-to-one asks after, in its order, with the question as the author asks it.
ASKED = {
    "business": ("Their business", "What do you do all day, and for whom?"),
    "origins": ("Where they come from", "Where did you grow up, and what brought you here?"),
    "family": ("Family", "Who is at home?"),
    "fun": ("Fun", "What do you do when nobody needs you?"),
    "success": ("Success", "What are you proud of, and what comes next?"),
    "small": ("Small facts", "Birthdays, the dog’s name, how they take their coffee"),
}
FIELDS = (*NAMES, *ASKED)
#: Who said it.
SOURCES = {"person": "told by them", "author": "noted by you"}
LONGEST = {"preferred_name": 200, "usual": 2_000}
LONGEST_FACT = 10_000


def label(field: str) -> str:
    """What a field is called."""
    return NAMES.get(field) or ASKED[field][0]


def latest(events: Iterable[Event]) -> dict[str, Event]:
    """The last standing word on each field; that it was forgotten is a word as well."""
    return {
        event.data["field"]: event
        for event in sorted(events, key=lambda each: each.id)
        if event.kind == Kind.FACT_NOTED
    }  # fmt: skip

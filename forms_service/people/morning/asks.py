"""What a morning asks for, in a line: for a mail's subject and a calendar's entry. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from forms_service.people.today_words import Group

#: What a group's rows ask for.
ASKS = {"reply": "to answer", "thank": "to thank", "someone": "to thank", "meet": "to meet"}


def asked(groups: Sequence[Group]) -> str:
    """ "2 to answer, 3 to thank, 4 more"; no name, and no word of anybody's."""
    counts: dict[str, int] = {}
    more = {ASKS.get(group.key, "more") for group in groups if group.has_more}
    for group in groups:
        asks = ASKS.get(group.key, "more")
        counts[asks] = counts.get(asks, 0) + len(group.rows)
    order = [*dict.fromkeys(ASKS.values()), "more"]
    said = [f"{counts[asks]}{'+' if asks in more else ''} {asks}" for asks in order if asks in counts]
    if list(counts) == ["more"]:
        return said[0].replace("more", "to look at")
    return ", ".join(said) or "nothing is owed to anybody"

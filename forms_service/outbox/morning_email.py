"""What the morning mail says: Today, row by row, in plain text. Pure.

Each row has its number, who, why, somebody's own words behind quote marks, and the page where a press clears it.
Opening any of the pages changes nothing.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime

from bridge.dates import long_date
from bridge.identity import Identity
from forms_service.outbox.message import Email
from forms_service.outbox.plain import WIDTH, one_line, wrapped
from forms_service.people.morning.asks import asked
from forms_service.people.morning.pages import path_of
from forms_service.people.today_words import Group, Row, empty_words

LONGEST_NAME, LONGEST_REASON, LONGEST_WORDS, ALL_WORDS = 80, 240, 240, 800
INDENT = "    "


def morning(site: Identity, now: datetime, groups: Sequence[Group]) -> Email:
    """Today's mail; of an empty day, that it is one."""
    today = long_date(now.astimezone(site.zone))
    numbers = iter(range(1, 1000))
    parts = [_group(group, numbers, site.url) for group in groups]
    opening = f"Good morning. It is {today}, and this is your day." if groups else f"Good morning. It is {today}."
    page = "All of it on one page, where a press clears a row and can be undone:" if groups else "Your page of the day:"
    return Email(
        subject=f"Today: {asked(groups)}",
        body="\n\n\n".join([
            wrapped(opening) if groups else f"{wrapped(opening)}\n\n{wrapped(empty_words(False))}",
            *parts,
            f"{wrapped(page)}\n{site.url}/dashboard/\n\n{wrapped(_closing())}",
        ]) + "\n",
    )  # fmt: skip


def _closing() -> str:
    return "Opening a page changes nothing. When this mail comes, or whether, MORNING_MAIL in .env says."


def _group(group: Group, numbers: Iterator[int], url: str) -> str:
    heading = f"{group.heading.upper()}\n{'=' * len(group.heading)}"
    rows = [_row(row, next(numbers), url) for row in group.rows]
    if group.has_more:
        rows.append("More wait behind these. They come up as you go.")
    return "\n\n".join([heading, *rows])


def _row(row: Row, number: int, url: str) -> str:
    due = f" ({row.due})" if row.due else ""
    lines = [
        _lines(f"{number}. ".rjust(len(INDENT)), INDENT, _tame(row.who, LONGEST_NAME) + due),
        _lines(INDENT, INDENT, _tame(row.sentence, LONGEST_REASON)),
    ]
    if words := _tame(row.words, ALL_WORDS if row.is_long else LONGEST_WORDS):
        lines.append(_lines(f"{INDENT}> ", f"{INDENT}> ", words))
    return "\n".join([*lines, f"{INDENT}{url}{path_of(row.page)}"])


def _tame(text: str, longest: int) -> str:
    """One line, whatever was typed, in which no mail program finds an address to open but ours."""
    return one_line(text, longest).replace("://", ": //")


def _lines(first: str, others: str, text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)

"""Asks at the terminal for what no text says. An empty answer takes a proposal; a title is never proposed."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from authoring.importing.command import proposal_words
from authoring.importing.errors import ImportingError
from authoring.importing.settle import Entry, check_date, check_title

T = TypeVar("T")


def ask_for(entry: Entry) -> Entry:
    """The same entry with nothing missing."""
    if not entry.missing:
        return entry
    print(f"\n{entry.source.name} has no {' and no '.join(entry.missing)}. It begins:\n")
    print(textwrap.indent(textwrap.shorten(entry.draft.opening, 230, placeholder=" …"), "    ", lambda _: True), "\n")
    if entry.title is None:
        entry = replace(entry, title=_until_good("Title: ", check_title))
    return entry if entry.at else _ask_date(entry)


def ask_author(values: Mapping[str, str], own: Sequence[str]) -> bool:
    """Whether the e-mail and phone the essays close with shall go into `site.toml`.

    `own` is what the author has put there himself: then Enter keeps it.
    """
    if own:
        print(f"\nThe essays close with {' and '.join(values.values())}; site.toml says {' and '.join(own)}.")
        return _until_good("Write over what you have put there? [y/N] ", lambda text: _yes_or_no(text or "n"))
    print(f"\nThe essays close with {' and '.join(values.values())}, which site.toml does not say.")
    return _until_good("Write it into site.toml? [Y/n] ", _yes_or_no)


def _ask_date(entry: Entry) -> Entry:
    if not entry.proposal:
        return entry.dated_by_author(_until_good("Date, such as 2015-10-18: ", check_date))
    proposed = entry.proposal.at
    print(f"It may have appeared on {proposal_words(entry)}.")
    return entry.dated_by_author(
        _until_good(f"Date [{proposed:%Y-%m-%d}]: ", lambda text: check_date(text) if text else proposed)
    )


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("", "y", "yes", "n", "no"):
        raise ImportingError("answer y or n")
    return not text.lower().startswith("n")


def _until_good(prompt: str, read: Callable[[str], T]) -> T:
    while True:
        try:
            return read(input(prompt).strip())
        except ImportingError as error:
            print(f"  {error}")

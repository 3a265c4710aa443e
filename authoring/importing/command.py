"""Spells out the exact `make` command that says what is missing. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from authoring.importing.dates import spoken
from authoring.importing.settle import CONFIRMED, GIVEN, Entry

#: Stands where only the author knows the words; refused if he leaves it there.
BLANK_TITLE, BLANK_DATE = '"…"', "YYYY-MM-DD"


def missing_message(found: Sequence[Entry], origin: Path, title: str, dry_run: bool) -> str:
    """What is missing, and the command or commands that say it. `title` is the one already given, or empty."""
    lacking = sorted((entry for entry in found if entry.missing), key=_order)
    if all(sum(name in entry.missing for entry in lacking) <= 1 for name in ("title", "date")):
        facts = " and ".join(_lack(entry) for entry in lacking)
        return f"{facts}; nothing was imported. Say it: {_command(origin, lacking, title, dry_run)}"
    one_by_one = [_command(entry.source.path, [entry], entry.title or "", dry_run) for entry in lacking]
    rest = [_command(origin, [], "", dry_run)] if len(found) > len(lacking) else []
    first = f"{len(lacking)} texts lack a title or a date; nothing was imported. Import them one by one:"
    return "\n  ".join((first, *one_by_one, *rest))


def proposal_words(entry: Entry) -> str:
    return f"{spoken(entry.proposal.on)}, a week after “{entry.proposal.after}”" if entry.proposal else ""


def _lack(entry: Entry) -> str:
    words = f"{entry.source.name} has no {' and no '.join(entry.missing)}"
    return f"{words} (proposed: {proposal_words(entry)})" if entry.proposal and "date" in entry.missing else words


def _command(origin: Path, lacking: Sequence[Entry], title: str, dry_run: bool) -> str:
    parts = ["make import", f"FROM={quoted(str(origin))}"]
    if any("title" in entry.missing for entry in lacking):
        parts.append(f"TITLE={BLANK_TITLE}")
    elif title:
        parts.append(f"TITLE={quoted(title)}")
    for entry in lacking:
        if entry.missing == ("title",) and entry.dated in (GIVEN, CONFIRMED) and entry.at:
            parts.append(f"DATE={quoted(f'{entry.at:%Y-%m-%d %H:%M}')}")
        if "date" in entry.missing:
            parts.append(f"DATE={entry.proposal.on.isoformat() if entry.proposal else BLANK_DATE}")
    return " ".join((*parts, "DRY_RUN=1") if dry_run else parts)


def quoted(value: str) -> str:
    """For the shell, and for make, to which a dollar means something too."""
    return shlex.quote(value.replace("$", "$$"))


def _order(entry: Entry) -> tuple[date, str]:
    on = entry.at.date() if entry.at else entry.proposal.on if entry.proposal else date.max
    return on, entry.source.name

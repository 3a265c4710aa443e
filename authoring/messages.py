"""What the author reads before and after publishing: one sentence first, then names, then advice. Pure.

A terminal gets colours and lines that fit it; a file, a mail or another program gets one whole line for each finding.
"""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from authoring.check.finding import Finding, gathered
from authoring.plan import Plan

NOTHING = "Nothing to publish."
STOPPED = "\nStopped. Readers see a whole site, the old one or the new: make releases says which."
CHANGES_SHOWN = 40  # lines of what would change; the rest is counted
NOTES_SHOWN = 12  # pieces of advice while publishing; make publish-check shows them all
NARROWEST, WIDEST = 40, 100

BOLD, DIM, RED, GREEN, YELLOW = "1", "2", "31", "32", "33"
SIGNS = {"+": GREEN, "~": YELLOW, "-": RED}


@dataclass(frozen=True)
class Screen:
    """Where words are shown. `width` is 0 where it is no terminal."""

    width: int = 0
    colour: bool = False

    def painted(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text and style else text


def screen(is_terminal: bool, columns: int, environ: Mapping[str, str]) -> Screen:
    """NO_COLOR, when it says anything, and TERM=dumb keep colours away, as no-color.org asks."""
    if not is_terminal:
        return Screen()
    plain = bool(environ.get("NO_COLOR")) or environ.get("TERM", "") in ("", "dumb")
    return Screen(min(max(columns, NARROWEST), WIDEST), not plain)


def changes(plan: Plan, where: Screen) -> Iterator[str]:
    """What readers would see change: the sentence, the names, and last what cannot be taken back."""
    yield where.painted(str(plan), BOLD)
    lines = list(plan.lines())
    yield from (_signed(line, where) for line in lines[:CHANGES_SHOWN])
    if len(lines) > CHANGES_SHOWN:
        yield f"  … and {len(lines) - CHANGES_SHOWN} lines more"
    if plan.announced:
        yield f"Feed readers will show as new: {_some(plan.announced)}. What they have fetched cannot be called back."


def _some(titles: Sequence[str], most: int = 3) -> str:
    return ", ".join(titles[:most]) + (f" and {len(titles) - most} more" if len(titles) > most else "")


def _signed(line: str, where: Screen) -> str:
    """A changed address or paragraph in the colour of its sign, cut to one line of a terminal."""
    if where.width and len(line) > where.width:
        line = line[: where.width - 1] + "…"
    return where.painted(line, SIGNS.get(line.lstrip()[:1], ""))


def findings(found: Iterable[Finding], where: Screen, most: int | None = NOTES_SHOWN) -> Iterator[str]:
    """Whatever stops the publishing, then advice, `most` pieces of it; None for all."""
    listed = gathered(found)
    notes = [finding for finding in listed if not finding.blocking]
    shown = notes[:most]
    for finding in (*(finding for finding in listed if finding.blocking), *shown):
        yield from _rows(finding, where) if where.width else (f"{_state(finding)} {finding}",)
    if len(notes) > len(shown):
        yield f"Note: {len(notes) - len(shown)} more notes like these; make publish-check shows them all"


def note(text: str, where: Screen) -> str:
    """A word on the whole site, on as many lines as a terminal needs."""
    if not where.width:
        return f"Note: {text}"
    first, *rest = _beside(text, where.width, "")
    return "\n".join([f"{where.painted('Note:', YELLOW)}{first[len('Note:') :]}", *rest])


def _state(finding: Finding) -> str:
    return "Not published." if finding.blocking else "Note:"


def _rows(finding: Finding, where: Screen) -> Iterator[str]:
    """State and place in one row; below them what is wrong, and how to mend it."""
    state = _state(finding)
    yield f"{where.painted(f'{state:<14}', RED if finding.blocking else YELLOW)}  {where.painted(finding.place, BOLD)}"
    yield from _beside(finding.what, where.width, "")
    yield from _beside(finding.remedy, where.width, "→ ")


def _beside(text: str, width: int, mark: str, left: int = 16) -> Iterator[str]:
    first, rest = " " * left + mark, " " * (left + len(mark))
    yield from textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def done(seconds: float, release: str, where: Screen, to: str = "") -> str:
    undo = f"make rollback AT={shlex.quote(to)}" if to else "make rollback"
    return f"{where.painted('Published', GREEN)} in {seconds:.0f} s, release {release}. Undo with `{undo}`."

"""What the author reads of an import of comments. Pure."""

from __future__ import annotations

from collections.abc import Collection

from forms_service.imports.take import Read, Taken
from forms_service.imports.take_back import TakenBack

MOST_NAMED = 5


def taken_words(read: Read, taken: Taken, unknown: Collection[str]) -> str:
    """`unknown` are the essays of the file that no build knows yet."""
    lines = [f"{_counted(taken.new)} taken in, on {_counted(len(taken.articles), 'essay')}." if taken.new else ""]
    if taken.known:
        lines.append(f"{_counted(taken.known)} stood here before and stayed as they are, with what you decided.")
    left_out = (
        (read.elsewhere, "left out: not below an essay (old pages have no conversation here)"),
        (read.wordless, "left out: without words"),
        (read.idle, "left out: removed on the old blog, and answered by nobody"),
    )
    lines += [f"{_counted(number)} {why}." for number, why in left_out if number]
    if unknown:
        named = ", ".join(sorted(unknown)[:MOST_NAMED]) + (" …" if len(unknown) > MOST_NAMED else "")
        built = "its comments show once it is" if len(unknown) == 1 else "their comments show once they are"
        lines.append(f"{_counted(len(unknown), 'essay')} not built yet; {built}: {named}.")
    return "\n".join(filter(None, lines)) or "The file holds no comments."


def taken_back_words(done: TakenBack, stamp: str) -> str:
    """What taking the import called `stamp` back did."""
    if not (done.gone or done.answered or done.rejected):
        return f"No comment of the import {stamp} is here."
    gone = _counted(done.gone) if done.gone else "No comment"
    lines = [f"{gone} of the import {stamp} taken out."]
    if done.answered:
        lines.append(f"{_counted(done.answered)} stayed: answered since, and what they answer themselves.")
    if done.rejected:
        lines.append(f"{_counted(done.rejected)} stayed rejected, as you decided, so that no import shows them again.")
    return "\n".join(lines)


def _counted(number: int, what: str = "comment") -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"

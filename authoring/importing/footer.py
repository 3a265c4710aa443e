"""Takes off what the old blog printed around an essay, and notices where it shows a second one. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from authoring.importing.errors import ImportingError

#: Lines the old blog put below an essay, each alone on its line.
_LINE = re.compile(
    r"no comments:?|post a comment|newer posts?|older posts?|home|subscribe to: .*\(atom\)"
    r"|posted by .{1,80} at \d{1,2}:\d{2}( ?[ap]m)?|email ?this ?blogthis!.*|labels: .*",
    re.IGNORECASE,
)
#: The same, run together with the sentence before it.
_GLUED_BEHIND = re.compile(r"(?<=\S)(No comments:|Post a Comment)$")
#: The same, run together with the first words of the next essay.
_GLUED_BEFORE = re.compile(r"(No comments:|Post a Comment)(?=[A-Z0-9“\"]|$)")
_COMMENTS = re.compile(r"\d+ comments?:", re.IGNORECASE)


def strip_footer(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """The essay's own lines, and what was taken off above and below them."""
    above, rest = _strip_above(list(lines))
    rest, below = _strip_below(rest)
    return rest, (*above, *below)


def check_middle(lines: Sequence[str]) -> None:
    """Raises ImportingError if the old blog's lines stand inside the text: then it is more than one essay."""
    for number, line in enumerate(lines, 1):
        if _COMMENTS.fullmatch(line):
            raise ImportingError(
                f'old comments follow "{line}"; take them out of the file first, this import brings none'
            )
        if _GLUED_BEFORE.match(line) or re.search(r"\.(No comments:|Post a Comment)$", line):
            raise ImportingError(
                f'"{line[:40]}" stands in the middle, near line {number}; save each essay as its own file'
            )


def _strip_above(lines: list[str]) -> tuple[list[str], list[str]]:
    removed = []
    while lines and (not lines[0] or _GLUED_BEFORE.match(lines[0])):
        if found := _GLUED_BEFORE.match(lines[0]):
            removed.append(found[0])
            lines[0] = lines[0][found.end() :].lstrip()
        if not lines[0]:
            del lines[0]
    return removed, lines


def _strip_below(lines: list[str]) -> tuple[list[str], list[str]]:
    removed: list[str] = []
    while lines:
        if not lines[-1]:
            lines.pop()
        elif _LINE.fullmatch(lines[-1]):
            removed.insert(0, lines.pop())
        elif found := _GLUED_BEHIND.search(lines[-1]):
            removed.insert(0, found[0])
            lines[-1] = lines[-1][: found.start()]
        else:
            break
    return lines, removed

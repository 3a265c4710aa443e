"""Words whose lines and spaces stand as they were written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring.importing.blogger.html.lines import BREAK
from authoring.importing.blogger.html.model import Line, Run


def parted(runs: list[Run]) -> Iterator[list[Run]]:
    """What stands between two line ends said by tags: there a paragraph ends, even here."""
    part: list[Run] = []
    breaks = 0
    for run in runs:
        if run.mark == "break":
            breaks += 1
            part.append(Run("\n"))
        elif run.mark or run.text.strip(" \xa0\n\t\r"):
            if breaks > 1:
                yield part
                part = []
            breaks = 0
            part.append(run)
        else:
            part.append(run)
    yield part


def at_line_ends(run: Run) -> Iterator[Run]:
    if run.mark:
        yield run
        return
    for number, text in enumerate(re.split(r"[ \r]*\n\s*", run.text)):
        if number:
            yield BREAK
        yield Run(text, run.formats)


def kept_lines(runs: list[Run]) -> Line:
    """Lines without white space at their ends, none empty at either end of the whole."""
    plain = frozenset((("strong", ""), ("code", "")))
    kept = [Run(r.text.replace("\t", "    ").replace("\r", ""), r.formats - plain) for r in runs if not r.mark]
    if not any(run.formats for run in kept):
        lines = [line.rstrip() for line in "".join(run.text for run in kept).split("\n")]
        return [Run("\n".join(lines).strip("\n"))]
    return kept

"""Turns the runs gathered between two blocks into paragraphs, and their white space into what a reader sees. Pure.

The rule for spaces that do not break: one alone between two words stays, for it belongs to them; one beside other
white space, or at the edge of a line, is only an editor's way of making room, and goes. A line of nothing else
is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from authoring.importing.blogger.html.model import Formats, Line, Placed, Run

BREAK = Run("\n", mark="break")
_ROOM = re.compile("[ \t\n\v\f\r\x1c-\x1f\x85\xa0\u2028\u2029]+")
_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]*")
STANDS_ALONE = frozenset(("picture", "player"))


def paragraphs(runs: Iterable[Run]) -> list[list[Line]]:
    """The paragraphs that `runs` hold: an empty line ends one, and so does a picture that has a line to itself."""
    found: list[list[Line]] = []
    open_ = False
    for line in map(tidied, map(_linked_once, _lines(runs))):
        if not line:
            open_ = False
        elif _is_pictures(line):
            found.append([tidied([run for run in line if run.mark or not run.text.strip()])])
            open_ = False
        elif open_:
            found[-1].append(line)
        else:
            found.append([line])
            open_ = True
    return [part for paragraph in found for part in _without_edges(paragraph)]


def _lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    for is_break, group in groupby(runs, key=lambda run: run.mark == "break"):
        if not is_break:
            yield list(group)
        else:
            yield from ([] for _ in range(sum(1 for _ in group) - 1))


def _linked_once(line: Line) -> Line:
    """Pictures side by side that are links to one place are one link, which has the words of all."""
    found: Line = []
    for run in line:
        last = next((at for at in range(len(found) - 1, -1, -1) if found[at].mark or found[at].text.strip()), -1)
        if last < 0 or not (joined := _joined(found[last].placed, run.placed)):
            found.append(run)
        else:
            found[last:] = [found[last]._replace(placed=joined)]
    return found


def _joined(one: Placed | None, other: Placed | None) -> Placed | None:
    if not one or not other or not one.words or not other.words or one.href != other.href or one.around != other.around:
        return None
    return replace(one, words=one.words if one.around else f"{one.words} {other.words}")


def _is_pictures(line: Line) -> bool:
    return all(run.mark or _INVISIBLE.fullmatch(run.text) for run in line)


def _without_edges(paragraph: list[Line]) -> Iterator[list[Line]]:
    """Pictures at the edges of a paragraph stand by themselves: the words stay the paragraph that they were."""
    if _is_pictures(paragraph[0]):
        yield paragraph
        return
    if not any(run.mark in STANDS_ALONE for line in (paragraph[0], paragraph[-1]) for run in line):
        yield paragraph
        return
    before, first = _cut(paragraph[0])
    lines = [first, *paragraph[1:]]
    after, last = _cut(lines[-1][::-1])
    lines[-1] = last[::-1]
    yield from ([[run]] for run in before)
    yield [tidied(line) for line in lines]
    yield from ([[run]] for run in reversed(after))


def _cut(line: Sequence[Run]) -> tuple[Line, Line]:
    """The pictures before the first word, and the rest."""
    end = next((i for i, run in enumerate(line) if not run.mark and not _INVISIBLE.fullmatch(run.text)), len(line))
    pictures = [run for run in line[:end] if run.mark in STANDS_ALONE]
    others = [run for run in line[:end] if run.mark and run.mark not in STANDS_ALONE]
    return pictures, [*others, *line[end:]]


def tidied(line: Sequence[Run]) -> Line:
    """`line` with its white space as it is seen, neighbours marked alike made one; empty if nothing is seen."""
    if not any(run.mark in STANDS_ALONE or not _INVISIBLE.fullmatch(run.text) for run in line):
        return []
    if len(line) == 1 and not line[0].mark:
        return _trimmed([Run(_ROOM.sub(_room, line[0].text), line[0].formats)])
    found: Line = []
    gap = ""
    for run in _merged(line):
        text = "" if run.mark else _ROOM.sub(_room, run.text)
        bare = text.strip(" \xa0")
        if not run.mark and not bare:
            gap = _wider(gap, text)
            continue
        before = text[: len(text) - len(text.lstrip(" \xa0"))]
        _add(found, run if run.mark else Run(bare, run.formats), _wider(gap, before))
        gap = text[len(before) + len(bare) :]
    return _trimmed(_merged(found))


def _room(found: re.Match[str]) -> str:
    return " " if found[0].strip("\xa0") else "\xa0"


def _wider(one: str, other: str) -> str:
    return one or other if not (one and other) else "\xa0" if one == other == "\xa0" else " "


def _add(line: Line, run: Run, gap: str) -> None:
    """Put `run` behind `line`. The space between is marked as both its neighbours are."""
    if line and not gap and (run.mark in STANDS_ALONE or line[-1].mark in STANDS_ALONE):
        gap = " "  # a picture is no letter: the words beside it are two
    if line and gap:
        line.append(Run(gap, line[-1].formats & run.formats))
    line.append(run)


def _merged(line: Iterable[Run]) -> Line:
    found: Line = []
    texts: list[str] = []
    for run in line:
        if run.mark:
            found.append(run)
        elif found and not found[-1].mark and found[-1].formats == run.formats:
            texts.append(run.text)
            continue
        else:
            found.append(run)
        if len(texts) > 1:
            found[-2] = Run("".join(texts), found[-2].formats)
        texts = [] if run.mark else [run.text]
    if found and len(texts) > 1:
        found[-1] = Run("".join(texts), found[-1].formats)
    return found


def _trimmed(line: Line) -> Line:
    """No white space of any script at the edges: it moves words, and is none."""
    while line and not line[0].mark:
        if text := line[0].text.lstrip():
            line[0] = Run(text, line[0].formats)
            break
        del line[0]
    while line and not line[-1].mark:
        if text := line[-1].text.rstrip():
            line[-1] = Run(text, line[-1].formats)
            break
        del line[-1]
    return line


def plain(line: Sequence[Run]) -> str:
    """The words of a line."""
    return "".join((run.placed.words if run.placed else "") if run.mark else run.text for run in line)


def without(line: Sequence[Run], name: str) -> Line:
    """`line` without one way of marking: what stands in a heading is bold anyway."""

    def less(formats: Formats) -> Formats:
        return frozenset(each for each in formats if each[0] != name)

    return tidied([Run(run.text, less(run.formats), run.mark, run.placed) for run in line])

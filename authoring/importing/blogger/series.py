"""Finds essays that are parts of one thing, to be offered as series; accepting is the author's. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plugins.continues import Essay, continuations

_PART = re.compile(
    r"^(?P<name>.+?)[\s,:;.–—-]*[(\[]?\s*(?:\b(?:part|pt|parte|partie|teil|deel|del|część|část|часть|kapitel|folge|chapter"
    r"|cap[ií]tulo|chapitre|episode|episodio|episódio)\.?\s*|#)(?P<number>\d{1,2}|[ivx]{1,5}|one|two|three|four|five|six"
    r"|seven|eight|nine|ten)\b[)\]]?.*$",
    re.IGNORECASE,
)
_HEAD = """\
# Essays that look like parts of a series. Take out what is none, change the names as you like, then: make import-series
# Each series is a name between brackets with its essays below it; their dates decide the order.
"""
_SEQUELS = """
# These stand a week apart and speak of "last week" or "next week". The site links them by itself; take the number signs
# away where they are a series, too.
"""


def offers(essays: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The files of each series that the titles tell of, by its name. `essays` are titles and files, oldest first."""
    found: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    for title, file in essays:
        if part := _PART.match(title):
            name = part["name"].strip(" ,:;.–—-([")
            if name:
                found[names.setdefault(name.casefold(), name)].append(file)
    return {name: files for name, files in found.items() if len(files) > 1}


@dataclass(frozen=True)
class Part:
    """An essay that may go on with another: `words` are its paragraphs, without an invitation to answer."""

    title: str
    file: str
    on: date
    words: Sequence[str]


def sequels(parts: Iterable[Part], elsewhere: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Essays that speak of each other, by the title of the first; none that is in a series of `elsewhere` already."""
    taken = {file for files in elsewhere.values() for file in files}
    by_file = {part.file: part for part in parts if part.words and part.file not in taken}
    after = continuations(Essay(part.file, part.on, part.words[0], part.words[-1]) for part in by_file.values())
    goes_on = {earlier: later for later, earlier in after.items()}
    found: dict[str, list[str]] = {}
    for file in sorted(goes_on.keys() - after.keys(), key=lambda file: (by_file[file].on, file)):
        chain = [file]
        while chain[-1] in goes_on:
            chain.append(goes_on[chain[-1]])
        found.setdefault(by_file[file].title, chain)
    return found


def write(found: Mapping[str, Sequence[str]], weekly: Mapping[str, Sequence[str]]) -> str:
    """The offer as a text to edit; of what is `weekly` nothing counts until the author says so."""
    return _HEAD + _listed(found, "") + (_SEQUELS + _listed(weekly, "#") if weekly else "")


def _listed(found: Mapping[str, Sequence[str]], sign: str) -> str:
    return "".join("\n" + "".join(f"{sign}{line}\n" for line in (f"[{n}]", *files)) for n, files in found.items())


def read(text: str) -> dict[str, str]:
    """The series' name by file, as the author left them. Raises ValueError with the line that is neither."""
    table, name = {}, ""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1].strip()
        elif line and not line.startswith("#"):
            if not name or not line.endswith(".md") or "/" in line:
                raise ValueError(f"{number}: neither a series in brackets nor the name of an essay's file below one")
            table[line] = name
    return table

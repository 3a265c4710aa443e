"""Finds essays that are parts of one thing, to be offered as series; accepting is the author's. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

_PART = re.compile(
    r"^(?P<name>.+?)[\s,:;.–—-]*[(\[]?\s*\b(?:part|pt|parte|partie|teil|deel|#)\.?\s*(?P<number>\d{1,2}|[ivx]{1,5}|one|two"
    r"|three|four|five|six|seven|eight|nine|ten)\b[)\]]?.*$",
    re.IGNORECASE,
)
_HEAD = """\
# Essays that look like parts of a series. Take out what is none, change the names as you like, then: make import-series
# Each series is a name between brackets with its essays below it; their dates decide the order.
# Essays a week apart that speak of "last week" or "next week" are linked by the site itself and need no series.
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


def write(found: Mapping[str, Sequence[str]]) -> str:
    """The offer as a text to edit."""
    parts = ("".join((f"\n[{name}]\n", *(f"{file}\n" for file in files))) for name, files in found.items())
    return _HEAD + "".join(parts)


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

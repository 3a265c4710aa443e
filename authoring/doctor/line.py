"""What a look at the host found, as one line. Pure."""

from __future__ import annotations

from dataclasses import dataclass

GOOD, BAD, NOTE = "ok", "BAD", "note"


@dataclass(frozen=True)
class Line:
    """`state` is one of GOOD, BAD and NOTE; `remedy` is empty where all is well."""

    what: str
    state: str = GOOD
    found: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        told = "; ".join(part for part in (self.found, self.remedy) if part)
        return f"{self.state:<5}{self.what}{': ' if told else ''}{told}"


def look(what: str, is_good: bool, found: str = "", remedy: str = "") -> Line:
    """Good without more words, or bad with what was found and how to mend it."""
    return Line(what) if is_good else Line(what, BAD, found, remedy)

"""What a check says: where, what is wrong, how to mend it, and whether it stops the publishing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`file` is named from the project's root, or is a page of the build where no source is at fault."""

    file: str
    line: int
    what: str
    remedy: str
    blocking: bool = True

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.remedy}"


@dataclass(frozen=True)
class Fault:
    """A finding on a built page before anybody has looked for its source; `clue` is what to look for there."""

    line: int
    what: str
    remedy: str
    clue: str = ""
    blocking: bool = True

"""What a check says: where, what is wrong, how to mend it, and whether it stops the publishing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


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


def gathered(found: Iterable[Finding]) -> list[Finding]:
    """The same, with what is wrong on many built pages in one way said once: its cause is one, in the theme."""
    pages: dict[tuple[str, str, bool], list[Finding]] = {}
    for finding in found:
        built = not finding.file.startswith("content/")
        pages.setdefault((finding.what if built else str(finding), finding.remedy, finding.blocking), []).append(
            finding
        )
    return [_with_count(alike) for alike in pages.values()]


def _with_count(alike: list[Finding]) -> Finding:
    more = len({finding.file for finding in alike}) - 1
    files = f"{more} more file{'' if more == 1 else 's'}"
    return replace(alike[0], remedy=f"{alike[0].remedy} (the same in {files})") if more > 0 else alike[0]


@dataclass(frozen=True)
class Fault:
    """A finding on a built page before anybody has looked for its source; `clue` is what to look for there."""

    line: int
    what: str
    remedy: str
    clue: str = ""
    blocking: bool = True

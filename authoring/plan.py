"""What readers would see change: a staged build against the release they see now. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from plugins.text import paragraphs


@dataclass(frozen=True)
class Plan:
    """Files by name below the site's root, sorted. `texts` is what changed in words, by page."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    bytes: int = 0
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    announced: tuple[str, ...] = ()  # titles that feed readers would show as new
    comments: bool = False  # comments approved or withdrawn since wait for this publishing

    @property
    def nothing(self) -> bool:
        return not (self.added or self.changed or self.removed or self.comments)

    def __str__(self) -> str:
        added, changed, removed = (len(pages(names)) for names in (self.added, self.changed, self.removed))
        if not (added or changed or removed):
            files = len(self.added) + len(self.changed) + len(self.removed)
            if self.comments and not files:
                return "This will change no essay; it brings the comments approved or withdrawn since."
            return f"This will change no page, but {files} other file{'' if files == 1 else 's'}."
        return f"This will add {added} page{'' if added == 1 else 's'}, change {changed}, remove {removed}."

    @property
    def done(self) -> str:
        """The same sentence once it has happened."""
        if self.comments and not (self.added or self.changed or self.removed):
            return "the comments of that day"
        added, changed, removed = (len(pages(names)) for names in (self.added, self.changed, self.removed))
        return f"{added} page{'' if added == 1 else 's'} added, {changed} changed, {removed} removed"

    def names(self) -> list[str]:
        """The address of every page, `+`, `~` or `-` before it: other files have no names an author knows."""
        return [f"{sign} /{address(name)}" for sign, name in self._signed() if name.endswith(".html")]

    def _signed(self) -> list[tuple[str, str]]:
        signs = (("+", self.added), ("~", self.changed), ("-", self.removed))
        return [(sign, name) for sign, names in signs for name in names]

    def lines(self) -> Iterable[str]:
        """The names and what changed in words, for the author's eyes."""
        yield f"  {self.bytes / 1024:.0f} KB to write."
        told = [(sign, name) for sign, name in self._signed() if name.endswith(".html")]
        for sign, name in told:
            yield f"  {sign} /{address(name)}"
            yield from (f"      {line}" for line in self.texts.get(name, ()))
        if others := len(self._signed()) - len(told):
            yield f"  and {others} file{'' if others == 1 else 's'} that go{'es' if others == 1 else ''} with them"


def make_plan(before: Mapping[str, str], after: Mapping[str, str], size: Callable[[str], int]) -> Plan:
    """`before` and `after` are checksums by name; `size` says how many bytes a file of the new build has."""
    added = tuple(sorted(after.keys() - before.keys()))
    changed = tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name]))
    return Plan(
        added=added,
        changed=changed,
        removed=tuple(sorted(before.keys() - after.keys())),
        bytes=sum(map(size, (*added, *changed))),
    )


def pages(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.endswith(".html")]


def address(name: str) -> str:
    """The address of a file as readers type it, without the slash in front."""
    return name.removesuffix("index.html") if name == "index.html" or name.endswith("/index.html") else name


def difference(before: str, after: str) -> tuple[str, ...]:
    """The paragraphs of two pages that differ, `-` as it was and `+` as it will be."""
    compared = difflib.unified_diff(paragraphs(before), paragraphs(after), n=0, lineterm="")
    lines = islice(compared, 2, None)  # the first two name files
    return tuple(line for line in lines if not line.startswith("@@"))

"""Judges what readers got in a race: every answer a whole page of some release, with comments as decided by then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from authoring.publishing.manifest import checksum
from bridge.comment_file import PublicComment
from bridge.fill import Build, fill
from bridge.regions import emptied

Shown = tuple[bool, ...]  # for each comment, whether a page shows it


@dataclass(frozen=True)
class Fetch:
    """One answer, and when it was asked for and whole, in seconds of one clock."""

    began: float
    ended: float
    name: str
    status: int
    body: bytes


@dataclass(frozen=True)
class Decision:
    """From the press of a button until the pages were said to be up to date."""

    began: float
    done: float
    comment: int
    approved: bool


def possible(decisions: Sequence[Decision], comment: int, fetch: Fetch) -> Set[bool]:
    """Whether the page may show the comment, must, or must not. Pure."""
    own = [decision for decision in decisions if decision.comment == comment]
    settled = [decision.approved for decision in own if decision.done <= fetch.began]
    under_way = {decision.approved for decision in own if decision.done > fetch.began and decision.began <= fetch.ended}
    return {settled[-1] if settled else False} | under_way


class Judge:
    """Knows every release that there was, and what its pages look like with whichever comments."""

    def __init__(
        self, root: Path, comments: Sequence[tuple[str, PublicComment]], known: Mapping[str, Set[str]]
    ) -> None:  # fmt: skip
        self._build, self._comments, self._known = Build.load(root), comments, known
        self._seen: dict[tuple[str, bytes], Set[Shown] | None] = {}

    def faults(self, fetches: Sequence[Fetch], decisions: Sequence[Decision]) -> Iterator[str]:
        for fetch in fetches:
            if fault := self._fault(fetch, decisions):
                yield f"/{fetch.name} at {fetch.began:.3f}: {fault}"

    def _fault(self, fetch: Fetch, decisions: Sequence[Decision]) -> str:
        if fetch.status != 200:
            return f"status {fetch.status}"
        found = self._states(fetch.name, fetch.body)
        if found is None:
            return "bytes of no release"
        may = [possible(decisions, number, fetch) for number in range(len(self._comments))]
        if not any(all(shown in allowed for shown, allowed in zip(state, may, strict=True)) for state in found):
            return f"shows comments as {sorted(found)}, while {may} was decided"
        return ""

    def _states(self, name: str, body: bytes) -> Set[Shown] | None:
        """With which comments this is a page of some release; None if it is none with any."""
        key = name, body
        if key not in self._seen:
            self._seen[key] = self._compared(name, body) if self._is_of_a_release(name, body) else None
        return self._seen[key]

    def _is_of_a_release(self, name: str, body: bytes) -> bool:
        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(name).name
            path.write_bytes(body)
            return checksum(path) in self._known[name]

    def _compared(self, name: str, body: bytes) -> Set[Shown] | None:
        states = set(product((False, True), repeat=len(self._comments)))
        if name not in self._build.index.pages:
            return states
        empty = emptied(body.decode())
        return {state for state in states if fill(empty, self._with(state), self._build).encode() == body} or None

    def _with(self, state: Shown) -> dict[str, list[PublicComment]]:
        by_essay: dict[str, list[PublicComment]] = {}
        for shown, (article_id, comment) in zip(state, self._comments, strict=True):
            by_essay.setdefault(article_id, []).extend([comment] if shown else [])
        return by_essay

"""Decides what is known of each essay, what the author has said, and what is still missing. Pure; never guesses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from authoring.importing.dates import DEFAULT_TIME, read_moment
from authoring.importing.errors import ImportingError
from authoring.importing.existing import Standing
from authoring.importing.plain_text import LONGEST_TITLE, Draft, without_title
from authoring.importing.sources import Source
from plugins.continues import LAST_WEEK, NEXT_WEEK, WEEK

FROM_TEXT, GIVEN, CONFIRMED = "from the text", "given by you", "proposed, confirmed by you"


@dataclass(frozen=True)
class Proposal:
    """The day a sequel probably appeared: a week after the essay it continues."""

    on: date
    after: str

    @property
    def at(self) -> datetime:
        return datetime.combine(self.on, DEFAULT_TIME)


@dataclass(frozen=True)
class Entry:
    """A text on its way to become an essay; `title` and `at` are None as long as nobody has said them."""

    source: Source
    draft: Draft
    title: str | None = None
    at: datetime | None = None
    #: How the date became known.
    dated: str = ""
    proposal: Proposal | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name, value in (("title", self.title), ("date", self.at)) if value is None)

    def dated_by_author(self, at: datetime) -> Entry:
        """The same, now that the author has said when it appeared."""
        confirmed = self.proposal and self.proposal.at == at
        return replace(self, at=at, dated=CONFIRMED if confirmed else GIVEN)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text that will stand on the page."""
        return without_title(self.draft, self.title) if self.title and not self.draft.title else self.draft.paragraphs


@dataclass(frozen=True)
class Dated:
    """An essay whose day is known and which another may continue."""

    on: date
    title: str
    closing: str


def entries(drafts: Sequence[tuple[Source, Draft]], standing: Iterable[Standing]) -> list[Entry]:
    """What the texts themselves say, and the proposed date where a sequel says none."""
    dated = [Dated(d.date, d.title or s.name, d.closing) for s, d in drafts if d.date]
    dated += [Dated(a.at.date(), a.title, a.closing) for a in standing if a.at and not a.sample]
    return [
        Entry(
            source,
            draft,
            draft.title,
            datetime.combine(draft.date, DEFAULT_TIME) if draft.date else None,
            FROM_TEXT if draft.date else "",
            _proposal(draft, dated),
        )
        for source, draft in drafts
    ]


def with_title(found: Sequence[Entry], text: str) -> list[Entry]:
    """`text` goes to the one essay that lacks a title, or to the only one there is."""
    title = check_title(text)
    chosen = _the_one(found, "title", "TITLE")
    return [replace(entry, title=title) if entry is chosen else entry for entry in found]


def with_date(found: Sequence[Entry], text: str) -> list[Entry]:
    """The same for the date."""
    at = check_date(text)
    chosen = _the_one(found, "date", "DATE")
    return [entry.dated_by_author(at) if entry is chosen else entry for entry in found]


def check_title(text: str) -> str:
    """One line that Pelican will read back as it was said. Raises ImportingError."""
    title = " ".join(text.split())
    if not title or not title.isprintable():
        raise ImportingError("a title is one line of text")
    if len(title) > LONGEST_TITLE:
        raise ImportingError(f"a title has at most {LONGEST_TITLE} characters, this one {len(title)}")
    return title


def check_date(text: str) -> datetime:
    if at := read_moment(text):
        return at
    raise ImportingError(f'"{text}" is no date; write it as 2015-10-18, with or without a time: 2015-10-18 07:00')


def _the_one(found: Sequence[Entry], name: str, option: str) -> Entry:
    lacking = [entry for entry in found if name in entry.missing]
    if len(found) == 1 or len(lacking) == 1:
        return (lacking or list(found))[0]
    if not lacking:
        raise ImportingError(
            f"{option}= is given, but every text has its {name}; to change one, import that file alone"
        )
    names = ", ".join(entry.source.name for entry in lacking)
    raise ImportingError(f"{option}= is given, but {len(lacking)} texts lack a {name} ({names}); import each by itself")


def _proposal(draft: Draft, dated: Sequence[Dated]) -> Proposal | None:
    """A week after the one essay this can continue: best one that promises a "next week" nobody has kept yet."""
    if draft.date or not LAST_WEEK.search(draft.opening):
        return None
    days = {essay.on for essay in dated}
    free = [essay for essay in dated if essay.on + WEEK not in days]
    earlier = [essay for essay in free if NEXT_WEEK.search(essay.closing)] or free
    return Proposal(earlier[0].on + WEEK, earlier[0].title) if len(earlier) == 1 else None

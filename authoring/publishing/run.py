"""Builds, checks, compares, publishes: each step before the last changes nothing that readers see."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from xml.etree.ElementTree import ParseError

from authoring.check.advice import advice_on
from authoring.check.essays import Published
from authoring.check.feeds import entries
from authoring.check.finding import Finding
from authoring.check.run import Staged, findings
from authoring.check.sources import Source, Sources, load_sources
from authoring.check.spelling import word_list
from authoring.importing.errors import ImportingError
from authoring.importing.journal import written_sums
from authoring.plan import Plan, difference, make_plan, pages
from authoring.publishing.errors import PublishingError, one_line_errors
from authoring.publishing.manifest import Manifest, machinery_of, without_comments
from authoring.publishing.reading import Reading
from authoring.publishing.signposts import Added, add_signposts, put_back, signposts_for
from authoring.publishing.target import Target
from authoring.publishing.targets import target_at
from authoring.publishing.turn import alone
from authoring.staging import Beside, release_staging_of, stage
from bridge.dates import moment_in_words
from bridge.identity import Identity, load_identity
from bridge.places import Places, places, settings

WAITING_SHOWN = 3  # essays that readers do not see yet
FEED = "feeds/posts.atom"


@dataclass(frozen=True)
class Checked:
    """A staged build, what it would change, and what is to be said about it."""

    staging: Path
    plan: Plan
    manifest: Manifest
    current: Manifest | None
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.blocking)

    @property
    def nothing(self) -> bool:
        return self.plan.nothing and self.current is not None and self.current.machinery == self.manifest.machinery


@dataclass
class Publishing:
    """One run of `make publish` or `make publish-check` over the project in `root`."""

    root: Path
    now: datetime
    allow_removal: bool = False
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    progress: Callable[[str], None] = lambda _: None
    to: str = ""  # a host or a branch, as address.py reads it; empty: here

    def __post_init__(self) -> None:
        self.signposts: Added | None = None  # what this run has added to the table of redirects
        with one_line_errors(self.root):
            values = settings(self.environ, self.root)
            self.places: Places = places(values, self.root)
            self.site: Identity = load_identity(self.root / "site.toml", values)
            self.target: Target = target_at(self.to, self.places, self.site, self.environ)
        self.now = self.now.astimezone(self.site.zone)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One publishing at a time; a second one is told so at once."""
        with one_line_errors(self.places.var_dir), alone(self.places):
            yield

    def check(self) -> Checked:
        """Build and look at everything. Raises PublishingError."""
        with one_line_errors(self.places.var_dir), slowly(self.progress, "Building and checking …"):
            self._refuse_what_is_not_yours(0)
            current = self.target.plan()
            if current:
                refuse_clock_set_back(self.now, self.target.releases())
            checked = self._staged(current)
            if self.allow_removal and (lines := signposts_for(checked.plan.removed, current, checked.manifest)):
                self.signposts = add_signposts(self.places.root / "content", lines)
                checked = self._staged(current)
            return checked

    def publish(self, checked: Checked) -> None:
        """Make a release of what was checked and show it. Raises PublishingError."""
        with one_line_errors(self.places.var_dir), slowly(self.progress, "Writing the release …"):
            self.target.push(checked.staging, checked.manifest)
            self.target.switch(checked.manifest.release)
            self.signposts = None  # what they say is published now
            self.target.prune()

    def take_back(self) -> None:
        """Whatever was not published leaves no signposts in the content. Raises PublishingError."""
        if self.signposts:
            with one_line_errors(self.places.var_dir):
                put_back(self.places.root / "content", self.signposts)

    def _staged(self, current: Manifest | None) -> Checked:
        staging, content = release_staging_of(self.places), self.places.root / "content"
        address = settings(self.environ, self.root).get("SITEURL", "")
        overrides = {"BUILD_DATE": self.now.isoformat(), "PREVIEW": False}
        reading = Reading(staging, self.places.var_dir / "staging" / "pages.json")
        beside = Beside(building=self._look_up_words, indexing=reading.ahead)
        stage(self.places, overrides, {**self.environ, "SITEURL": address}, staging, beside)
        sources = load_sources(staging, content, self._imported())
        self._refuse_what_is_not_yours(_samples(sources))
        files, pages_read = reading.whole()
        plan = self._plan(staging, current, files, frozenset(sources.written))
        manifest = self._manifest(staging, sources, files, plan, current)
        staged = Staged(
            root=staging,
            site=self.site.url,
            files=files,
            pages=pages_read,
            sources=sources,
            published=current.essays if current else {},
            current=self.target.root(),
            removed=frozenset(pages(plan.removed)),
            allow_removal=self.allow_removal,
        )
        said = findings(staged)
        said += advice_on(sources, staged.published, content, self.site.language, self.now)
        return Checked(staging, plan, manifest, current, tuple(said), self._notes(sources))

    def _look_up_words(self) -> None:
        """The list of words takes a while to read, and an essay that changed will be read for slips."""
        word_list(self.site.language)

    def _imported(self) -> dict[str, str]:
        """What imports wrote, by file. A journal that cannot be read makes every imported essay history."""
        try:
            return written_sums(self.places.var_dir / "imports")
        except ImportingError:
            return {}

    def _plan(self, staging: Path, current: Manifest | None, files: Mapping[str, str], written: frozenset[str]) -> Plan:
        """Differences in words are told of what the author wrote, not of the lists that quote it."""
        plan = make_plan(current.files if current else {}, files, lambda name: (staging / name).stat().st_size)
        plan = replace(plan, comments=self.target.comments_wait(staging))
        root = self.target.root()
        if root is None:
            return plan
        texts = {
            name: difference(_page(root / name), _page(staging / name)) for name in plan.changed if name in written
        }
        return replace(plan, texts=texts, announced=announced(_page(root / FEED), _page(staging / FEED)))

    def _manifest(
        self, staging: Path, sources: Sources, files: Mapping[str, str], plan: Plan, current: Manifest | None
    ) -> Manifest:
        written = (source for source in sources.written.values() if source.essay)
        essays = {s.id: Published(s.file, s.page, s.date, s.title, s.words) for s in written}
        known = self.target.releases()
        return Manifest(
            release=free_stamp(self.now, {manifest.release for manifest in known}),
            number=max((manifest.number for manifest in known), default=0) + 1,
            made_at=self.now,
            files=files,
            machinery=machinery_of(staging),
            essays=essays,
            summary=plan.done,
            changes=tuple(plan.names()),
        )

    def _notes(self, sources: Sources) -> tuple[str, ...]:
        said = self._not_yours(_samples(sources))
        strange = (f"Readers will see what is not yours; {said}.",) if said else ()
        return (*strange, *map(waiting, sorted(sources.unseen, key=lambda source: source.date)[:WAITING_SHOWN]))

    def _refuse_what_is_not_yours(self, samples: int) -> None:
        """Here the author may try everything out; before strangers there is nothing to try."""
        if self.target.address and (said := self._not_yours(samples)):
            raise PublishingError(f"{self.target.address}: readers there would see what is not yours; {said}")

    def _not_yours(self, samples: int) -> str:
        notes = []
        if samples:
            notes.append(f"{samples} sample essay{'' if samples == 1 else 's'} among yours: make import FROM=…")
        if self.site.is_placeholder:
            notes.append(f"site.toml still says {' and '.join(self.site.placeholders)}: make setup puts you in")
        return ", and ".join(notes)


def _samples(sources: Sources) -> int:
    return sum(source.sample for source in sources.written.values())


def waiting(source: Source) -> str:
    """Why readers see nothing of a file yet, so that nobody looks for it in vain."""
    if source.status == "draft":
        return f"{source.name} is a draft, and readers see nothing of it; take its Status line away to publish it"
    when = moment_in_words(source.moment, source.moment.tzinfo or UTC)
    return f"{source.name} waits for {when}; to publish it now, give it an earlier Date"


def announced(before: str, after: str) -> tuple[str, ...]:
    """The titles that feed readers would show as new."""
    try:
        known = {entry.id for entry in entries(before)} if before else set()
        return tuple(entry.title for entry in entries(after) if entry.id not in known)
    except ParseError:
        return ()  # the check of the feeds says so with its line


def refuse_clock_set_back(now: datetime, releases: Iterable[Manifest]) -> None:
    """No release is younger than the one to be made now. Raises PublishingError."""
    newest = max(releases, key=lambda manifest: manifest.made_at, default=None)
    if newest and now < newest.made_at:
        raise PublishingError(
            f"the clock says {now:%Y-%m-%d %H:%M}, but release {newest.release} is younger;"
            " set the clock right and publish again"
        )


def free_stamp(now: datetime, taken: set[str]) -> str:
    """The minute as a name, with a number behind it where one has been made in this minute already."""
    stamp = now.strftime("%Y-%m-%dT%H%M")
    names = [stamp, *(f"{stamp}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _page(path: Path) -> str:
    """A page without its comments; nothing where there is none."""
    try:
        return without_comments(path.read_bytes()).decode(errors="replace")
    except FileNotFoundError:
        return ""


@contextmanager
def slowly(progress: Callable[[str], None], words: str) -> Iterator[None]:
    """Say what is being done if it takes longer than two seconds."""
    timer = Timer(2.0, progress, [words])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()

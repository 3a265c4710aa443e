"""Decides what becomes of every entry of an export: brought in, known already, or left out. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from authoring.importing.blogger import labels
from authoring.importing.blogger.addresses import free, is_page, kept, made, slug_in
from authoring.importing.blogger.closing import derived_title
from authoring.importing.blogger.entries import COMMENT, DRAFT, LIVE, PAGE, SCHEDULED, Entry
from authoring.importing.blogger.pieces import ARTICLES, PAGES, Piece, in_zone, mark
from authoring.importing.existing import Standing

_UNTITLED = "Untitled"


@dataclass(frozen=True)
class Known:
    """A piece that an earlier import brought: nothing happens to it."""

    piece: Piece
    edited: bool
    #: Whether this export says something else than the one it came from.
    changed: bool


@dataclass
class Plan:
    """Every post and page of an export is in exactly one of `new`, `known` and `left_out`."""

    new: list[Piece] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    left_out: list[tuple[Entry, str]] = field(default_factory=list)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    label_counts: Counter[str] = field(default_factory=Counter)

    @property
    def pieces(self) -> list[Piece]:
        return [*self.new, *(known.piece for known in self.known)]


@dataclass(frozen=True)
class Site:
    """What stands already. `standing` are all essays and pages; `written` the sums of files as imports wrote them."""

    standing: Sequence[Standing]
    names: Mapping[str, Standing]
    written: Mapping[str, str]
    zone: tzinfo
    vocabulary: Sequence[str]
    table: Mapping[str, tuple[str, ...]]


def make_plan(
    entries: Sequence[Entry], site: Site, now: datetime, plain: Callable[[str], str], bare: Callable[[str], str]
) -> Plan:
    """`plain` gives a post as text, `bare` only its words, from which a missing title is made."""
    plan = Plan()
    written = [entry for entry in entries if entry.kind != COMMENT]
    plan.label_counts = labels.counted(entry.labels for entry in written)
    plan.tags = labels.settled({**labels.proposed(plan.label_counts, site.vocabulary), **site.table}, {})
    by_id = {standing.id: standing for standing in site.standing if standing.id}
    paths = {standing.path: name for name, standing in site.names.items()}
    taken = {standing.address: paths[standing.path] for standing in site.standing if standing.address}
    authors = Counter(entry.author for entry in written if entry.author)
    usual = authors.most_common(1)[0][0] if authors else ""
    used, files = set(taken), {name.casefold() for name in site.names}
    claimed = _claimed(written)
    for entry in sorted(written, key=lambda e: (e.published or now, e.id)):
        if entry.status not in (LIVE, SCHEDULED, DRAFT):
            plan.left_out.append((entry, f"neither live nor a draft ({entry.status})"))
            continue
        if entry.status == DRAFT and not entry.title and not plain(entry.html):
            plan.left_out.append((entry, "an empty draft"))
            continue
        piece = _piece(entry, site.zone, now, bare, usual, plan.tags)
        if standing := by_id.get(entry.id):
            name = paths[standing.path]
            piece = replace(piece, address=standing.address or piece.address, path=name)
            edited = site.written.get(name, standing.checksum) != standing.checksum
            plan.known.append(Known(piece, edited, standing.source_sha256 != mark(entry)))
        elif entry.status != DRAFT and (owner := taken.get(piece.address)):
            plan.left_out.append((entry, f"its address {piece.address} is that of {owner}"))
        else:
            plan.new.append(_settled(piece, used, claimed, files))
    return plan


def _claimed(entries: Sequence[Entry]) -> dict[str, str]:
    """Who may keep an address that the export names: the first that is live, else the first draft."""
    claimed: dict[str, str] = {}
    for entry in sorted(entries, key=lambda entry: (entry.status == DRAFT, str(entry.published), entry.id)):
        if address := kept(entry.address):
            claimed.setdefault(address, entry.id)
    return claimed


def _piece(
    entry: Entry, zone: tzinfo, now: datetime, bare: Callable[[str], str], usual: str,
    tags: Mapping[str, tuple[str, ...]],
) -> Piece:  # fmt: skip
    said = []
    moment = entry.published or entry.updated
    if not entry.published:
        said.append(
            "the export does not say when it appeared" + (", so it has the day it was last changed" * bool(moment))
        )
    at = in_zone(moment or now, zone)
    title = entry.title
    if not title:
        title = derived_title(bare(entry.html))
        said.append(
            f"had no title; “{title}” was made from its first words" if title else "had neither title nor words"
        )
        title = title or _UNTITLED
    address = kept(entry.address)
    if address and is_page(address) != (entry.kind == PAGE):
        address = ""
    if not address:
        address = made(title, None if entry.kind == PAGE else at)
        if entry.status != DRAFT:
            why = "could not be kept" if entry.address else "was not in the export"
            said.append(f"its address {why}{f' ({entry.address[:80]!r})' * bool(entry.address)}; it has {address}")
    return Piece(
        entry=entry,
        title=title,
        at=at,
        modified=in_zone(entry.updated, zone) if entry.updated and entry.published else None,
        address=address,
        path="",
        tags=labels.tags_for(entry.labels, tags),
        author=entry.author if entry.author != usual else "",
        title_derived=not entry.title,
        decisions=tuple(said),
    )


def _settled(piece: Piece, used: set[str], claimed: Mapping[str, str], files: set[str]) -> Piece:
    """With an address and a file of its own."""
    others = {address for address, owner in claimed.items() if owner != piece.entry.id}
    address = free(piece.address, used | others)
    said = piece.decisions
    if address != piece.address and not piece.is_draft:
        said = (*said, f"{piece.address} is the address of another entry too; this one has {address}")
    used.add(address)
    name = file_name(piece, address, files)
    files.add(name.casefold())
    settled = replace(piece, address=address, path=name, decisions=said)
    if settled.moved_month and not settled.is_draft:
        words = f"its address {address} was kept, though its day is {settled.at:%Y-%m-%d} where the blog is at home"
        settled = replace(settled, decisions=(*said, words))
    return settled


def file_name(piece: Piece, address: str, files: set[str]) -> str:
    slug = slug_in(address)
    stem = f"{PAGES}/p-{slug}" if piece.is_page else f"{ARTICLES}/{piece.at:%Y-%m-%d}-{slug}"
    names = (f"{stem}{f'-{number}' * (number > 1)}.md" for number in range(1, 10_000))
    return next(name for name in names if name.casefold() not in files)

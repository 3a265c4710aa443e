"""Moves a blog in: reads the export, decides all, then writes all or nothing; a dry run leaves but its report."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from authoring.importing.blogger import labels, series
from authoring.importing.blogger.addresses import Inside
from authoring.importing.blogger.album import Album, album
from authoring.importing.blogger.archive import archive_of
from authoring.importing.blogger.comments import Comment, Taken, lines, take
from authoring.importing.blogger.detect import Feed
from authoring.importing.blogger.entries import COMMENT
from authoring.importing.blogger.fetch import Fetcher
from authoring.importing.blogger.html.convert import bare_words, plain_text
from authoring.importing.blogger.page import page
from authoring.importing.blogger.pieces import ARTICLES, PAGES, Words, render
from authoring.importing.blogger.plan import Plan, Site, make_plan
from authoring.importing.blogger.read import Export, read_export, with_addresses
from authoring.importing.blogger.redirects import with_labels
from authoring.importing.blogger.report import report
from authoring.importing.blogger.result import Result
from authoring.importing.blogger.words import take_over
from authoring.importing.errors import ImportingError
from authoring.importing.existing import Standing, standing
from authoring.importing.journal import Change, carry_out, new_folder, written_sums
from authoring.importing.own_file import text_of
from authoring.vocabulary import TAGS, word_list
from bridge.files import replace_file
from bridge.identity import Identity
from bridge.places import Places

COMMENTS, REPORT, OFFER = "comments.jsonl", "report.html", "series.txt"


@dataclass(frozen=True)
class Options:
    """What the command line says of an import."""

    dry: bool
    closing: str
    fetch_images: bool
    progress: Callable[[str], None]


def move_in(feed: Feed, options: Options, where: Places, identity: Identity, now: datetime) -> str:
    """Bring the export in and give the page to print. Raises ImportingError, having changed nothing."""
    export = read_export(feed)
    export.entries = with_addresses(export.entries)
    site = site_of(where, identity)
    plan = make_plan(export.entries, site, now, plain_text, bare_words)
    inside = _inside(export, plan, identity, now)
    pictures = _album(feed, plan, options, where, identity)

    def link(address: str) -> str | None:
        return inside.link(address) or pictures.link(address)

    words = {piece.entry.id: take_over(piece.entry.html, link, pictures.place, options.closing) for piece in plan.new}
    taken = _comments(export, plan, now)
    brought = _brought(where.var_dir / "imports")
    fresh = [comment for comment in taken.comments if comment.source_id not in brought]
    new_tags, listed = _tags(plan, site, where)
    changes = _changes(plan, words, site, where, feed, now) + listed + _pictures(pictures, where)
    told = Result(
        export=export, plan=plan, words=words, taken=taken, new_comments=len(fresh), series=_series(plan),
        unknown_links=inside.unknown, inside_links=inside.count, retired=[s.path.name for s in _retired(plan, site)],
        edited_samples=[s.path.name for s in site.standing if s.sample and not s.unedited_sample and plan.new],
        new_tags=new_tags, pictures=pictures.lines, archived=pictures.found, identity=identity, moment=now,
        dry=options.dry, folder="",
    )  # fmt: skip
    return _settle(told, changes, fresh, where)


def site_of(where: Places, identity: Identity) -> Site:
    """What stands already in the project."""
    found = [*standing(where.root / ARTICLES), *standing(where.root / PAGES)]
    lists = {name: text_of(_data(where, name) or b"", f"content/{name}") for name in (TAGS, labels.TABLE)}
    return Site(
        standing=[one for one in found if not one.unedited_sample],
        names={one.path.relative_to(where.root).as_posix(): one for one in found},
        written=written_sums(where.var_dir / "imports"),
        zone=identity.zone,
        vocabulary=word_list(lists[TAGS]),
        table=labels.read(lists[labels.TABLE]),
    )


def _inside(export: Export, plan: Plan, identity: Identity, now: datetime) -> Inside:
    """Links may lead to whatever readers can see; the old label's page to that of its first tag."""
    seen = [piece for piece in plan.pieces if not piece.is_draft]
    used = {tag for piece in seen if not piece.is_page and piece.at <= now for tag in piece.tags}
    slugs = {tag: labels.slug(tag) for tag in used}
    addresses = {piece.address: piece.address for piece in seen}
    tags = {label.casefold(): slugs[tags[0]] for label, tags in plan.tags.items() if tags and slugs.get(tags[0])}
    own = {identity.url.partition("://")[2].partition("/")[0].partition(":")[0].lower()}
    return Inside(frozenset(export.hosts | own), addresses, tags)


def _album(feed: Feed, plan: Plan, options: Options, where: Places, identity: Identity) -> Album:
    """A trial fetches nothing: it writes nothing but its report. What lies in the archive needs no asking."""
    agent = f"{identity.name} ({identity.url})"
    wanted = options.fetch_images and not options.dry
    fetcher = Fetcher(where.var_dir / "cache" / "imported", agent) if wanted else None
    return album((piece.entry.html for piece in plan.new), fetcher, options.progress, archive_of(feed))


def _comments(export: Export, plan: Plan, now: datetime) -> Taken:
    written = [entry for entry in export.entries if entry.kind != COMMENT]
    owners = frozenset(entry.writer for entry in written if entry.writer)
    return take(export.entries, {piece.entry.id: piece for piece in plan.pieces}, owners, now, plain_text)


def _brought(imports: Path) -> set[str]:
    """The comments that imports on record have brought."""
    brought = set()
    for folder in (journal.parent for journal in imports.glob("*/journal.json")):
        if (folder / COMMENTS).is_file():
            with (folder / COMMENTS).open(encoding="utf-8") as file:
                brought |= {json.loads(line)["source_id"] for line in file if line.strip()}
    return brought


def _retired(plan: Plan, site: Site) -> list[Standing]:
    return [one for one in site.names.values() if one.unedited_sample] if plan.new else []


def _changes(
    plan: Plan, words: Mapping[str, Words], site: Site, where: Places, feed: Feed, now: datetime
) -> list[Change]:
    if not plan.new:
        return []
    files = {piece.path: render(piece, words[piece.entry.id], feed.short).encode() for piece in plan.new}
    changes = [Change(path, None, data) for path, data in files.items()]
    changes += [Change(one.path.relative_to(where.root).as_posix(), one.data, None) for one in _retired(plan, site)]
    for name, make in ((labels.TABLE, _table), ("redirects.txt", with_labels)):
        before = _data(where, name)
        known = text_of(before or b"", f"content/{name}")
        if (after := make(known, plan, now)) != known:
            changes.append(Change(f"content/{name}", before, after.encode()))
    return changes


def _data(where: Places, name: str) -> bytes | None:
    """A list of the author's in `content/`; None where he keeps none."""
    path = where.root / "content" / name
    return path.read_bytes() if path.is_file() else None


def _tags(plan: Plan, site: Site, where: Places) -> tuple[list[str], list[Change]]:
    """What the author's list of tags lacks of those that essays bring: `make new` and the checks go by it.

    Who keeps no such list wants none.
    """
    before = _data(where, TAGS)
    lacking = labels.unlisted((tag for piece in plan.new for tag in piece.tags), site.vocabulary)
    if not lacking or before is None:
        return [], []
    return lacking, [Change(f"content/{TAGS}", before, labels.with_tags(before, lacking))]


def _pictures(pictures: Album, where: Places) -> list[Change]:
    """A picture is named by its bytes: one that is there already is the same."""
    files = {f"content/{path}": data for path, data in pictures.files.items()}
    return [Change(path, None, data) for path, data in files.items() if not (where.root / path).is_file()]


def _table(before: str, plan: Plan, _now: datetime) -> str:
    """A table the author has is his; the first one is made for him."""
    return before or (labels.write(plan.tags, plan.label_counts) if plan.label_counts else "")


def _series(plan: Plan) -> dict[str, list[str]]:
    essays = [piece for piece in plan.new if not piece.is_page and not piece.is_draft]
    return series.offers((piece.title, Path(piece.path).name) for piece in essays)


def _settle(told: Result, changes: list[Change], fresh: list[Comment], where: Places) -> str:
    """Write what is to be written, the report last: it stands beside the journal, and goes with it."""
    if not told.dry and not changes and not fresh:
        return report(told)
    imports = where.var_dir / "imports"
    weekly = told.sequels()
    beside = {OFFER: series.write(told.series, weekly).encode()} if told.series or weekly else {}
    if told.dry:
        folder = new_folder(imports, told.moment)
        if told.plan.label_counts:
            replace_file(folder / labels.TABLE, labels.write(told.plan.tags, told.plan.label_counts).encode())
    else:
        beside |= {COMMENTS: lines(fresh)} if fresh else {}
        folder = carry_out(changes, where.root, imports, told.moment, beside)
    named = Result(**{**vars(told), "folder": os.path.relpath(folder, where.root)})
    replace_file(folder / REPORT, page(named, where.root / "theme" / "static" / "site.css").encode())
    return report(named)


def read_offer(path: Path) -> dict[str, str]:
    """The series an author has accepted, by file. Raises ImportingError."""
    try:
        return series.read(text_of(path.read_bytes(), str(path)))
    except FileNotFoundError:
        raise ImportingError(
            f"{path}: there is no such file; it is written by make import where titles tell of series"
        ) from None
    except ValueError as error:
        raise ImportingError(f"{path}:{error}") from None

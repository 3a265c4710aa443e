"""`python -m authoring.importing.fidelity FILE`: what the built pages kept of an export, post by post, and in all.

Build first: it reads the pages in `output/`, or in the folder that --site names.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from authoring.importing.blogger.closing import closing_of
from authoring.importing.blogger.detect import find
from authoring.importing.blogger.entries import COMMENT, LIVE, Entry
from authoring.importing.blogger.pieces import ARTICLES, PAGES
from authoring.importing.blogger.read import read_export, with_addresses
from authoring.importing.blogger.words import without_footer
from authoring.importing.errors import ImportingError
from authoring.importing.existing import Standing, standing
from authoring.importing.fidelity.compare import MOST, Tally, compared
from authoring.importing.fidelity.reader import prose, read
from authoring.importing.shell import run
from bridge.places import ROOT, places, settings

FOOTER = "template footer"
CLOSING = "closing invitation"  # what the site's own component says instead, where the author asked for it


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m authoring.importing.fidelity", description=__doc__)
    parser.add_argument("export", type=Path, metavar="FILE", help="the export that was imported")
    parser.add_argument("--site", type=Path, help="the built site; output/ if nothing is said")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def fidelity(options: argparse.Namespace) -> str:
    """The page to print. Raises ImportingError if the file is no export."""
    root = options.root.absolute()
    site = options.site or places(settings(os.environ, root), root).output_dir
    stands = {each.id: each.address for each in _site(root) if each.id and each.address}
    entries = _entries(options.export)
    total, left_out, lines = Tally(), Counter[str](), []
    missing = 0
    for entry in entries:
        address = stands.get(entry.id, entry.address)
        page = site / unquote(address).lstrip("/")
        text = prose(page.read_text(encoding="utf-8")) if address and page.is_file() else None
        if text is None:
            missing += 1
            lines.append(f"{address or entry.id}: there is no page")
            continue
        source = read(entry.html)
        page_shows = read(text, ignoring=source.shows).paragraphs
        rest, footer = footer_taken_off(source.paragraphs, page_shows)
        closing = closing_taken_off(rest, page_shows)
        tally = compared(rest[: len(rest) - closing], page_shows)
        total += tally
        left_out += source.left_out + Counter({CLOSING: closing, FOOTER: footer})
        lines += _told(entry, tally)
    return "\n".join([*lines, *_sum(len(entries), missing, total, left_out)])


def _site(root: Path) -> list[Standing]:
    """The essays and pages of the site, which know by which name the export called them."""
    return [*standing(root / ARTICLES), *standing(root / PAGES)]


def _entries(export: Path) -> list[Entry]:
    feed = find(export)
    if feed is None:
        raise ImportingError(f"{export}: not the export of a Blogger blog")
    entries = with_addresses(read_export(feed).entries)
    return [entry for entry in entries if entry.kind != COMMENT and entry.status == LIVE]


def closing_taken_off(source: Sequence[Sequence[str]], page: Sequence[Sequence[str]]) -> int:
    """How many closing paragraphs the author had taken off (CLOSING=component): all that invite to answer, or none."""
    number = closing_of([" ".join(paragraph) for paragraph in source])
    return number if not any(paragraph in page for paragraph in source[len(source) - number :]) else 0


def footer_taken_off(
    source: Sequence[Sequence[str]], page: Sequence[Sequence[str]]
) -> tuple[Sequence[Sequence[str]], int]:
    """The source without what the old template had put below it, and how many lines those were; all or none."""
    _, below = without_footer([" ".join(paragraph) for paragraph in source])
    rest = source[: len(source) - len(below)]
    return (rest, len(below)) if below and list(page[-len(below) :]) != list(source[len(rest) :]) else (source, 0)


def _told(entry: Entry, tally: Tally) -> Iterator[str]:
    if tally.whole:
        return
    words = f"{tally.words_lost} of {tally.words} words lost, {tally.words_added} added"
    yield f"{entry.address}: {words}; {tally.paragraphs_lost} of {tally.paragraphs} paragraphs changed"
    yield from (f"    {passage}" for passage in tally.passages[:MOST])


def _sum(entries: int, missing: int, total: Tally, left_out: Counter[str]) -> Iterator[str]:
    yield f"{entries - missing} of {entries} posts and pages compared"
    kept = f"{_share(total.words, total.words_lost)} of {total.words:,} kept"
    yield f"words:      {kept}, {total.words_lost:,} lost, {total.words_added:,} added"
    changed = f"{total.paragraphs_lost:,} changed, {total.paragraphs_added:,} new"
    yield f"paragraphs: {_share(total.paragraphs, total.paragraphs_lost)} of {total.paragraphs:,} kept, {changed}"
    if left_out:
        yield "left out:   " + ", ".join(f"{count} × {rule}" for rule, count in sorted(left_out.items()))


def _share(whole: int, lost: int) -> str:
    """Rounded down: a word missing among a million is no 100 %."""
    return f"{(1000 * (whole - lost) // whole if whole else 1000) / 10:.1f} %"


if __name__ == "__main__":
    sys.exit(run("fidelity", lambda: fidelity(arguments(sys.argv[1:]))))

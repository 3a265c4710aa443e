"""The command behind `make import`: gathers, decides, asks, writes, reports. Nothing is written before all is known.

What is named decides the road: an export of Blogger, as `blogger.detect` knows it, or plain texts.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from authoring.importing.ask import ask_author, ask_for
from authoring.importing.blogger.closing import COMPONENT, KEEP
from authoring.importing.blogger.detect import find
from authoring.importing.blogger.move import Options, move_in
from authoring.importing.command import missing_message
from authoring.importing.contacts import own_answers
from authoring.importing.errors import ImportingError
from authoring.importing.existing import Standing, standing
from authoring.importing.journal import carry_out, written_sums
from authoring.importing.plain_text import Draft, read_draft
from authoring.importing.plan import SITE_TOML, Known, Plan, changes, make_plan
from authoring.importing.report import report
from authoring.importing.settle import Entry, entries, with_date, with_title
from authoring.importing.shell import run
from authoring.importing.sources import Source, gather
from bridge.identity import load_identity
from bridge.places import ROOT, Places, places, settings

ARTICLES = "content/articles"


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("make import", description="Import a Blogger export, or plain-text essays.")
    # Not every shell reads the ~ of FROM=~/…
    parser.add_argument(
        "origin", metavar="FROM", type=os.path.expanduser, help="an export, Takeout's folder or zip, or texts"
    )
    parser.add_argument("--title", default="", metavar="TITLE", help="for the essay that has none")
    parser.add_argument("--date", default="", metavar="DATE", help="the same, as 2015-10-18 or 2015-10-18 07:00")
    parser.add_argument(
        "--closing", default=KEEP, metavar=f"{KEEP}|{COMPONENT}", help="what becomes of their invitations"
    )
    parser.add_argument("--fetch-images", action="store_true", help="fetch the pictures from the blog's image service")
    parser.add_argument("--dry-run", action="store_true", help="show what would happen, write nothing")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def import_essays(options: argparse.Namespace, now: datetime) -> str:
    """Do what the command line says and return the page to print. Raises ImportingError, having changed nothing."""
    if not options.origin:
        raise ImportingError("say what to import: make import FROM=file-or-folder")
    if options.closing not in ("", KEEP, COMPONENT):
        raise ImportingError(f"CLOSING={options.closing}: say {KEEP}, or {COMPONENT}")
    root = options.root.absolute()
    where, identity = places(settings(os.environ, root), root), load_identity(root / SITE_TOML, {})
    if feed := find(Path(options.origin)):
        _refuse_what_is_for_texts(options)
        chosen = Options(options.dry_run, options.closing or KEEP, options.fetch_images, _say)
        return move_in(feed, chosen, where, identity, now)
    sources, left_out = gather(Path(options.origin))
    articles = standing(root / ARTICLES)
    known = _known(sources, articles, where)
    fresh = _drafts([source for source in sources if source.name not in {text.name for text in known}])
    settled = _settle(entries(fresh, articles), options) if fresh else []
    plan = replace(make_plan(settled, articles, identity), known=tuple(known), left_out=tuple(left_out))
    if plan.author and _at_terminal():
        own = own_answers(plan.author, identity.email, identity.phone)
        plan = replace(plan, write_author=ask_author(plan.author, own))
    journal = _write(plan, where, now) if plan.new and not options.dry_run else ""
    return report(plan, ARTICLES, journal, identity)


def _refuse_what_is_for_texts(options: argparse.Namespace) -> None:
    for name in ("title", "date"):
        if getattr(options, name):
            raise ImportingError(f"{name.upper()}= is for a plain text; an export says it of every essay itself")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _known(sources: Sequence[Source], articles: Sequence[Standing], where: Places) -> list[Known]:
    """The texts that were imported before, and whether the essay has been edited since."""
    by_source = {article.source_sha256: article for article in articles if article.source_sha256}
    sums = written_sums(where.var_dir / "imports")
    found = []
    for source in sources:
        if article := by_source.get(source.sha256):
            path = article.path.relative_to(where.root).as_posix()
            found.append(Known(source.name, path, sums.get(path, article.checksum) != article.checksum))
    return found


def _drafts(sources: Sequence[Source]) -> list[tuple[Source, Draft]]:
    drafts = []
    for source in sources:
        try:
            drafts.append((source, read_draft(source.text)))
        except ImportingError as error:
            raise ImportingError(f"{source.path}: {error}") from None
    return drafts


def _settle(found: list[Entry], options: argparse.Namespace) -> list[Entry]:
    """Everything known of every essay: said by its text, by the command line, or by the author when asked."""
    if options.title:
        found = with_title(found, options.title)
    if options.date:
        found = with_date(found, options.date)
    if not any(entry.missing for entry in found):
        return found
    if not _at_terminal():
        raise ImportingError(missing_message(found, Path(options.origin), options.title, options.dry_run))
    return [ask_for(entry) for entry in found]


def _write(plan: Plan, where: Places, now: datetime) -> str:
    site_toml = (where.root / SITE_TOML).read_bytes()
    folder = carry_out(changes(plan, ARTICLES, where.root, site_toml), where.root, where.var_dir / "imports", now)
    return os.path.relpath(folder, where.root)


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def main() -> int:
    return run("import", lambda: import_essays(arguments(sys.argv[1:]), datetime.now(UTC)))


if __name__ == "__main__":
    sys.exit(main())

"""Says on one page what an import did, or would do. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from authoring.importing.article_file import Essay
from authoring.importing.dates import spoken
from authoring.importing.journal import Undone
from authoring.importing.plan import Plan
from authoring.importing.settle import Entry
from bridge.identity import Identity

_MARGIN, MOST_LISTED = 12, 10


def report(plan: Plan, articles: str, journal: str, identity: Identity) -> str:
    """The whole page. `journal` is the folder that undoing needs, or empty if nothing was written."""
    parts = (
        _headline(plan, dry=bool(plan.new) and not journal),
        *(_essay(entry, essay, articles, identity) for entry, essay in plan.new),
        _around(plan, journal),
        _author(plan, identity, bool(journal)),
        _next(plan, bool(journal)),
    )
    return "\n\n".join(part for part in parts if part)


def undone_report(undone: Undone) -> str:
    lines = [
        f"Took back the import of {undone.stamp}.",
        *_listed("removed", undone.removed),
        *_listed("restored", undone.restored),
        *(f"  kept      {path}: you have edited it since" for path in undone.kept),
    ]
    return "\n".join(lines)


def _listed(what: str, paths: Sequence[str]) -> list[str]:
    """The first of them: an import of a blog brings hundreds."""
    shown = [f"  {what:<9} {path}" for path in paths[:MOST_LISTED]]
    return [*shown, f"            and {len(paths) - MOST_LISTED:,} more"] if len(paths) > MOST_LISTED else shown


def _headline(plan: Plan, dry: bool) -> str:
    if not plan.new:
        return "Nothing to import."
    return f"{'Would import' if dry else 'Imported'} {_count(len(plan.new), 'essay')}{'; nothing was written' * dry}."


def _essay(entry: Entry, essay: Essay, articles: str, identity: Identity) -> str:
    words = sum(len(text.split()) for text in essay.paragraphs)
    found = ", found by the length of the lines" if entry.draft.reflowed else ""
    rows = [
        ("source", essay.source + (f", read as {entry.source.encoding}" if entry.source.encoding else "")),
        ("date", f"{spoken(essay.at.date())}, {essay.at:%H:%M} {identity.timezone} ({entry.dated})"),
        ("text", f"{_count(len(essay.paragraphs), 'paragraph')}, {words:,} words{found}"),
        ("taken off", ", ".join(f'"{line}"' for line in entry.draft.removed)),
        ("address", essay.address),
        ("file", f"{articles}/{essay.file_name}"),
    ]
    return "\n".join((f"  {essay.title}", *(_row(name, value, 4) for name, value in rows if value)))


def _around(plan: Plan, journal: str) -> str:
    lines = [_row("known", f"{known.name}: {_known(known.edited)} ({known.path})") for known in plan.known]
    lines += [_row("left out", f"{left.name}: {left.reason}") for left in plan.left_out]
    lines += [_row("kept", f"{article.path.name}: a sample you have edited") for article in plan.edited_samples]
    lines += [_row("retired", f"{article.path.name}: a sample, unedited") for article in plan.retired]
    if plan.retired and journal:
        lines.append(_row("", f"kept in {journal}/retired"))
    return "\n".join(lines)


def _known(edited: bool) -> str:
    return "already imported; your edits stay" if edited else "already imported, unchanged"


def _author(plan: Plan, identity: Identity, written: bool) -> str:
    if not plan.author:
        return ""
    lines = [f'{key} = "{value}"' for key, value in plan.author.items()]
    if plan.write_author:
        return _row("site.toml", f"{'now says' if written else 'would say'} {' and '.join(lines)}")
    says = " and ".join({"email": identity.email, "phone": identity.phone}[key] for key in plan.author)
    rows = [
        _row("site.toml", f"says {says}. The essays close with what follows;"),
        _row("", "to use it, write it over the same lines under [author]:\n"),
    ]
    return "\n".join((*rows, *(_row("", f"    {line}") for line in lines)))


def _next(plan: Plan, written: bool) -> str:
    if not written:
        return ""
    read = f"make serve        to read {'it' if len(plan.new) == 1 else 'them'}"
    return f"{_row('next', read)}\n{_row('', 'make import-undo  to take all of this back')}"


def _row(name: str, value: str, indent: int = 0) -> str:
    return f"{' ' * indent}{name:<{_MARGIN}}{value}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"

"""Says on one screen what the import of a blog did, or would do; the whole of it stands in report.html. Pure."""

from __future__ import annotations

from authoring.importing.blogger.result import Result
from authoring.importing.plural import counted

_MARGIN, _SHOWN = 12, 5


def report(result: Result) -> str:
    """The page for the terminal."""
    parts = (_headline(result), _counts(result), _words(result), _look(result), _next(result))
    return "\n\n".join(part for part in parts if part)


def _headline(result: Result) -> str:
    export, new = result.export, len(result.plan.new)
    of = f"“{export.title}”" if export.title else "the blog"
    read = f"{export.feed.form}, {counted(export.total, 'entry', 'entries')} read"
    if not new and not result.new_comments:
        return f"Nothing new in {of} ({read}); everything stays as it is."
    doing = "Would bring in" if result.dry else "Brought in"
    return f"{doing} {of} ({read}){'; nothing was written but the report' * result.dry}."


def _counts(result: Result) -> str:
    lines = []
    for kind, (whole, new) in result.tally().items():
        if whole and kind != "left out":
            known = f"{whole - new:,} here already" if whole > new else ""
            lines.append(_row(kind, f"{whole:>6,}  {known}".rstrip(), 2))
    reasons = result.reasons()
    lines += [_row("left out" * (not number), f"{count:>6,}  {why}", 2) for number, (why, count) in enumerate(reasons)]
    lines.append(_row("together", f"{result.export.total:>6,}  as many as the export has", 2))
    return "\n".join(lines)


def _words(result: Result) -> str:
    edited = [known for known in result.plan.known if known.edited]
    changed = [known for known in result.plan.known if known.changed]
    weekly = result.sequels()
    kept = sum(1 for words in result.words.values() if words.closing and words.closing_kept)
    replaced = sum(1 for words in result.words.values() if words.closing and not words.closing_kept)
    rows = [
        (
            "links",
            f"{counted(result.inside_links, 'link')} to the blog itself made internal" * bool(result.inside_links),
        ),
        ("tags", f"new in content/tags.txt: {', '.join(result.new_tags)}" * bool(result.new_tags)),
        (
            "pictures",
            f"{counted(result.archived, 'picture')} of the blog's own found in the archive" * bool(result.archived),
        ),
        (
            "pictures",
            f"{counted(len(result.pictures), 'picture')} to look at, listed in the report" * bool(result.pictures),
        ),
        (
            "closing",
            f"{counted(kept, 'essay')} close{'s' * (kept == 1)} with an invitation to answer; it stays" * bool(kept),
        ),
        ("closing", f"taken off {counted(replaced, 'essay')}, as asked; listed in the report" * bool(replaced)),
        ("series", f"{len(result.series)} offered by their titles; see series.txt" * bool(result.series)),
        ("series", f"{len(weekly)} offered for their “last week”, “next week”; see series.txt" * bool(weekly)),
        ("edited", f"{counted(len(edited), 'file')} you have edited since; your words stay" * bool(edited)),
        (
            "changed",
            f"{counted(len(changed), 'entry', 'entries')} this export says otherwise; files stay" * bool(changed),
        ),
        ("retired", ", ".join(result.retired)),
        *(("taken out", line) for line in result.removed()),
    ]
    return "\n".join(_row(name, value) for name, value in rows if value)


def _look(result: Result) -> str:
    hand, pieces = result.by_hand(), result.look_at()
    lines = [_row("look at" * (not number), line) for number, line in enumerate(hand)]
    for piece, said in pieces[:_SHOWN]:
        lines.append(_row("" if lines else "look at", f"{piece.path}: {said[0]}"))
    if len(pieces) > _SHOWN:
        lines.append(_row("", f"and {len(pieces) - _SHOWN:,} more, listed in the report"))
    return "\n".join(lines)


def _next(result: Result) -> str:
    rows = [_row("report", f"{result.folder}/report.html")] if result.folder else []
    if result.dry:
        if result.plan.label_counts:
            rows.append(_row("labels", f"{result.folder}/labels.txt: edit it and keep it as content/labels.txt"))
        return "\n".join(rows)
    if result.plan.new or result.new_comments:
        rows += [_row("next", "make serve        to read them"), _row("", "make import-undo  to take all of this back")]
    return "\n".join(rows)


def _row(name: str, value: str, indent: int = 0) -> str:
    return f"{' ' * indent}{name:<{_MARGIN}}{value}"

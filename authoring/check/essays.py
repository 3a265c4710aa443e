"""What an essay's front matter must say, and that no published essay moves or is dated anew. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from authoring.check.finding import Finding
from authoring.check.sources import Source, Sources


@dataclass(frozen=True)
class Published:
    """An essay as the current release has it."""

    file: str
    page: str
    date: str
    title: str
    words: str = ""  # a checksum of its file; empty where an older release did not keep it

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.date)


def essay_findings(sources: Sources, published: Mapping[str, Published], may_move: bool) -> Iterator[Finding]:
    """`published` is by the essay's lasting id. `may_move`: the author has said that addresses may go."""
    by_file = {essay.file: essay for essay in published.values()}
    seen: dict[str, Source] = {}
    for source in sources.written.values():
        if source.essay:
            yield from _front_matter(source)
            yield from _same_as_before(source, by_file.get(source.file), may_move)
            if twin := seen.get(source.id):
                yield Finding(source.name, source.line_of("Id:"), f"it has the Id of {twin.name}", "give it its own")
            seen[source.id] = source


def _front_matter(source: Source) -> Iterator[Finding]:
    if not source.has_slug:
        what = "it has no Slug, so its address would change with its title"
        yield Finding(source.name, 1, what, f"add the line: Slug: {source.slug}")


def _same_as_before(source: Source, was: Published | None, may_move: bool) -> Iterator[Finding]:
    if was is None:
        return
    if was.page != source.page and not may_move:
        slug = was.page.rpartition("/")[2].removesuffix(".html")
        line, remedy = source.line_of("Slug:"), f"put back: Slug: {slug}"
        if slug == source.slug:
            line, remedy = source.line_of("Date:"), f"put back: Date: {_as_written(was, source)}"
        what = f"it is published at /{was.page} and would move to /{source.page}"
        yield Finding(source.name, line, what, f"{remedy} (or say ALLOW_REMOVAL=1, which leaves a signpost)")
    elif was.page == source.page and was.moment != source.moment:
        what = f"it was published as of {_as_written(was, source)} and would be dated anew"
        yield Finding(source.name, source.line_of("Date:"), what, "put that Date back; use Modified for a change")


def _as_written(was: Published, source: Source) -> str:
    """The Date that means the same moment as before, also where the site has come into another time zone since."""
    clock = f"{was.moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    return clock if was.moment.utcoffset() == source.moment.utcoffset() else f"{clock} {was.moment:%z}"


def vanished(sources: Sources, published: Mapping[str, Published], removed: frozenset[str]) -> Iterator[Finding]:
    """Addresses readers know that would answer no more; `removed` are the files of their pages."""
    by_page = {essay.page: essay for essay in published.values()}
    unseen = {source.file: source for source in sources.unseen}
    moved = {source.file for source in sources.written.values()}
    for name in sorted(removed):
        essay = by_page.get(name)
        if essay and essay.file in moved:
            continue  # said already, with the line to put back
        why = _why(unseen[essay.file]) if essay and essay.file in unseen else "is no longer made"
        where = f"content/{essay.file}" if essay else name
        what = f"/{name.removesuffix('index.html')} is known to readers and {why}"
        yield Finding(where, 0, what, "bring it back, or say ALLOW_REMOVAL=1, which leaves a signpost")


def _why(source: Source) -> str:
    return "has become a draft" if source.status == "draft" else f"is dated in the future, {source.date[:16]}"

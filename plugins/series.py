"""Gathers essays that share the front matter's `Series:` into parts, oldest first, each series with a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pelican import signals
from pelican.utils import slugify

from plugins.essays import every_essay
from plugins.filters import newest_first
from plugins.visibility import UNSEEN

FOLDER = "series"
ALL = f"{FOLDER}/"


@dataclass(frozen=True)
class Series:
    """All parts of one series, oldest first. `name` is as the oldest part writes it."""

    name: str
    slug: str
    articles: list[Any] = field(repr=False)

    @property
    def url(self) -> str:
        return f"{FOLDER}/{self.slug}/"

    @property
    def of(self) -> int:
        return len(self.articles)


@dataclass(frozen=True)
class Part:
    """Where one essay stands in its series; `part` counts from 1."""

    series: Series
    part: int

    @property
    def name(self) -> str:
        return self.series.name

    @property
    def slug(self) -> str:
        return self.series.slug

    @property
    def url(self) -> str:
        return self.series.url

    @property
    def of(self) -> int:
        return self.series.of

    @property
    def articles(self) -> list[Any]:
        return self.series.articles

    @property
    def before(self) -> Any | None:
        """The part before this one."""
        return self.articles[self.part - 2] if self.part > 1 else None


def series_of(articles: Iterable[Any], slug: Any) -> list[Series]:
    """Every series by its name's order; `slug` makes one of a name. Names of one slug are one series."""
    parts: dict[str, list[Any]] = defaultdict(list)
    for article in sorted(articles, key=newest_first, reverse=True):
        if name := _named(article):
            parts[slug(name)].append(article)
    found = [Series(_named(essays[0]), key, essays) for key, essays in parts.items() if key]
    return sorted(found, key=lambda series: (series.name.casefold(), series.slug))


def _named(article: Any) -> str:
    return " ".join(str(article.metadata.get("series", "")).split())


def gather(generator: Any) -> None:
    """Every essay gets `series`, a Part or None; the templates get `series_list`."""
    settings = generator.settings

    def slug(name: str) -> str:
        made: str = slugify(name, regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"], use_unicode=True)
        return made

    for article in (*every_essay(generator), *settings.get(UNSEEN, ())):
        article.series = None  # Pelican has put the bare name there
    found = series_of(generator.articles, slug)
    for series in found:
        for number, article in enumerate(series.articles, 1):
            article.series = Part(series, number)
    generator.context["series_list"] = found


def write_pages(generator: Any, writer: Any) -> None:
    """A page for each series and one for all of them; a site without a series has neither."""
    if not (found := generator.context["series_list"]):
        return
    context = generator.context
    writer.write_file(f"{ALL}index.html", generator.get_template("series_list"), context, url=ALL)
    for series in found:
        writer.write_file(
            f"{series.url}index.html", generator.get_template("series"), context, url=series.url, series=series
        )


def register() -> None:
    signals.article_generator_finalized.connect(gather)
    signals.article_writer_finalized.connect(write_pages)

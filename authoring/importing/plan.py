"""Decides what an import will change: which essays are new, where they go, which samples make room. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from authoring.importing.article_file import Essay, render, slug_of
from authoring.importing.contacts import Contacts, new_values, with_author
from authoring.importing.errors import ImportingError
from authoring.importing.existing import Standing
from authoring.importing.journal import Change
from authoring.importing.settle import Entry
from authoring.importing.sources import LeftOut
from bridge.identity import Identity

SITE_TOML = "site.toml"


@dataclass(frozen=True)
class Known:
    """A text that was imported before: nothing happens to it, whatever has become of the essay."""

    name: str
    path: str
    edited: bool


@dataclass(frozen=True)
class Plan:
    """All that an import will do and report. Paths are named from the project's root."""

    new: tuple[tuple[Entry, Essay], ...]
    known: tuple[Known, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    retired: tuple[Standing, ...] = ()
    edited_samples: tuple[Standing, ...] = ()
    #: What the essays close with and `site.toml` does not say, by key.
    author: Mapping[str, str] = field(default_factory=dict)
    #: Whether the author wants that in `site.toml`.
    write_author: bool = False


def make_plan(found: Sequence[Entry], standing: Sequence[Standing], identity: Identity) -> Plan:
    """The plan for these settled entries. Raises ImportingError where two essays want one address."""
    new = tuple((entry, _essay(entry)) for entry in sorted(found, key=lambda entry: str(entry.at)))
    retired = tuple(article for article in standing if new and article.unedited_sample)
    _check_addresses(new, [article for article in standing if article not in retired])
    return Plan(
        new=new,
        retired=retired,
        edited_samples=tuple(article for article in standing if new and article.sample and article not in retired),
        author=new_values(_contacts(new), identity.email, identity.phone),
    )


def changes(plan: Plan, articles: str, root: Path, site_toml: bytes) -> list[Change]:
    """The plan as files before and after. `articles` is the folder of the essays, named from `root`."""
    written = [Change(f"{articles}/{essay.file_name}", None, render(essay).encode()) for _, essay in plan.new]
    retired = [Change(article.path.relative_to(root).as_posix(), article.data, None) for article in plan.retired]
    if not (plan.write_author and plan.author):
        return [*written, *retired]
    after = with_author(site_toml.decode(), plan.author).encode()
    return [*written, *retired, Change(SITE_TOML, site_toml, after)]


def _essay(entry: Entry) -> Essay:
    if entry.title is None or entry.at is None:
        raise ImportingError(f"{entry.source.name}: has no {' and no '.join(entry.missing)}")
    try:
        slug = slug_of(entry.title)
    except ImportingError as error:
        raise ImportingError(f"{entry.source.name}: {error}") from None
    return Essay(entry.title, entry.at, slug, entry.paragraphs, entry.source.name, entry.source.sha256)


def _check_addresses(new: Sequence[tuple[Entry, Essay]], others: Sequence[Standing]) -> None:
    taken = {article.address: article.path.name for article in others if article.address}
    names = {article.path.name for article in others}
    for entry, essay in new:
        if owner := taken.get(essay.address):
            raise ImportingError(
                f"{entry.source.name}: {essay.address} is already the address of {owner};"
                " take that one away first, or give this one another title with TITLE="
            )
        if essay.file_name in names:
            raise ImportingError(f"{entry.source.name}: {essay.file_name} stands there already; rename that file first")
        taken[essay.address] = entry.source.name


def _contacts(new: Sequence[tuple[Entry, Essay]]) -> Contacts:
    """As the latest essay has them: an older one may close with a number long given up."""
    emails = [entry.draft.contacts.email for entry, _ in new if entry.draft.contacts.email]
    phones = [entry.draft.contacts.phone for entry, _ in new if entry.draft.contacts.phone]
    return Contacts(emails[-1] if emails else None, phones[-1] if phones else None)

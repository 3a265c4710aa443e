"""The essays that already stand in `content/articles/`: their addresses, where they came from, which are samples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pelican.utils import get_date

from authoring.importing.article_file import address, read_head, read_paragraphs, slug_of
from authoring.importing.errors import ImportingError
from authoring.importing.own_file import text_of
from authoring.importing.samples import is_sample, is_unedited


@dataclass(frozen=True)
class Standing:
    """An article of the site. `address` is empty if its head does not say enough to tell."""

    path: Path
    data: bytes
    title: str
    at: datetime | None
    address: str
    #: The checksum of the text it was imported from, or empty.
    source_sha256: str
    sample: bool
    unedited_sample: bool
    closing: str
    #: The name that subscribers' programs know it by, as an export has it, or empty.
    id: str = ""

    @property
    def checksum(self) -> str:
        return sha256(self.data).hexdigest()


def standing(articles: Path) -> list[Standing]:
    """What stands in the folder `articles`, by path. Raises ImportingError if a file cannot be read."""
    return [_read(path) for path in sorted(articles.rglob("*.md")) if not path.name.startswith(".")]


def _read(path: Path) -> Standing:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ImportingError(f"{path}: cannot be read: {error}") from None
    text = text_of(data, str(path))
    head = read_head(text)
    at, title = _moment(head.get("date", "")), head.get("title", "")
    return Standing(
        path=path,
        data=data,
        title=title,
        at=at,
        address=f"/{head['save_as']}" if head.get("save_as") else _address(at, head.get("slug", ""), title),
        source_sha256=head.get("imported", "").rpartition(" ")[2],
        sample=is_sample(head),
        unedited_sample=is_sample(head) and is_unedited(data),
        closing=(read_paragraphs(text) or [""])[-1],
        id=head.get("id", ""),
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = get_date(text.replace("_", " ")) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=None) if moment else None


def _address(at: datetime | None, slug: str, title: str) -> str:
    if at is None or not (slug or title):
        return ""
    try:
        return address(at, slug or slug_of(title))
    except ImportingError:
        return ""

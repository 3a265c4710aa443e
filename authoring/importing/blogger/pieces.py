"""An essay or a page on its way from the old blog to a file of this site: what its head says, and its words. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from hashlib import sha256

from authoring.importing.blogger.addresses import slug_in
from authoring.importing.blogger.entries import DRAFT, PAGE, Entry

ARTICLES, PAGES = "content/articles", "content/pages"


@dataclass(frozen=True)
class Piece:
    """`at` and `modified` are aware, in the blog's own zone; `path` is the file, from the project's root."""

    entry: Entry
    title: str
    at: datetime
    modified: datetime | None
    address: str
    path: str
    tags: tuple[str, ...] = ()
    author: str = ""
    title_derived: bool = False
    #: What had to be decided about it, for the report.
    decisions: tuple[str, ...] = ()

    @property
    def is_page(self) -> bool:
        return self.entry.kind == PAGE

    @property
    def is_draft(self) -> bool:
        return self.entry.status == DRAFT

    @property
    def article_id(self) -> str:
        return self.address[1:].removesuffix(".html")

    @property
    def moved_month(self) -> bool:
        """Whether the address names another month than the date does."""
        return not self.is_page and not self.address.startswith(f"/{self.at:%Y/%m}/")


@dataclass(frozen=True)
class Words:
    """A piece's words as Markdown, and what became of them. `closing` holds the paragraphs that invite to answer."""

    markdown: str
    removed: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    closing_kept: bool = True
    footer: tuple[str, ...] = ()
    count: int = 0


def mark(entry: Entry) -> str:
    """A checksum of what the export says of an entry, by which a later export is known to say something else."""
    said = "\0".join((entry.title, entry.html, entry.address, entry.status, *entry.labels, str(entry.published)))
    return sha256(said.encode(errors="surrogatepass")).hexdigest()


def render(piece: Piece, words: Words, source: str) -> str:
    """The whole file. What Markdown's head cannot hold never reaches a field: every value is one line."""
    fields = {
        "Title": piece.title,
        "Title_Derived": "yes" if piece.title_derived else "",
        "Date": spelled(piece.at),
        "Modified": spelled(piece.modified) if piece.modified and piece.modified > piece.at else "",
        "Slug": _slug(piece),
        "URL": piece.address[1:] if piece.is_page or piece.moved_month else "",
        "Save_as": piece.address[1:] if piece.is_page or piece.moved_month else "",
        "Tags": ", ".join(piece.tags),
        "Labels": ", ".join(piece.entry.labels) if piece.entry.labels != piece.tags else "",
        "Author": piece.author,
        "Status": "draft" if piece.is_draft else "",
        "Closing": "kept" if words.closing and words.closing_kept else "",
        "Id": piece.entry.id,
        "Imported": f"{source} {mark(piece.entry)}",
    }
    head = "".join(f"{name}: {_line(value)}\n" for name, value in fields.items() if value)
    return f"{head}\n{words.markdown.strip(chr(10))}\n"


def spelled(at: datetime) -> str:
    """As other essays write it: the clock of the site, with seconds only where there are some.

    The hour that comes twice in autumn names its offset the second time.
    """
    clock = f"{at:%Y-%m-%d %H:%M:%S}" if at.second else f"{at:%Y-%m-%d %H:%M}"
    ambiguous = at.fold and at.utcoffset() != at.replace(fold=0).utcoffset()
    return f"{clock} {at:%z}" if ambiguous else clock


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Without parts of a second, which no essay's date has."""
    return moment.replace(microsecond=0).astimezone(zone)


def _slug(piece: Piece) -> str:
    return f"p-{slug_in(piece.address)}" if piece.is_page else slug_in(piece.address)


def _line(value: str) -> str:
    return " ".join(value.split())

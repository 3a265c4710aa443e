"""An essay as Pelican's Markdown: how it is written, and how the head of one is read back. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from authoring.importing import escape
from authoring.importing.errors import ImportingError
from plugins.text import shortened

#: What an essay's id (`bridge.comment_file.ARTICLE_ID`) has room for in characters, and a file's name in bytes.
LONGEST_SLUG, LONGEST_SLUG_BYTES = 150, 200
_FIELD = re.compile(r"[ ]{0,3}([A-Za-z0-9_-]+):\s*(.*)")
_FENCES = ("---", "...")


@dataclass(frozen=True)
class Named:
    """What an essay is called, and so where its file and its page stand. `at` is what the site's clock shows."""

    title: str
    at: datetime
    slug: str

    @property
    def file_name(self) -> str:
        return f"{self.at:%Y-%m-%d}-{self.slug}.md"

    @property
    def address(self) -> str:
        return address(self.at, self.slug)


@dataclass(frozen=True)
class Essay(Named):
    """Everything an essay's file holds."""

    paragraphs: tuple[str, ...]
    #: The name and the SHA-256 of the file it came from.
    source: str
    sha256: str


def address(at: datetime, slug: str) -> str:
    return f"/{at:%Y/%m}/{slug}.html"


def slug_of(title: str) -> str:
    """The slug that Pelican makes by this site's settings, without dashes at its ends. Raises ImportingError."""
    from pelican.settings import DEFAULT_CONFIG  # only here: publishing knows this module and waits for no Pelican
    from pelican.utils import slugify

    slug = str(slugify(title, regex_subs=DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"], use_unicode=True)).strip("-")
    if not slug:
        raise ImportingError(f'the title "{title}" has no letters for an address; give another with TITLE=')
    if len(slug) > LONGEST_SLUG or len(slug.encode()) > LONGEST_SLUG_BYTES:
        raise ImportingError(f'the title "{title[:40]}…" makes too long an address; give a shorter one with TITLE=')
    return slug


def render(essay: Essay) -> str:
    """The whole file. Title and summary stand as they are: to Pelican, as this site sets it, they are plain text."""
    fields = {
        "Title": essay.title,
        "Date": f"{essay.at:%Y-%m-%d %H:%M}",
        "Slug": essay.slug,
        "Summary": shortened(essay.paragraphs[0]),
        "Imported": f"{essay.source} {essay.sha256}",
    }
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return "\n".join((head, *(f"{escape.paragraph(text)}\n" for text in essay.paragraphs)))


def parted(text: str) -> tuple[str, str]:
    """The head, with the line that ends it, and what stands below, as Markdown parts them.

    Together they are `text`, whatever ends its lines made a line feed, and without its byte order mark.
    """
    lines = re.split(r"(?<=\n)", text.removeprefix("\ufeff").replace("\r\n", "\n"))
    end = _end_of_head(lines)
    return "".join(lines[:end]), "".join(lines[end:])


def _end_of_head(lines: Sequence[str]) -> int:
    """How many lines are head: up to one without words or a closing fence, or until something is no field."""
    fields = False
    for number, line in enumerate(lines):
        fence = line.startswith(_FENCES)
        if not line.strip() or (fence and (number or line[0] == ".")):
            return number + 1
        if not fence and not _FIELD.match(line) and not (fields and line.expandtabs(4).startswith("    ")):
            return number
        fields = fields or not fence
    return len(lines)


def read_head(text: str) -> Mapping[str, str]:
    """The metadata of an article by lower-case name, first value first, as Pelican sees it."""
    fields: dict[str, str] = {}
    for line in parted(text)[0].split("\n"):
        if found := _FIELD.match(line):
            fields.setdefault(found[1].lower(), found[2].strip())
    return fields


def read_paragraphs(text: str) -> list[str]:
    """The paragraphs below the head, as Markdown."""
    return [" ".join(block.split()) for block in re.split(r"\n\s*\n", parted(text)[1]) if block.strip()]

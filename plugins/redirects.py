"""Leaves a signpost at every address that `content/redirects.txt` says has moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pelican import signals

TABLE = "redirects.txt"
SIGNPOSTS = "SIGNPOSTS"  # those that stand, kept in the settings, which travel through every signal


class RedirectError(Exception):
    """The table of redirects cannot be used; the message names file, line and remedy."""


@dataclass(frozen=True)
class Redirect:
    """An old address and the new one, both of this site and with a slash in front."""

    old: str
    new: str
    line: int

    @property
    def path(self) -> str:
        """The old address as a server sees it."""
        return unquote(self.old)

    @property
    def save_as(self) -> str:
        """Where its signpost stands: what a server would not send as a page becomes a folder with one."""
        path = self.path.lstrip("/")
        if path.endswith((".html", ".htm")):
            return path
        return f"{path}index.html" if path.endswith("/") or not path else f"{path}/index.html"


def redirects(text: str) -> Iterator[Redirect]:
    """The redirects of a table: one a line, old and new; `#` begins a remark. Raises RedirectError."""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 2 or not all(map(_is_of_this_site, words)):
            example = "/2026/11/old.html /2026/11/new.html"
            raise RedirectError(f"content/{TABLE}:{number}: this is no redirect; write it like: {example}")
        yield Redirect(words[0], words[1], number)


def _is_of_this_site(word: str) -> bool:
    return word.startswith("/") and not word.startswith("//") and ".." not in word


def read_redirects(content: Path) -> list[Redirect]:
    """The redirects of the author's table; none where there is none. Raises RedirectError."""
    try:
        data = (content / TABLE).read_bytes()
    except FileNotFoundError:
        return []
    try:
        return list(redirects(data.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RedirectError(f"content/{TABLE}:{line}: not UTF-8; save it as UTF-8") from None


def write_signposts(generator: Any, writer: Any) -> None:
    """Whatever stands at an old address again, essay, page or list, wins over the table; so does its earlier line."""
    contents = generator.context["generated_content"].values()
    taken = {content.save_as for content in contents if content is not None}  # pages are written after this
    standing = generator.settings[SIGNPOSTS] = []
    for redirect in read_redirects(Path(generator.path)):
        if redirect.save_as not in taken and not writer.has_written(redirect.save_as):
            template = generator.get_template("moved")
            writer.write_file(redirect.save_as, template, generator.context, url=redirect.old, new=redirect.new)
            standing.append(redirect)


def register() -> None:
    signals.article_writer_finalized.connect(write_signposts)

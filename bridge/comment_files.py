"""All comment files of a site as one mapping, and the note about those that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bridge.comment_file import ARTICLE_ID, CommentFileError, PublicComment, articles_with_comments, read_comments
from bridge.files import replace_file

DAMAGED = "damaged.txt"


class CommentFiles(Mapping[str, Sequence[PublicComment]]):
    """Approved comments by essay, each file read once, when first asked for.

    Asking for an essay whose file is broken raises CommentFileError; `damaged` remembers it.
    """

    def __init__(self, comments_dir: Path) -> None:
        self._dir = comments_dir
        self._ids = dict.fromkeys(articles_with_comments(comments_dir))
        self._read: dict[str, list[PublicComment]] = {}
        self.damaged: dict[str, str] = {}

    def __getitem__(self, article_id: str) -> Sequence[PublicComment]:
        if article_id not in self._ids:
            raise KeyError(article_id)
        if article_id not in self._read:
            try:
                self._read[article_id] = read_comments(self._dir, article_id)
            except CommentFileError as error:
                self.damaged[article_id] = str(error)
                raise
        return self._read[article_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def note_damage(comments_dir: Path, article_ids: Iterable[str]) -> None:
    """Leave word for the service that these files are to be written anew. Call it under the lock."""
    listed = sorted({*damage_noted(comments_dir), *article_ids})
    replace_file(comments_dir / DAMAGED, "".join(f"{article_id}\n" for article_id in listed).encode())


def damage_noted(comments_dir: Path) -> list[str]:
    """The essays whose comment files a build could not read."""
    try:
        lines = (comments_dir / DAMAGED).read_text(encoding="utf-8", errors="replace").split()
    except FileNotFoundError:
        return []
    return [line for line in lines if ARTICLE_ID.fullmatch(line)]


def forget_damage(comments_dir: Path) -> None:
    (comments_dir / DAMAGED).unlink(missing_ok=True)

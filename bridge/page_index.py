"""What a build says about itself: its articles, and which page holds which comments. Kept beside the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from bridge.comment_file import check_article_id
from bridge.files import replace_file
from bridge.regions import Region

FORMAT = 1
BUILD_DIR = ".build"
INDEX_FILE = "page_index.json"
FRAGMENTS_DIR = "fragments"


class PageIndexError(Exception):
    """A build's index cannot be used; the message is one line with the remedy."""


@dataclass(frozen=True)
class SiteFacts:
    """What fragments need to know of the site.

    `url` is absolute, without a slash at its end; `prefix` is the path put before links of the
    site's own, usually empty.
    """

    name: str
    url: str
    prefix: str
    author: str
    language: str
    timezone: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True)
class IndexedArticle:
    """An essay of the build. `path` is its address, ready for a link; `comments_close_at` None means never."""

    id: str
    title: str
    path: str
    date: datetime
    comments_close_at: datetime | None
    #: As of the build: what its pages say.
    comments_closed: bool
    #: What machines are told besides: the last change, a sentence, and the file name of its picture.
    modified: datetime | None = None
    description: str = ""
    picture: str = ""

    def accepts_comments(self, now: datetime) -> bool:
        """Whether a comment sent at `now` is taken in."""
        return not self.comments_closed and (self.comments_close_at is None or now < self.comments_close_at)


@dataclass(frozen=True)
class PageIndex:
    """`articles` by id; `pages` says which file below the root (`2026/11/slug.html`) holds which regions."""

    site: SiteFacts
    articles: Mapping[str, IndexedArticle]
    pages: Mapping[str, tuple[Region, ...]] = field(default_factory=dict)

    def pages_showing(self, article_id: str) -> list[str]:
        """The files that change when the comments of `article_id` do."""
        return [path for path, regions in self.pages.items() if any(r.article in (article_id, "*") for r in regions)]


def build_dir(root: Path) -> Path:
    """Where the built site at `root` keeps what filling its pages needs."""
    return root / BUILD_DIR


def save_page_index(root: Path, index: PageIndex) -> None:
    """Write the index of the site built at `root`."""
    data = {
        "format": FORMAT,
        "site": asdict(index.site),
        "articles": [_plain(article) for article in index.articles.values()],
        "pages": {path: [[r.name, r.article] for r in regions] for path, regions in index.pages.items()},
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    replace_file(build_dir(root) / INDEX_FILE, text.encode())


def load_page_index(root: Path) -> PageIndex:
    """The index of the site built at `root`. Raises PageIndexError."""
    path = build_dir(root) / INDEX_FILE
    try:
        return _index(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise PageIndexError(f"{root}: no finished build stands here; run: make build") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise PageIndexError(f"{path}: not a page index of format {FORMAT} ({reason}); run: make build") from None


def _plain(article: IndexedArticle) -> dict[str, Any]:
    moments = ("date", "comments_close_at", "modified")
    return {
        key: value.isoformat() if key in moments and value is not None else value
        for key, value in asdict(article).items()
    }


def _index(data: dict[str, Any]) -> PageIndex:
    if data["format"] != FORMAT:
        raise ValueError(f"it says {data['format']!r}")
    site = SiteFacts(**data["site"])
    _ = site.zone  # an unknown time zone is refused here, not in the middle of a page
    articles = [_article(entry) for entry in data["articles"]]
    pages = {_below_root(path): tuple(Region(*pair) for pair in pairs) for path, pairs in data["pages"].items()}
    return PageIndex(site, {article.id: article for article in articles}, pages)


def _article(entry: dict[str, Any]) -> IndexedArticle:
    close_at, modified = entry["comments_close_at"], entry.get("modified")
    return IndexedArticle(
        id=check_article_id(entry["id"]),
        title=str(entry["title"]),
        path=str(entry["path"]),
        date=_moment(entry["date"]),
        comments_close_at=None if close_at is None else _moment(close_at),
        comments_closed=bool(entry["comments_closed"]),
        modified=None if modified is None else _moment(modified),
        description=str(entry.get("description", "")),
        picture=str(entry.get("picture", "")),
    )


def _moment(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError(f"{value!r} lacks its time zone")
    return at


def _below_root(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or parts[0] == "/" or ".." in parts:
        raise ValueError(f"{path!r} leaves the site")
    return path

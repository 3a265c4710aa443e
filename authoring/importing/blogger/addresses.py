"""Keeps every address the old blog had, gives one to what had none, and leads links to the blog inside. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, quote, unquote, urlsplit

from authoring.importing.article_file import LONGEST_SLUG_BYTES, slug_of
from authoring.importing.errors import ImportingError
from bridge.comment_file import ARTICLE_ID

_PAGE = re.compile(r"/p/(\w[\w\u0300-\u036f.-]{0,150})\.html")
_BLOGSPOT = re.compile(r"[a-z0-9-]+\.blogspot\.[a-z.]{2,6}")
_FEED = re.compile(r"/(?:feeds/posts/(?:default|summary|full)/?|atom\.xml|rss\.xml)")
_MONTH = re.compile(r"/(\d{4})(?:[/_](\d{2}))?(?:_\d{2}_archive\.html|/)?")
_COMMENT_ANCHOR = re.compile(r"c\d+")
#: What a file's name may hold in bytes besides the slug: the day before it and `.md` behind it.
_ROOM = LONGEST_SLUG_BYTES


def kept(raw: str) -> str:
    """The path of an address as the old blog had it, decoded; empty if it is none that a post or a page can have."""
    try:
        path = unquote(urlsplit(raw.strip()).path)
    except ValueError:
        return ""
    if ".." in path or len(path.encode(errors="replace")) > _ROOM or not path.isprintable():
        return ""
    essay = path.startswith("/") and path.endswith(".html") and ARTICLE_ID.fullmatch(path[1:-5])
    return path if essay or _PAGE.fullmatch(path) else ""


def slug_in(address: str) -> str:
    return address.rpartition("/")[2].removesuffix(".html")


def is_page(address: str) -> bool:
    return address.startswith("/p/")


def made(title: str, at: datetime | None) -> str:
    """An address for what the export gives none: of a page if `at` is None."""
    try:
        slug = slug_of(" ".join(title.split()[:12]))[:80].strip("-")
    except ImportingError:
        slug = "untitled"
    slug = slug if re.match(r"\w", slug) else "untitled"
    return f"/{at:%Y/%m}/{slug}.html" if at else f"/p/{slug}.html"


def free(address: str, taken: Iterable[str]) -> str:
    """`address`, numbered if another has it."""
    stem, used, number = address.removesuffix(".html"), frozenset(taken), 2
    while address in used:
        address, number = f"{stem}-{number}.html", number + 1
    return address


@dataclass
class Inside:
    """Where links to the blog itself lead. `hosts` are its names, `addresses` all that this site answers.

    `tags` are the slugs of tags by the old label; `unknown` gathers links to the blog that lead nowhere here.
    """

    hosts: frozenset[str]
    addresses: Mapping[str, str]
    tags: Mapping[str, str] = field(default_factory=dict)
    count: int = 0
    unknown: list[str] = field(default_factory=list)

    def link(self, url: str) -> str | None:
        """The new address of a link to the blog, None to leave the link as it is."""
        try:
            parts = urlsplit(url.strip())
            host = (parts.hostname or "").lower()
        except ValueError:
            return None
        path = unquote(parts.path) or "/"
        if parts.scheme not in ("http", "https", "") or (not host and not url.strip().startswith("/")):
            return None
        if host and not self._is_ours(host) and not (_BLOGSPOT.fullmatch(host) and path in self.addresses):
            return None
        found = self._inside(path, parts.query, parts.fragment)
        if found:
            self.count += 1
        elif host:
            self.unknown.append(url)
        return found

    def _is_ours(self, host: str) -> bool:
        """With www. or without: both led to the blog."""
        bare = host.removeprefix("www.")
        return bool({host, bare, f"www.{bare}"} & self.hosts)

    def _inside(self, path: str, query: str, fragment: str) -> str | None:
        if path in self.addresses:
            anchor = f"#{fragment}" if _COMMENT_ANCHOR.fullmatch(fragment) else ""
            return quote(self.addresses[path]) + anchor
        if path.startswith("/search/label/"):
            slug = self.tags.get(path.removeprefix("/search/label/").casefold())
            return f"/tags/{quote(slug)}/" if slug else "/tags/"
        if path == "/search":
            words = parse_qs(query).get("q", [""])[0]
            return f"/search/?q={quote(words)}" if words else "/archive/"
        if _FEED.fullmatch(path):
            return "/feeds/posts.atom"
        if path in ("/", "/index.html"):
            return "/"
        month = _MONTH.fullmatch(path)
        folder = "/".join(filter(None, month.groups())) if month else ""
        return f"/{folder}/" if folder and any(a.startswith(f"/{folder}/") for a in self.addresses) else None

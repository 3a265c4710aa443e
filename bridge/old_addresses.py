"""What the addresses of an old Blogger site lead to: one table for the proxies, `make serve` and simpler hosts. Pure.

RULES hold for every site. What only one site knows, its labels, its essays' old numbers and what has moved, its build
leaves in `.proxy/`, in the words of each proxy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import parse_qs, quote, unquote

FOLDER = ".proxy"  # in a built site; servers never hand out names that start with a dot
MAP_FILE = f"{FOLDER}/old_addresses.json"
ANY = "*"
QUERY = "{query}"
IN_PLACE, FOR_GOOD, FOR_NOW = 200, 301, 302

#: What may stand for a name in braces. Nothing that could end a header's line, or begin another host's address.
KINDS = {
    "number": "[0-9]+",
    "length": "(?:default|summary|full)",
    "folder": "(?:/[A-Za-z0-9._-]+)+",
    "any": "[^?]+",
}
NAMED = re.compile(r"\{(?P<name>\w+):(?P<kind>\w+)\}")


@dataclass(frozen=True)
class Rule:
    """Where `old` leads: `new` is answered in its place (200) or named as its new place (301, 302).

    `old` is a path, decoded, with `{name:kind}` for what varies; a feed's counts with a slash at its end, too.
    `query` must be there as well: values by name, `*` for any. `new` may use the names, and `{query}` as it was sent.
    """

    old: str
    new: str
    status: int = FOR_GOOD
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def pattern(self) -> str:
        """A regular expression for the path, as Python, nginx and Caddy read it."""
        parts, done = [], 0
        for found in NAMED.finditer(self.old):
            parts += [re.escape(self.old[done : found.start()]), f"(?P<{found['name']}>{KINDS[found['kind']]})"]
            done = found.end()
        whole = "".join([*parts, re.escape(self.old[done:])]).replace(r"\-", "-")
        return whole + "/?" if self.status == IN_PLACE else whole


#: In order: the first that fits counts. (Essays, pages, years and months have kept their addresses.)
RULES = (
    Rule("/feeds/posts/{length:length}", "/feeds/posts.json", IN_PLACE, {"alt": "json"}),
    # Whatever else was asked for, atom, rss or rdf: readers of feeds take the one for the other.
    Rule("/feeds/posts/{length:length}", "/feeds/posts.atom", IN_PLACE),
    Rule("/atom.xml", "/feeds/posts.atom", IN_PLACE),
    Rule("/rss.xml", "/feeds/posts.atom", IN_PLACE),
    Rule("/feeds/comments/{length:length}", "/feeds/comments.atom", IN_PLACE),
    Rule("/sitemap-pages.xml", "/sitemap.xml", IN_PLACE),
    Rule("/search", f"/search/?{QUERY}", FOR_NOW, {"q": ANY}),
    Rule("/search", "/archive/", query={"updated-max": ANY}),
    Rule("/search", "/archive/", query={"updated-min": ANY}),
    Rule("/search/label/{label:any}", "/tags/"),  # a label nobody knows any more
    Rule("/{year:number}_{month:number}_{day:number}_archive.html", "/{year}/{month}/"),
    Rule("/index.html", "/"),
    Rule("{folder:folder}/index.html", "{folder}/"),
)


@dataclass(frozen=True)
class SiteMap:
    """What one site knows, by old path, decoded: `moved` leads to new addresses, `kept` to files answered in place."""

    moved: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """Where to go: an address, encoded, whose status is 301 or 302; or with 200 the path, decoded, to answer with."""

    address: str
    status: int


def resolve(path: str, query: str, site: SiteMap) -> Answer | None:
    """What the decoded `path` with the raw `query` leads to, None if it is no old address."""
    if path in site.moved:
        return Answer(site.moved[path], FOR_GOOD)
    if path in site.kept:
        return Answer(site.kept[path], IN_PLACE)
    asked = parse_qs(query, keep_blank_values=True)
    for rule in RULES:
        found = _compiled(rule.pattern).fullmatch(path)
        if found and all(_has(asked, name, value) for name, value in rule.query.items()):
            new = rule.new.replace(QUERY, query).format(**found.groupdict())
            return None if new == path else Answer(new, rule.status)
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _has(asked: Mapping[str, list[str]], name: str, value: str) -> bool:
    return name in asked and value in (ANY, *asked[name])


def site_map(labels: Mapping[str, str], posts: Mapping[str, str], moved: Mapping[str, str]) -> SiteMap:
    """What a site knows of its own.

    `labels` are tags' slugs by each name they had; `posts` essays' ids by their old number; `moved` new addresses by
    old, both as links have them.
    """
    gone = {unquote(old): new for old, new in moved.items()}
    labels = {**labels, **_labels_of(gone)}
    return SiteMap(
        {**{f"/search/label/{name}": f"/tags/{quote(slug)}/" for name, slug in labels.items()}, **gone},
        {
            **{f"/feeds/posts/default/-/{name}": f"/feeds/tags/{slug}.atom" for name, slug in labels.items()},
            **{f"/feeds/{post}/comments/default": f"/feeds/comments/{id}.atom" for post, id in posts.items()},
        },
    )


def _labels_of(moved: Mapping[str, str]) -> dict[str, str]:
    """A label whose page has moved to a tag's takes its feed along."""
    old, new = "/search/label/", re.compile("/tags/([^/]+)/")
    return {
        path.removeprefix(old): unquote(found[1])
        for path, address in moved.items()
        if path.startswith(old) and (found := new.fullmatch(address))
    }


def post_number(entry_id: str) -> str | None:
    """The number of an imported essay, from the `Id` it has kept; None for any other essay."""
    found = re.fullmatch(r"tag:blogger\.com,1999:blog-\d+\.post-(\d+)", entry_id)
    return found and found[1]

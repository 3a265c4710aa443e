"""Words the newest essays as a JSON Feed 1.1. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from bridge.identity import Identity

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(site: Identity, address: str, essays: Iterable[tuple[Any, Mapping[str, Any]]]) -> str:
    """The feed at `address` as text; each essay comes with what its Atom entry says."""
    told = {
        "version": VERSION,
        "title": site.name,
        "home_page_url": f"{site.url}/",
        "feed_url": f"{site.url}/{address}",
        "description": site.tagline,
        "icon": f"{site.url}/icons/512.png",
        "favicon": f"{site.url}/icons/192.png",
        "authors": [{"name": site.author, "url": f"{site.url}/about/"}],
        "language": site.language,
        "items": [_item(site, article, entry) for article, entry in essays],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _item(site: Identity, article: Any, entry: Mapping[str, Any]) -> dict[str, Any]:
    told = {
        "id": entry["unique_id"],
        "url": entry["link"],
        "title": entry["title"],
        "content_html": entry["content"],
        "summary": str(article.metadata.get("summary", "")),
        "image": f"{site.url}/{quote(article.card)}" if getattr(article, "card", "") else "",
        "date_published": _moment(entry["pubdate"]),
        "date_modified": _moment(entry["updateddate"]) if entry["updateddate"] != entry["pubdate"] else "",
        "tags": list(entry["categories"]),
    }
    return {name: value for name, value in told.items() if value}


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")

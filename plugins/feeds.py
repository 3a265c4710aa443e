"""Makes Pelican's feeds lasting: full addresses, ids that survive a rebuild and a move, titles as written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID, uuid5

from markupsafe import escape
from pelican import signals

from plugins.filters import description

#: Chosen once. Changing it would show every subscriber every essay as new.
NAMESPACE = UUID("6f1d3c52-0b8e-4c0a-9d5e-3a7f8b1c2e94")
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # the age of a feed without entries; Pelican would say "now"


def lasting_id(article: Any) -> str:
    """The front matter's `Id`, as an import keeps it, or one made from the address without its host."""
    kept: str | None = article.metadata.get("id")
    return kept or f"urn:uuid:{uuid5(NAMESPACE, article.save_as.removesuffix('.html'))}"


def mend(context: Any, feed: Any) -> None:
    site = context["SITE"]
    articles = {unquote(article.url): article for article in context["articles"]}
    start = context["SITEURL"].rstrip("/") + "/"  # may be empty before the slash, or have a path
    feed.feed |= {"language": site.language, "link": f"{site.url}/", "id": feed.feed["feed_url"]}
    for item in feed.items:
        item |= _entry(articles[unquote(item["link"].removeprefix(start))], site.url)
    if not feed.items:
        feed.latest_post_date = lambda: BEGINNING


def _entry(article: Any, site_url: str) -> dict[str, Any]:
    return {
        "title": article.title,
        "link": f"{site_url}/{quote(article.url)}",
        "unique_id": lasting_id(article),
        "content": article.get_content(site_url),
        "description": str(escape(description(article))),  # a feed's summary is HTML, ours is plain text
        "pubdate": article.date,
        "updateddate": getattr(article, "modified", article.date),
        "categories": [tag.name for tag in getattr(article, "tags", [])],
    }


def register() -> None:
    signals.feed_generated.connect(mend)

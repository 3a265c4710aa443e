"""Makes Pelican's feeds lasting: full addresses, ids that survive a rebuild and a move, titles as written.

Adds a feed for each series, and the newest essays as a JSON feed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID, uuid5

from markupsafe import escape
from pelican import signals

from bridge.identity import Identity
from plugins.absolute import absolute
from plugins.filters import description
from plugins.json_feed import json_feed
from plugins.text import title_line, writable
from plugins.write_if_changed import write_if_changed

#: Chosen once. Changing it would show every subscriber every essay as new.
NAMESPACE = UUID("6f1d3c52-0b8e-4c0a-9d5e-3a7f8b1c2e94")
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # the age of a feed without entries; Pelican would say "now"
RUN = "FEEDS_RUN"  # kept in the settings, which travel through every signal


def lasting_id(article: Any) -> str:
    """The front matter's `Id`, as an import keeps it, or one made from the address without its host."""
    kept: str | None = article.metadata.get("id")
    return kept or f"urn:uuid:{uuid5(NAMESPACE, article.save_as.removesuffix('.html'))}"


def feed_id(address: str) -> str:
    """What a feed calls itself: made from its address without its host."""
    return f"urn:uuid:{uuid5(NAMESPACE, unquote(address))}"


def series_feed(slug: str) -> str:
    return f"feeds/series/{slug}.atom"


def mend(context: Any, feed: Any) -> None:
    site: Identity = context["SITE"]
    articles = {unquote(article.url): article for article in context["articles"]}
    start = context["SITEURL"].rstrip("/") + "/"  # may be empty before the slash, or have a path
    address = unquote(feed.feed["feed_url"].removeprefix(f"{site.url}/"))
    about, page = _subject(address, context)
    feed.feed |= {
        "title": " – ".join(filter(None, (about, site.name))),
        "subtitle": site.tagline,
        "language": site.language,
        "feed_url": f"{site.url}/{quote(address)}",
        "link": f"{site.url}/{quote(unquote(page))}",
        "id": feed_id(address),
        "author_name": site.author,
    }
    for item in feed.items:
        item |= entry(articles[unquote(item["link"].removeprefix(start))], site.url)
    if not feed.items:
        feed.latest_post_date = lambda: BEGINNING


def _subject(address: str, context: Any) -> tuple[str, str]:
    """What a feed is about, in a word, and the page that lists the same; nothing for the feed of all essays."""
    _, kind, name = ["", "", *address.removesuffix(".atom").split("/", 2)][-3:]
    if kind == "tags":
        return next(((tag.name, tag.url) for tag, _ in context["tags"] if tag.slug == name), ("", ""))
    if kind == "series":
        return next(((series.name, series.url) for series in context["series_list"] if series.slug == name), ("", ""))
    return "", ""


def entry(article: Any, site_url: str) -> dict[str, Any]:
    """What feeds tell of an essay, in the words of Pelican's feed library."""
    if not hasattr(article, "feed_entry"):
        article.feed_entry = _entry(article, site_url)
    told: dict[str, Any] = article.feed_entry
    return told


def _entry(article: Any, site_url: str) -> dict[str, Any]:
    link = f"{site_url}/{quote(article.url)}"
    return {
        "title": title_line(str(article.title)),
        "link": link,
        "unique_id": lasting_id(article),
        "content": writable(absolute(article.get_content(site_url), link)),
        # a feed's summary is HTML, ours is plain text
        "description": writable(str(escape(description(article)))),
        "pubdate": article.date,
        "updateddate": getattr(article, "modified", article.date),
        "categories": [tag.name for tag in getattr(article, "tags", [])],
    }


def write_series_feeds(generator: Any, writer: Any) -> None:
    for series in generator.context.get("series_list", ()):
        address = series_feed(series.slug)
        newest = list(reversed(series.articles))
        writer.write_feed(newest, generator.context, address, quote(address), feed_title=series.name)


def remember(generators: Any) -> None:
    for generator in generators:
        if hasattr(generator, "articles"):
            generator.settings[RUN] = generator


def write_json_feed(pelican: Any) -> None:
    settings = pelican.settings
    site: Identity = settings["SITE"]
    newest = settings[RUN].articles[: settings["FEED_MAX_ITEMS"]]
    items = [(article, entry(article, site.url)) for article in newest]
    text = json_feed(site, settings["FEED_ALL_JSON"], items)
    write_if_changed(Path(pelican.output_path, settings["FEED_ALL_JSON"]), text.encode())


def register() -> None:
    signals.all_generators_finalized.connect(remember)
    signals.feed_generated.connect(mend)
    signals.article_writer_finalized.connect(write_series_feeds)
    signals.finalized.connect(write_json_feed)

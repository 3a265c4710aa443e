"""Writes the comments feeds without their comments; `bridge.fill` puts those in."""

from __future__ import annotations

from typing import Any

from pelican import signals

from plugins.feeds import feed_id
from plugins.text import title_line

ALL = "feeds/comments.atom"


def address_of(article_id: str) -> str:
    return f"feeds/comments/{article_id}.atom"


def write_feeds(generator: Any, writer: Any) -> None:
    """One feed of all comments and one for each essay."""
    template = generator.get_template("comments_feed")
    for article in (None, *generator.articles):
        name = address_of(article.article_id) if article else ALL
        title = f"Comments on “{title_line(str(article.title))}”" if article else "Comments"
        told = {"feed_article": article, "feed_title": title, "feed_id": feed_id(name)}
        writer.write_file(name, template, generator.context, url=name, **told)


def register() -> None:
    signals.article_writer_finalized.connect(write_feeds)

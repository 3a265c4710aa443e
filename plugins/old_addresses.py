"""Leaves beside the pages where old addresses of this site lead: for the proxies, `make serve` and simpler hosts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pelican import signals

from bridge.browser_rules import headers_file
from bridge.identity import Identity
from bridge.old_addresses import FOLDER, MAP_FILE, SiteMap, post_number, site_map
from bridge.proxy_words import SITE_NAMES, caddy_map, nginx_map, redirects_file
from plugins.redirects import SIGNPOSTS
from plugins.write_if_changed import write_if_changed

RUN = "OLD_ADDRESSES_RUN"  # kept in the settings, which travel through every signal
#: For hosts that know no redirects but send a folder's index: a copy of the feed where Blogger had it.
OLD_FEED = "feeds/posts/default/index.xml"


def remember(generators: Iterable[Any]) -> None:
    for generator in generators:
        if hasattr(generator, "articles"):
            generator.settings[RUN] = generator


def map_of(generator: Any) -> SiteMap:
    """A label counts by its name and by its slug; what has moved is what signposts were put up for."""
    labels = {name: tag.slug for tag in generator.tags for name in (tag.slug, tag.name)}
    numbers = [(post_number(str(article.metadata.get("id", ""))), article.article_id) for article in generator.articles]
    moved = {signpost.old: signpost.new for signpost in generator.settings[SIGNPOSTS]}
    return site_map(labels, {number: id for number, id in numbers if number}, moved)


def leave(pelican: Any) -> None:
    root, settings = Path(pelican.output_path), pelican.settings
    old = map_of(settings[RUN])
    texts = {
        MAP_FILE: json.dumps(asdict(old), ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        "_redirects": redirects_file(old),
        "_headers": headers_file(),
    }
    for name in SITE_NAMES:
        paths = getattr(old, name)
        texts[f"{FOLDER}/nginx-{name}.map"] = "".join(f"{line}\n" for line in nginx_map(paths))
        texts[f"{FOLDER}/caddy-{name}.map"] = "".join(f"{line}\n" for line in caddy_map(paths))
    if settings["FEED_ALL_ATOM"]:
        texts[OLD_FEED] = noticed((root / settings["FEED_ALL_ATOM"]).read_text(encoding="utf-8"), settings)
    for name, text in texts.items():
        write_if_changed(root / name, text.encode())


def noticed(feed: str, settings: Any) -> str:
    """The feed of essays with a word on where it lives now, for whoever still asks at the old address."""
    site: Identity = settings["SITE"]
    address = escape(f"{site.url}/{settings['FEED_ALL_ATOM']}")
    head, rest = feed.split("<subtitle>", 1)
    return f"{head}<subtitle>This feed has moved to {address} – please tell your reader. {rest}"


def register() -> None:
    signals.all_generators_finalized.connect(remember)
    signals.finalized.connect(leave)

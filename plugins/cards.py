"""Gives every essay the picture that shows where its link is shared, and the site its icons and its manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pelican import signals

from bridge import icon
from bridge.dates import long_date
from bridge.identity import Identity
from plugins.picture_cache import PictureCache
from plugins.pictures import Card, Icon, Picture
from plugins.write_if_changed import write_if_changed

RUN = "CARDS_RUN"  # kept in the settings, which travel through every signal
SITE_CARD = "cards/site.png"


def card_of(article: Any, site: Identity) -> Card:
    return Card(str(article.title), site.name, f"{long_date(article.date)} · {article.author}")


def icons_of(site: Identity) -> dict[str, Picture]:
    """What browsers, home screens and installed pages ask for."""
    initial = icon.initial_of(site.name)
    return {
        "favicon.ico": Icon(initial, 0),
        "apple-touch-icon.png": Icon(initial, 180, bare=True),
        "icons/192.png": Icon(initial, 192),
        "icons/512.png": Icon(initial, 512),
        "icons/maskable.png": Icon(initial, 512, bare=True),
    }


def manifest(site: Identity, prefix: str) -> str:
    """The web manifest; addresses begin with `prefix`, the path the site stands at."""
    icons = [
        {"src": f"{prefix}/icons/192.png", "sizes": "192x192", "type": "image/png"},
        {"src": f"{prefix}/icons/512.png", "sizes": "512x512", "type": "image/png"},
        {"src": f"{prefix}/icons/maskable.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    told = {
        "name": site.name,
        "description": site.tagline,
        "lang": site.language,
        "start_url": f"{prefix}/",
        "display": "browser",
        "background_color": "#fdfcf9",
        "theme_color": "#fdfcf9",
        "icons": icons,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def begin(generators: Iterable[Any]) -> None:
    """Every published essay gets `card`, the name of its picture; what is new begins to be drawn."""
    for generator in generators:
        if not hasattr(generator, "articles"):
            continue
        site: Identity = generator.settings["SITE"]
        pictures: dict[str, Picture] = {SITE_CARD: Card("", site.name, site.tagline), **icons_of(site)}
        for article in generator.articles:
            article.card = f"cards/{article.article_id}.png"
            pictures[article.card] = card_of(article, site)
        cache = PictureCache(Path(generator.settings["PICTURES_DIR"]))
        cache.begin(pictures)
        generator.settings[RUN] = (cache, pictures)


def finish(pelican: Any) -> None:
    root, settings = Path(pelican.output_path), pelican.settings
    cache, pictures = settings[RUN]
    for name, data in cache.take(pictures):
        write_if_changed(root / name, data)
    for name, text in texts(settings).items():
        write_if_changed(root / name, text.encode())


def texts(settings: Mapping[str, Any]) -> dict[str, str]:
    site: Identity = settings["SITE"]
    prefix = urlsplit(settings["SITEURL"]).path.rstrip("/")
    return {"favicon.svg": icon.svg(site.name), "manifest.json": manifest(site, prefix)}


def register() -> None:
    signals.all_generators_finalized.connect(begin)
    signals.finalized.connect(finish)
